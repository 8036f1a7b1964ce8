"""A host's part in a round: who listed its places, and how much it wants them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching.actions import grouping
from matching.choices import STRENGTH_COLOURS, Strength
from matching.forms.groups import GroupsForm
from matching.live.points import fits
from matching.models import Grouping, Round, RoundList, RoundPlace
from matching.wording import rounds as wording
from people.http import UserRequest
from placements.views.organisation import organisation_of


@require_safe
def host_rounds(request: UserRequest, slug: str) -> HttpResponse:
    """List the rounds in which a host has places, with how many listed each."""
    organisation = organisation_of(request, slug)
    places = RoundPlace.objects.of_host(organisation)
    context = {
        "organisation": organisation,
        "places": places,
        "words": wording.ROUND_WORDING,
        "open_to_hosts": grouping.OPEN_TO_HOSTS,
    }
    return render(request, "matching/host/host_rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_ranking(
    request: UserRequest, slug: str, round_slug: str, reference: str
) -> HttpResponse:
    """Show who listed a place, never where, and keep the host's groups."""
    organisation = organisation_of(request, slug)
    row = get_object_or_404(Round.objects.opened(), slug=round_slug)
    places = RoundPlace.objects.of_round(row).of_host(organisation).with_opportunity()
    place = get_object_or_404(places, opportunity__reference=reference)
    lists = list(RoundList.objects.listing(place).exclude(person=request.user))
    form = _form(request, place, lists)
    if request.method == "POST" and form.is_valid():
        grouping.group_people(place, form.cleaned_data, by=request.user)
        messages.success(request, _("Groups saved. Nobody else sees them until results are out."))
        return redirect("round-ranking", slug, round_slug, reference)
    return render(request, "matching/host/round_ranking.html", _context(place, lists, form))


def _form(request: UserRequest, place: RoundPlace, lists: list[RoundList]) -> GroupsForm:
    groups = Grouping.objects.of_place(place)
    people = [(each.reference, each.person.display_name, groups.get(each.pk)) for each in lists]
    return GroupsForm(request.POST if request.method == "POST" else None, people=people)


def _context(place: RoundPlace, lists: list[RoundList], form: GroupsForm) -> dict[str, Any]:
    found = fits([each.person for each in lists], [place.opportunity_id])
    steps = [Strength(found[each.person_id, place.opportunity_id].strength) for each in lists]
    return {
        "place": place,
        "round": place.round,
        "organisation": place.opportunity.organisation,
        "people": list(zip(lists, steps, strict=True)),
        "colours": STRENGTH_COLOURS,
        "form": form,
        "can_group": place.round.status in grouping.OPEN_TO_HOSTS,
    }
