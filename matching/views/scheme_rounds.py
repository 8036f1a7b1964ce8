"""The scheme team's pages of a round: planned, filled with places, moved on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import StepNotOpen
from core.permissions import require
from matching.actions import round_steps, rounds
from matching.choices import RoundStatus
from matching.forms.rounds import PlacesForm, RoundForm
from matching.lifecycle import ROUND
from matching.models import Round, RoundPlace
from matching.permissions import runs_rounds
from matching.querysets.rounds import could_take_part
from matching.wording import rounds as wording
from people.http import UserRequest
from placements.filters.paging import paged

PER_PAGE = 50
STEPS = {
    "open": round_steps.open_round,
    "lock": round_steps.lock_lists,
    "check": round_steps.start_checks,
    "open_second": round_steps.open_second,
    "finish": round_steps.finish,
}


def round_of(request: UserRequest, slug: str) -> Round:
    """Fetch a round for the scheme team."""
    require(runs_rounds(request.user))
    found: Round = get_object_or_404(Round.objects.with_counts(), slug=slug)
    return found


def place_of(row: Round, reference: str) -> RoundPlace:
    """Fetch an opportunity that takes part."""
    rows = RoundPlace.objects.of_round(row).taking_part()
    found: RoundPlace = get_object_or_404(rows, opportunity__reference=reference)
    return found


@require_safe
def scheme_rounds(request: UserRequest) -> HttpResponse:
    """List all rounds, the newest first."""
    require(runs_rounds(request.user))
    page = paged(Round.objects.with_counts(), request.GET.get("page"))
    context = {"page": page, "words": wording.ROUND_WORDING}
    return render(request, "matching/scheme/scheme_rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_round_new(request: UserRequest) -> HttpResponse:
    """Plan a round."""
    require(runs_rounds(request.user))
    initial = {
        name: getattr(Round(), name)
        for name in ("most_choices", "fairness_points", "waiting_points", "reserve_percent")
    }
    form = RoundForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = rounds.plan(by=request.user, values=form.planned)
        messages.success(request, _("The round is planned. Add the opportunities that take part."))
        return redirect("scheme-round-places", row.slug)
    return render(request, "matching/scheme/scheme_round_form.html", {"form": form, "round": None})


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_round_edit(request: UserRequest, slug: str) -> HttpResponse:
    """Change a round that is still planned."""
    row = round_of(request, slug)
    if row.status != RoundStatus.PLANNED:
        raise StepNotOpen(rounds.scheme_page(row), "edit")
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, initial=_as_it_is(row))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        rounds.edit(row, by=request.user, version=version, values=form.planned)
        messages.success(request, _("The round is changed"))
        return redirect("scheme-round", slug)
    return render(request, "matching/scheme/scheme_round_form.html", {"form": form, "round": row})


def _as_it_is(row: Round) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in RoundForm.base_fields if name not in rounds.SETS}
    return kept | {name: getattr(row, name).all() for name in rounds.SETS}


@require_safe
def scheme_round(request: UserRequest, slug: str) -> HttpResponse:
    """Show a round: how far it is, what comes next, and its rules."""
    row = round_of(request, slug)
    context = {
        "round": row,
        "status": wording.ROUND_WORDING[row.status],
        "stages": wording.stages(row),
        "dates": wording.dates(row),
        "steps": [
            step for step in ROUND.open_to(request.user, row) if _is_offered(step.name, row)
        ],
    }
    return render(request, "matching/scheme/scheme_round.html", context)


def _is_offered(step: str, row: Round) -> bool:
    """Tell whether a step has a button: publishing has a page of its own."""
    return step in STEPS and not (step == "open_second" and row.is_second)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_round_step(request: UserRequest, slug: str, name: str) -> HttpResponse:
    """Ask before a round moves on, then move it."""
    row = round_of(request, slug)
    name = name.replace("-", "_")
    if name not in STEPS:
        raise Http404
    if row.status not in ROUND.steps[name].sources:
        raise StepNotOpen(rounds.scheme_page(row), name)
    if request.method == "POST":
        STEPS[name](row, by=request.user)
        messages.success(request, str(wording.SAID_OF_STEPS[name]))
        return redirect("scheme-round", slug)
    context = {"round": row, "step": ROUND.steps[name], "does": wording.WHAT_STEPS_DO[name]}
    return render(request, "matching/scheme/scheme_round_step.html", context)


@require_safe
def scheme_round_places(request: UserRequest, slug: str) -> HttpResponse:
    """List what takes part in a round, and what could."""
    row = round_of(request, slug)
    is_open = row.status == RoundStatus.PLANNED or row.takes_choices
    could = could_take_part(row) if is_open else could_take_part(row).none()
    context = {
        "round": row,
        "places": RoundPlace.objects.of_round(row),
        "is_open": is_open,
        "page": paged(could, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "matching/scheme/scheme_round_places.html", context)


@require_POST
def scheme_round_add(request: UserRequest, slug: str) -> HttpResponse:
    """Let the ticked opportunities take part."""
    row = round_of(request, slug)
    count = rounds.add_places(row, by=request.user, references=request.POST.getlist("ref"))
    if count:
        text = ngettext("%(n)d opportunity added", "%(n)d opportunities added", count)
        messages.success(request, text % {"n": count})
    else:
        messages.warning(request, _("Nothing was added. Tick at least one opportunity."))
    return redirect("scheme-round-places", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_round_place(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Change how many places an opportunity gives."""
    row = round_of(request, slug)
    place = place_of(row, reference)
    data = request.POST if request.method == "POST" else None
    form = PlacesForm(data, initial={"places": place.places})
    if request.method == "POST" and form.is_valid():
        rounds.change_places(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("Number of places changed"))
        return redirect("scheme-round-places", slug)
    context = {"round": row, "place": place, "form": form}
    return render(request, "matching/scheme/scheme_round_place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_round_take_out(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask before an opportunity is taken out of a round, then take it out."""
    row = round_of(request, slug)
    place = place_of(row, reference)
    if request.method == "POST":
        rounds.take_out(place, by=request.user)
        messages.success(request, _("The opportunity does not take part any more"))
        return redirect("scheme-round-places", slug)
    context = {"round": row, "place": place}
    return render(request, "matching/scheme/scheme_round_take_out.html", context)
