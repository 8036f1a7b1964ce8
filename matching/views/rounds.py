"""What everybody can read about rounds: which there are, their dates, how matching works."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from matching.models import Round
from matching.wording import rounds as wording
from placements.filters.paging import paged


def visible_round(request: HttpRequest, slug: str) -> Round:
    """Fetch a round that the person may see."""
    rows = Round.objects.visible_to(request.user).with_counts()
    found: Round = get_object_or_404(rows, slug=slug)
    return found


@login_not_required
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """List the rounds that have opened, the newest first."""
    rows = Round.objects.visible_to(request.user).with_counts()
    context = {"page": paged(rows, request.GET.get("page")), "words": wording.ROUND_WORDING}
    return render(request, "matching/rounds/round_list.html", context)


@login_not_required
@require_safe
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a round: how far it is, its dates, what takes part, and how matching works."""
    row = visible_round(request, slug)
    context = {
        "round": row,
        "status": wording.ROUND_WORDING[row.status],
        "stages": wording.stages(row),
        "dates": wording.dates(row),
    }
    return render(request, "matching/rounds/round_detail.html", context)


@login_not_required
@require_safe
def round_dates(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a round's dates as a calendar file."""
    row = visible_round(request, slug)
    headers = {"Content-Disposition": f'attachment; filename="{row.slug}.ics"'}
    return HttpResponse(row.calendar_file(), content_type="text/calendar", headers=headers)
