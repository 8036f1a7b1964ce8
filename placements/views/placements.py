"""A confirmed placement, for everybody concerned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from people.http import UserRequest
from placements.journey import placement_view
from placements.models import Placement
from placements.views.application_steps import calendar_response


@require_safe
def placement_detail(request: UserRequest, reference: str) -> HttpResponse:
    """Show the dates, where it is, and whom to write to."""
    placement = _visible(request, reference)
    context = {
        "placement": placement,
        "application": placement.application,
        "view": placement_view(placement, request.user),
    }
    return render(request, "placements/placement_detail.html", context)


@require_safe
def placement_dates(request: UserRequest, reference: str) -> HttpResponse:
    """Give the placement's dates as a calendar file."""
    placement = _visible(request, reference)
    return calendar_response(placement.calendar_file(), reference)


def _visible(request: UserRequest, reference: str) -> Placement:
    visible = Placement.objects.visible_to(request.user).with_details()
    placement: Placement = get_object_or_404(visible, reference=reference)
    return placement
