"""The scheme team's reference data: who administers a department, and which skills there are."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.permissions import require
from home.filters import SkillFilter
from home.forms import AdminForm, EndAdminForm, SynonymForm
from home.permissions import is_scheme_team
from people.actions import roles, skills
from people.http import UserRequest
from people.models import Department, RoleGrant, Skill

PER_PAGE = 50


@require_safe
def scheme_departments(request: UserRequest) -> HttpResponse:
    """List departments with their domains and how many admins they have."""
    require(is_scheme_team(request.user))
    page = Paginator(Department.objects.with_admin_counts(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "home/scheme/scheme_departments.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_department(request: UserRequest, slug: str) -> HttpResponse:
    """Show a department's domains and admins, and make somebody an admin."""
    require(is_scheme_team(request.user))
    department = get_object_or_404(Department, slug=slug)
    form = AdminForm(request.POST if request.method == "POST" else None, department=department)
    if request.method == "POST" and form.is_valid():
        grant = roles.grant_department_admin(department, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(who)s is an admin now") % {"who": grant.user.display_name})
        return redirect("scheme-department", slug)
    admins = RoleGrant.objects.admins_of(department)
    context = {"department": department, "admins": admins, "form": form}
    return render(request, "home/scheme/scheme_department.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def admin_end(request: UserRequest, slug: str) -> HttpResponse:
    """Ask whose rights end, with a warning when nobody would be left, then end them."""
    require(is_scheme_team(request.user))
    department = get_object_or_404(Department, slug=slug)
    form = EndAdminForm(request.POST if request.method == "POST" else None, department=department)
    if request.method == "POST" and form.is_valid():
        roles.end_department_admin(form.cleaned_data["grant"], by=request.user)
        messages.success(request, _("Their rights have ended"))
        return redirect("scheme-department", slug)
    count = RoleGrant.objects.admins_of(department).count()
    context = {"department": department, "count": count, "form": form}
    return render(request, "home/scheme/admin_end.html", context)


@require_safe
def scheme_skills(request: UserRequest) -> HttpResponse:
    """Search the skills, with where each is used."""
    require(is_scheme_team(request.user))
    found = SkillFilter(request.GET, queryset=Skill.objects.with_uses())
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/scheme/scheme_skills.html", {"form": found.form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_skill(request: UserRequest, slug: str) -> HttpResponse:
    """Show a skill and its other names, and add one."""
    require(is_scheme_team(request.user))
    skill = get_object_or_404(Skill.objects.with_uses(), slug=slug)
    form = SynonymForm(request.POST if request.method == "POST" else None, skill=skill)
    if request.method == "POST" and form.is_valid():
        skills.add_synonym(skill, by=request.user, **form.cleaned_data)
        messages.success(request, _("The name was added"))
        return redirect("scheme-skill", slug)
    return render(request, "home/scheme/scheme_skill.html", {"skill": skill, "form": form})


@require_POST
def synonym_remove(request: UserRequest, slug: str) -> HttpResponse:
    """Take another name of a skill away."""
    require(is_scheme_team(request.user))
    skill = get_object_or_404(Skill, slug=slug)
    skills.remove_synonym(skill, name=request.POST.get("name", ""), by=request.user)
    messages.success(request, _("The name was removed"))
    return redirect("scheme-skill", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def skill_retire(request: UserRequest, slug: str) -> HttpResponse:
    """Say what retiring a skill means, then retire it."""
    require(is_scheme_team(request.user))
    skill = get_object_or_404(Skill.objects.with_uses(), slug=slug)
    if request.method == "POST":
        skills.retire(skill, by=request.user)
        messages.success(request, _("The skill is retired"))
        return redirect("scheme-skill", slug)
    return render(request, "home/scheme/skill_retire.html", {"skill": skill})


@require_POST
def skill_restore(request: UserRequest, slug: str) -> HttpResponse:
    """Let people choose a retired skill again."""
    require(is_scheme_team(request.user))
    skill = get_object_or_404(Skill, slug=slug)
    skills.restore(skill, by=request.user)
    messages.success(request, _("People can choose the skill again"))
    return redirect("scheme-skill", slug)
