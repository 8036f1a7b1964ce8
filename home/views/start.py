"""The first page anybody sees."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placements.models import Opportunity


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what the scheme is, and lead to the opportunities."""
    open_now = Opportunity.objects.taking_applications().count()
    return render(request, "home/start.html", {"open_now": open_now})
