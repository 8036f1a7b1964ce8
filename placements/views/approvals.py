"""A department's queue of requests, and one request with all that helps to decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit.models import Event
from core.wording import Audience
from people.http import UserRequest
from people.models import Department, User
from placements.actions import departments
from placements.checks import checks_for
from placements.emails.departments import approvers_of
from placements.filters.approvals import SORTS, page_of, queue_of
from placements.forms.departments import AssignForm, InternalNoteForm
from placements.models import Application, Approval
from placements.timeline import TITLES, Entry
from placements.views.department import department_of
from placements.wording import APPLICATION_WORDING


@require_safe
def approval_list(request: UserRequest, slug: str) -> HttpResponse:
    """Show what waits for the department, grouped by what needs doing."""
    department = department_of(request, slug)
    queue = queue_of(request, department, request.user)
    context = {
        "department": department,
        "show": "review",
        "queue": queue,
        "form": queue.filters.form,
        "sorts": list(SORTS.items()),
        "wording": APPLICATION_WORDING,
        "audience": Audience.DEPARTMENT,
    }
    return render(request, "placements/approval_list.html", context)


@require_safe
def approval_waiting(request: UserRequest, slug: str) -> HttpResponse:
    """Show what waits for applicants."""
    department = department_of(request, slug)
    rows = Approval.objects.of_department(department, request.user).waiting_for_others()
    return _draw_rows(request, department, "waiting", rows.order_by("application__due_on", "pk"))


@require_safe
def approval_decided(request: UserRequest, slug: str) -> HttpResponse:
    """Show what was decided, by whom and when."""
    department = department_of(request, slug)
    rows = Approval.objects.of_department(department, request.user).decided()
    return _draw_rows(request, department, "decided", rows)


def _draw_rows(request: UserRequest, department: Department, show: str, rows: Any) -> HttpResponse:
    context = {
        "department": department,
        "show": show,
        "page": page_of(request, rows),
        "wording": APPLICATION_WORDING,
        "audience": Audience.DEPARTMENT,
    }
    return render(request, "placements/approval_list_others.html", context)


def request_of(
    request: UserRequest, slug: str, reference: str
) -> tuple[Department, Application, Approval]:
    """Fetch one request of a department, with the sign-off it is at."""
    department = department_of(request, slug)
    rows = Application.objects.for_approvers(department, request.user).with_people()
    application: Application = get_object_or_404(rows, reference=reference)
    latest = application.approvals.order_by("-pk").select_related("assigned_to", "decided_by")
    return department, application, latest[0]


@require_safe
def approval_detail(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Show one request: identity, checks, timeline, notes."""
    department, application, approval = request_of(request, slug, reference)
    context = detail_context(request.user, department, application, approval)
    return render(request, "placements/approval_detail.html", context)


def detail_context(
    user: User, department: Department, application: Application, approval: Approval
) -> dict[str, Any]:
    """Gather what the page of one request shows."""
    assigned = approval.assigned_to
    return {
        "department": department,
        "application": application,
        "approval": approval,
        "wording": APPLICATION_WORDING[application.status].for_audience(Audience.DEPARTMENT),
        "is_open": application.status in departments.STAGES,
        "checks": checks_for(application),
        "decided": application.approvals.decided().select_related("decided_by"),
        "events": timeline_of(application),
        "assign_form": AssignForm(
            admins=approvers_of(application),
            initial={"to": assigned.email if assigned else ""},
        ),
        "note_form": InternalNoteForm(initial={"text": approval.internal_note}),
    }


def timeline_of(application: Application) -> list[Entry]:
    """Tell what the department may know, newest first, with the name of each who acted."""
    told = []
    for event in Event.objects.about(application):
        title, viewers = TITLES.get(event.action, ("", frozenset()))
        if "department" in viewers:
            who = _("The service") if event.actor.is_system else event.actor.display_name
            told.append(Entry(title, event.at, who))
    return told


@require_POST
def approval_assign(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Give a request to an approver."""
    department, application, approval = request_of(request, slug, reference)
    form = AssignForm(request.POST, admins=approvers_of(application))
    if form.is_valid():
        departments.assign(application, by=request.user, to=form.cleaned_data["to"])
        messages.success(request, _("Assigned"))
        return redirect(approval)
    context = detail_context(request.user, department, application, approval)
    context |= {"assign_form": form, "form": form}
    return render(request, "placements/approval_detail.html", context)


@require_POST
def approval_note(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Keep the internal note."""
    department, application, approval = request_of(request, slug, reference)
    form = InternalNoteForm(request.POST)
    if form.is_valid():
        departments.note(application, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Note saved"))
        return redirect(approval)
    context = detail_context(request.user, department, application, approval)
    context |= {"note_form": form, "form": form}
    return render(request, "placements/approval_detail.html", context)
