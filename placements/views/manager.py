"""What a line manager who signed in sees: what is asked of them, and who is away when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.http import UserRequest
from placements.models import ManagerRequest, Placement

RECENT = 10


@require_safe
def manager_overview(request: UserRequest) -> HttpResponse:
    """List open requests, the nearest deadline first, who is away, and recent answers."""
    requests = ManagerRequest.objects.visible_to(request.user).with_application()
    context = {
        "waiting": requests.waiting().order_by("application__due_on", "pk"),
        "answered": requests.answered()[:RECENT],
        "away": Placement.objects.managed_by(request.user).live().with_details(),
    }
    return render(request, "placements/manager_overview.html", context)
