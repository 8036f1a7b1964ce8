"""Somebody's applications, and the one page of an application for everybody concerned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from audit.models import Event
from people.http import UserRequest
from placements import journey
from placements.answers import answers_for, decisions_for
from placements.models import Application, Placement
from placements.timeline import entries
from placements.worklist import groups

RECENT = 5


@require_safe
def application_list(request: UserRequest) -> HttpResponse:
    """List the person's applications: what needs them, what waits for others, what is over."""
    rows = Application.objects.of_applicant(request.user).with_people()
    return render(request, "placements/application_list.html", {"groups": groups(rows)})


@require_safe
def application_detail(request: UserRequest, reference: str) -> HttpResponse:
    """Show where it stands, whose turn it is, and what this person may do and read."""
    application = _visible(request, reference)
    viewer = journey.viewer_of(request.user, application)
    events = entries(Event.objects.about(application), application, viewer)
    context = {
        "application": application,
        "view": journey.view_of(application, request.user),
        "answers": answers_for(application, viewer),
        "decisions": decisions_for(application, viewer),
        "events": events[:RECENT],
        "has_more": len(events) > RECENT,
        "placement": Placement.objects.of_application(application).first(),
    }
    return render(request, "placements/application_detail.html", context)


@require_safe
def application_history(request: UserRequest, reference: str) -> HttpResponse:
    """Tell everything that happened, as far as this person may know."""
    application = _visible(request, reference)
    viewer = journey.viewer_of(request.user, application)
    context = {
        "application": application,
        "view": journey.view_of(application, request.user),
        "events": entries(Event.objects.about(application), application, viewer),
    }
    return render(request, "placements/application_history.html", context)


def _visible(request: UserRequest, reference: str) -> Application:
    visible = Application.objects.visible_to(request.user).with_people()
    application: Application = get_object_or_404(visible, reference=reference)
    return application
