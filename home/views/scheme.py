"""The scheme team's pages about the service: what waits, what did not go out, what was done."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audit.models import Event
from core.permissions import require
from home.actions.messages import try_again
from home.filters import EventFilter
from home.live.status import service_status
from home.permissions import is_scheme_team
from home.querysets import (
    applications_by_state,
    messages_by_state,
    names_of,
    opportunities_by_state,
    overdue_by_turn,
)
from home.wording import TURN_WORDS, activity_row, reason_words, template_words
from notifications.models import Message
from people.http import UserRequest
from placements.choices import ApplicationStatus
from placements.wording import APPLICATION_WORDING, OPPORTUNITY_WORDING

PER_PAGE = 50


@require_safe
def scheme_overview(request: UserRequest) -> HttpResponse:
    """Count what is where, with the age of the oldest."""
    require(is_scheme_team(request.user))
    applications = applications_by_state()
    turns = {state: str(row.turn) for state, row in APPLICATION_WORDING.items()}
    context = service_status() | {
        "opportunities": opportunities_by_state(),
        "opportunity_wording": OPPORTUNITY_WORDING,
        "applications": applications,
        "application_wording": APPLICATION_WORDING,
        "state_label": lambda state: ApplicationStatus(state).label,
        "overdue": overdue_by_turn(applications, turns),
        "turn_words": TURN_WORDS,
        "unsent": {row.state: row for row in messages_by_state()},
    }
    return render(request, "home/scheme/scheme_overview.html", context)


@require_safe
def scheme_messages(request: UserRequest) -> HttpResponse:
    """List what did not go out, and why."""
    require(is_scheme_team(request.user))
    stuck = Message.objects.stuck().with_recipient()
    page = Paginator(stuck, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "reason": reason_words, "about": template_words}
    return render(request, "home/scheme/scheme_messages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def message_retry(request: UserRequest, uid: UUID) -> HttpResponse:
    """Ask whether to send a message again, then put it back in the queue."""
    require(is_scheme_team(request.user))
    message = get_object_or_404(Message.objects.with_recipient(), uid=uid)
    if request.method == "POST":
        try_again(message, by=request.user)
        messages.success(request, _("The message is in the queue again"))
        return redirect("scheme-messages")
    context = {"message": message, "reason": reason_words, "about": template_words}
    return render(request, "home/scheme/message_retry.html", context)


@require_safe
def scheme_activity(request: UserRequest) -> HttpResponse:
    """Show what was done, newest first."""
    require(is_scheme_team(request.user))
    events = EventFilter(request.GET, queryset=Event.objects.with_actor())
    page = Paginator(events.qs, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(page.object_list)
    rows = [activity_row(event, names) for event in page.object_list]
    context = {"form": events.form, "page": page, "rows": rows}
    return render(request, "home/scheme/scheme_activity.html", context)
