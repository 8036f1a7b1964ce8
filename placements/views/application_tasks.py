"""An application before it is sent: may I apply, the task list, each part, check and send."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Conflict, StepNotOpen
from core.permissions import require
from people.http import UserRequest
from people.models import Profile
from placements.actions import drafts
from placements.choices import EDITABLE
from placements.eligibility import Obstacle
from placements.forms.applications import SECTION_FORMS, SectionForm, SendForm
from placements.journey import host_notice
from placements.models import Application, Opportunity
from placements.permissions import is_applicant
from placements.sections import SECTIONS, Section, tasks_of, unfinished

ALTERNATIVES = 3


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: UserRequest) -> HttpResponse:
    """Check that they can apply, then open a draft; or say why not and what they can do."""
    visible = Opportunity.objects.visible_to(request.user).with_details()
    opportunity = get_object_or_404(visible, reference=request.GET.get("opportunity", ""))
    live = Application.objects.of_applicant(request.user).live()
    found = live.filter(opportunity=opportunity).first()
    if found is not None:
        page = "application-tasks" if found.status in EDITABLE else "application-detail"
        return redirect(page, found.reference)
    obstacles = drafts.check(opportunity, request.user)
    if obstacles:
        return _cannot_apply(request, opportunity, obstacles)
    if request.method == "POST":
        application = drafts.start(opportunity, by=request.user)
        return redirect("application-tasks", application.reference)
    rung = drafts.rung_for(opportunity, request.user)
    context = {"opportunity": opportunity, "rung": rung}
    return render(request, "placements/application_new.html", context)


def _cannot_apply(
    request: UserRequest, opportunity: Opportunity, obstacles: list[Obstacle]
) -> HttpResponse:
    others = Opportunity.objects.with_details().alternatives_to(opportunity, request.user)
    grade = getattr(Profile.objects.visible_to(request.user).first(), "grade", None)
    if grade is not None:
        others = others.open_to_grade(grade.rank)
    context = {
        "opportunity": opportunity,
        "obstacles": obstacles,
        "alternatives": others[:ALTERNATIVES],
    }
    return render(request, "placements/application_cannot.html", context)


def own_application(request: UserRequest, reference: str) -> Application:
    """Find an application of this person; 404 for strangers, 403 for others who may see it."""
    visible = Application.objects.visible_to(request.user).with_people()
    application: Application = get_object_or_404(visible, reference=reference)
    require(is_applicant(request.user, application))
    return application


def _editable(request: UserRequest, reference: str) -> Application:
    application = own_application(request, reference)
    if application.status not in EDITABLE:
        raise StepNotOpen(application, "edit")
    return application


@require_safe
def application_tasks(request: UserRequest, reference: str) -> HttpResponse:
    """List the parts of an application and how far each is."""
    application = _editable(request, reference)
    context = {
        "application": application,
        "tasks": tasks_of(application),
        "is_ready": not unfinished(application),
        "notice": host_notice(application),
    }
    return render(request, "placements/application_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_edit(request: UserRequest, reference: str, section: str) -> HttpResponse:
    """Fill in one part; it may stay unfinished."""
    application = _editable(request, reference)
    part = _section(application, section)
    form = SECTION_FORMS[part.name](request.POST or None, application=application)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, application, form)
        except Conflict as error:
            conflict = error.message
            form.renew_version(application.version)
        else:
            return redirect("application-tasks", reference)
    context = {"application": application, "part": part, "form": form, "conflict": conflict}
    return render(request, "placements/application_edit.html", context)


def _section(application: Application, name: str) -> Section:
    section = SECTIONS.get(name.replace("-", "_"))
    if section is None or not section.is_asked(application):
        raise Http404
    return section


def _save(request: UserRequest, application: Application, form: SectionForm) -> None:
    drafts.save_section(
        application,
        by=request.user,
        section=form.section,
        version=form.cleaned_data["version"],
        values=form.values,
        is_completed=form.is_completed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def application_check(request: UserRequest, reference: str) -> HttpResponse:
    """Show every answer once more, then send; pressing twice sends once."""
    application = own_application(request, reference)
    if application.status in drafts.SENT_ALREADY:
        return redirect("application-done", reference)
    application = _editable(request, reference)
    missing = unfinished(application)
    sent = request.POST if request.method == "POST" else None
    form = SendForm(sent, application=application)
    if request.method == "POST" and not missing and form.is_valid():
        drafts.send(application, by=request.user, **form.cleaned_data)
        return redirect("application-done", reference)
    context = {
        "application": application,
        "form": form,
        "missing": missing,
        "is_refused": request.method == "POST" and bool(missing),
        "tasks": tasks_of(application),
        "label": _("Send to my manager") if application.manager_decides else _("Send application"),
    }
    return render(request, "placements/application_check.html", context)


@require_safe
def application_done(request: UserRequest, reference: str) -> HttpResponse:
    """Say that it is sent, to whom, and what happens next; can be opened again later."""
    application = own_application(request, reference)
    if application.status in EDITABLE:
        return redirect("application-tasks", reference)
    return render(request, "placements/application_done.html", {"application": application})
