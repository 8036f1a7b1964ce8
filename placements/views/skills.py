"""Skills: what each one means, where it can be learned, and who would like to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest
from people.models import Skill
from placements.actions import opportunities as actions
from placements.counting import count_skills
from placements.filters.facets import tidy
from placements.models import Opportunity, SkillInterest

FIRST_OPPORTUNITIES = 10
FEWEST_SHOWN = 10  # a smaller number of people could be guessed at


@login_not_required
@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    """List the skills by group, with how many opportunities teach each."""
    text = tidy(request.GET.get("q"))
    skills = Skill.objects.in_use().in_groups()
    context = {
        "text": text,
        "skills": list(skills.named_like(text) if text else skills),
        "counts": count_skills(Opportunity.objects.taking_applications()),
    }
    return render(request, "placements/skill_list.html", context)


@login_not_required
@require_safe
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a skill means and where it can be learned now."""
    skill = get_object_or_404(Skill.objects.with_names(), slug=slug)
    taught = Opportunity.objects.taking_applications().learning(skill)
    interests = SkillInterest.objects.for_skill(skill)
    waiting = interests.count()
    context = {
        "skill": skill,
        "total": taught.count(),
        "opportunities": taught.for_cards()[:FIRST_OPPORTUNITIES],
        "waiting": waiting if waiting >= FEWEST_SHOWN else None,
        "is_interested": request.user.is_authenticated
        and interests.of(request.user, skill).exists(),
    }
    return render(request, "placements/skill_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def skill_interest(request: UserRequest, slug: str) -> HttpResponse:
    """Record that the person wants to learn a skill; a GET only leads back to it."""
    skill = get_object_or_404(Skill.objects.in_use(), slug=slug)
    if request.method == "POST":
        actions.register_interest(skill, by=request.user)
        messages.success(request, _("We have noted that you want to learn this skill"))
    return redirect(skill)


@require_POST
def skill_interest_undo(request: UserRequest, slug: str) -> HttpResponse:
    """Take the wish back."""
    skill = get_object_or_404(Skill.objects.all(), slug=slug)
    actions.withdraw_interest(skill, by=request.user)
    messages.success(request, _("You are no longer waiting for this skill"))
    return redirect(skill)
