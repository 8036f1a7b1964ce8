"""A person's list in a round: put in order with buttons, saved at once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.permissions import require
from matching.actions import list_support, lists
from matching.forms.lists import AnswerForm, MoveForm, SupportForm
from matching.live.eligible import eligible, why_not
from matching.live.support import Ladder
from matching.models import Choice, Round, RoundList, RoundPlace
from matching.permissions import is_asked_about_list, lists_places
from matching.views.rounds import visible_round
from people.http import UserRequest
from people.models import Profile
from placements.filters.paging import paged

USUAL_DAYS = 60
SAVED_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One row of the list: the place, its form, and whether the line manager has to say yes."""

    choice: Choice
    form: MoveForm
    is_covered: bool


def own_round(request: UserRequest, slug: str) -> Round:
    """Fetch a round for somebody who can list places."""
    row = visible_round(request, slug)
    require(lists_places(request.user))
    return row


def place_in(row: Round, reference: str) -> RoundPlace:
    """Fetch a place of a round, also one that was taken out."""
    places = RoundPlace.objects.of_round(row).with_opportunity()
    found: RoundPlace = get_object_or_404(places, opportunity__reference=reference)
    return found


@require_safe
def round_choices(request: UserRequest, slug: str) -> HttpResponse:
    """Show the person's list in its order, and what they could add."""
    return _page(request, own_round(request, slug))


def _page(
    request: UserRequest, row: Round, bad: tuple[str, MoveForm] | None = None
) -> HttpResponse:
    mine = RoundList.objects.of(row, request.user)
    chosen = list(Choice.objects.of_list(mine)) if mine else []
    saved = RoundPlace.objects.of_round(row).taking_part().with_cards().saved_by(request.user)
    shown = list(saved[:SAVED_SHOWN]) if row.takes_choices else []
    ladder = Ladder()
    context = {
        "round": row,
        "mine": mine,
        "lines": [_line(mine, choice, len(chosen), bad, ladder) for choice in chosen]
        if mine
        else [],
        "saved": [each for each in shown if each.is_available],
        "may_have": eligible(request.user, [each.opportunity_id for each in shown]),
        **({"form": bad[1]} if bad else {}),
    }
    return render(request, "matching/rounds/round_choices.html", context)


def _line(
    mine: RoundList, choice: Choice, count: int, bad: tuple[str, MoveForm] | None, ladder: Ladder
) -> Line:
    opportunity = choice.place.opportunity
    form = MoveForm(
        initial={"position": choice.position, "version": mine.version},
        auto_id=f"{opportunity.reference}-%s",
        count=count,
    )
    if bad and bad[0] == opportunity.reference:
        form = bad[1]
    return Line(choice, form, ladder.covers(mine, opportunity))


@require_POST
def round_choice_move(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Move a place up, down or to a position, and go back to its row."""
    row = own_round(request, slug)
    place = place_in(row, reference)
    mine = RoundList.objects.of(row, request.user)
    count = mine.choices.count() if mine else 0
    form = MoveForm(request.POST, count=count, auto_id=f"{reference}-%s")
    if not form.is_valid():
        return _page(request, row, (reference, form))
    position = lists.move(place, by=request.user, **form.cleaned_data)
    told = {"title": place.opportunity.title, "position": position, "count": count}
    text = _("‘%(title)s’ moved to position %(position)d of %(count)d")
    messages.success(request, text % told)
    return redirect(f"{lists.choices_page(row)}#{reference}")


@require_POST
def round_choice_remove(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Take a place off the list."""
    row = own_round(request, slug)
    place = place_in(row, reference)
    lists.remove(place, by=request.user)
    text = _("‘%(title)s’ is not on your list any more")
    messages.success(request, text % {"title": place.opportunity.title})
    return redirect("round-choices", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def round_choice_add(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Say whether the person may have a place, then put it at the end of their list."""
    row = own_round(request, slug)
    place = place_in(row, reference)
    if request.method == "POST":
        lists.add(place, by=request.user)
        text = _("‘%(title)s’ is on your list")
        messages.success(request, text % {"title": place.opportunity.title})
        return redirect(f"{lists.choices_page(row)}#{reference}")
    reasons = why_not(request.user, place.opportunity)
    context = {"round": row, "place": place, "reasons": reasons}
    return render(request, "matching/rounds/round_choice_add.html", context)


@login_not_required
@require_safe
def round_places(request: HttpRequest, slug: str) -> HttpResponse:
    """Find a place in a round."""
    row = visible_round(request, slug)
    text = request.GET.get("q", "")[:200]
    rows = RoundPlace.objects.of_round(row).taking_part().with_cards().like(text)
    context = {"round": row, "page": paged(rows, request.GET.get("page")), "q": text}
    return render(request, "matching/rounds/round_places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_support(request: UserRequest, slug: str) -> HttpResponse:
    """Ask the line manager once about any place on the list."""
    row = own_round(request, slug)
    data = request.POST if request.method == "POST" else None
    form = SupportForm(data, person=request.user, initial=_usual(request, row))
    if request.method == "POST" and form.is_valid():
        list_support.ask_for_support(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your line manager is asked by email"))
        return redirect("round-choices", slug)
    return render(request, "matching/rounds/round_support.html", {"round": row, "form": form})


def _usual(request: UserRequest, row: Round) -> dict[str, Any]:
    """Fill in whom the profile names, and the days of the longest place on the list."""
    mine = RoundList.objects.of(row, request.user)
    profile = Profile.objects.visible_to(request.user).with_answers().first()
    manager = (mine and mine.manager) or (profile and profile.line_manager)
    days = (
        [each.place.opportunity.working_days for each in Choice.objects.of_list(mine)]
        if mine
        else []
    )
    named = {"name": manager.name, "email": manager.email} if manager else {}
    return {**named, "days": max(days, default=USUAL_DAYS)}


@require_http_methods(["GET", "HEAD", "POST"])
def list_support_answer(request: UserRequest, reference: str) -> HttpResponse:
    """Let the line manager answer about a whole list."""
    asked = RoundList.objects.asked_of(request.user)
    mine = get_object_or_404(asked, reference=reference)
    require(is_asked_about_list(request.user, mine))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        list_support.answer(mine, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer is recorded. You can change it until results."))
        return redirect("list-support", reference)
    choices = sorted(Choice.objects.of_list(mine), key=lambda row: row.place.opportunity.title)
    context = {"list": mine, "form": form, "choices": choices}
    context["can_answer"] = mine.round.status in list_support.ANSWERABLE
    return render(request, "matching/rounds/list_support.html", context)
