"""What the scheme team should know before a round is decided."""

from dataclasses import dataclass

from matching.live.contest import freeze, settings_of
from matching.models import Grouping, Round, RoundPlace
from placements.models import Opportunity


@dataclass(frozen=True)
class Gap:
    """A place with people in no group yet."""

    place: RoundPlace
    listed: int
    missing: int


@dataclass(frozen=True)
class Preflight:
    """Places against people, hosts who have not grouped, and missing support."""

    people: int
    seats: int
    opportunities: int
    never_listed: list[Opportunity]
    gaps: list[Gap]
    without_support: int
    without_a_chance: int


def preflight(row: Round) -> Preflight:
    """Look at a round as it stands."""
    frozen = freeze(row, settings_of(row))
    places = list(RoundPlace.objects.of_round(row).taking_part().with_opportunity())
    groups = Grouping.objects.references(row)
    listed: dict[str, list[str]] = {}
    for person in frozen["people"]:
        for choice in person["choices"]:
            listed.setdefault(choice["place"], []).append(person["list"])
    gaps = []
    for place in places:
        reference = place.opportunity.reference
        mine = listed.get(reference, [])
        missing = sum((each, reference) not in groups for each in mine)
        if missing:
            gaps.append(Gap(place, len(mine), missing))
    shut = [{choice["shut"] for choice in person["choices"]} for person in frozen["people"]]
    return Preflight(
        people=len(frozen["people"]),
        seats=sum(place["seats"] for place in frozen["places"]),
        opportunities=len(places),
        never_listed=[
            place.opportunity for place in places if place.opportunity.reference not in listed
        ],
        gaps=gaps,
        without_support=sum("support" in reasons for reasons in shut),
        without_a_chance=sum("" not in reasons for reasons in shut),
    )
