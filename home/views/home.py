"""The home page of somebody who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.todo import tasks_of
from matching.live import recommend
from people.http import UserRequest
from placements.models import Application, Placement
from placements.wording import APPLICATION_WORDING, PLACEMENT_WORDING

RECOMMENDED = 3


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """Show what waits for the person, what they wait for, and what comes next."""
    user = request.user
    takes_part = user.department_id is not None
    context = {
        "tasks": tasks_of(user),
        "applications": Application.objects.of_applicant(user).live().with_people()[:10],
        "placements": Placement.objects.visible_to(user).live().with_details()[:10],
        "application_wording": APPLICATION_WORDING,
        "placement_wording": PLACEMENT_WORDING,
        "takes_part": takes_part,
        "recommended": recommend(user, limit=RECOMMENDED).cards if takes_part else [],
    }
    return render(request, "home/home.html", context)
