"""A round frozen: who listed what, groups, points and seats; the contest that it is; its outcome.

What is frozen is plain JSON with references in place of keys, so that anybody who has it and the
published seed can work out the same again. Nothing here looks at the database but ``freeze``.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from matching.choices import HostGroup, PairRuling
from matching.engine.allocation import allocate
from matching.engine.allocation_summary import summary
from matching.engine.certificate import Certificate, certificate, faults
from matching.engine.contest import NOTHING, SHUT, Allocation, Contest, draw_lottery, placed
from matching.live.points import Fit, fits
from matching.live.support import Ladder
from matching.models import Choice, Grouping, PairRule, Round, RoundList, RoundPlace
from people.models import User
from placements.models import Application, Placement

# a group counts more than all points, extra points included
STEP = 20_000
MOST_WAITED = 3
SEED_DIGITS = 15

Frozen = dict[str, Any]


def settings_of(row: Round) -> dict[str, int]:
    """Give the round's own rules: what a run uses unless it tries others."""
    names = ("reserve_percent", "fairness_points", "waiting_points")
    return {name: getattr(row, name) for name in names}


def freeze(row: Round, settings: dict[str, int]) -> Frozen:
    """Read everything that decides a round, in an order that never changes."""
    places = list(RoundPlace.objects.of_round(row).taking_part().with_opportunity())
    places.sort(key=lambda place: place.opportunity.reference)
    lists = [
        mine
        for mine in RoundList.objects.of_round(row)
        if mine.person_id not in Application.objects.holders_in(row.slug)
    ]
    lists.sort(key=lambda mine: mine.reference)
    chosen = _choices(lists, {place.pk for place in places})
    reading = _Reading(row, [mine.person for mine in lists], places)
    return {
        "round": row.slug,
        "stage": row.stage,
        "seed": row.seed,
        "settings": settings,
        "places": [_place(place, row, settings["reserve_percent"]) for place in places],
        "people": [reading.person(mine, chosen.get(mine.pk, []), settings) for mine in lists],
    }


def _choices(lists: Sequence[RoundList], places: set[int]) -> dict[int, list[Choice]]:
    found: dict[int, list[Choice]] = {}
    rows = Choice.objects.in_order().filter(list__in=[mine.pk for mine in lists])
    for choice in rows:
        if choice.place_id in places:
            found.setdefault(choice.list_id, []).append(choice)
    return found


def _place(place: RoundPlace, row: Round, percent: int) -> dict[str, Any]:
    opportunity = place.opportunity
    held = Application.objects.holding_in(row.slug).filter(opportunity=opportunity).count()
    seats = max(0, min(place.places - held, opportunity.places_left))
    seats = seats if place.is_available_after_lock and place.withdrawn_at is None else 0
    reserve = (seats * percent + 50) // 100
    return {"place": opportunity.reference, "seats": seats, "reserve": reserve}


class _Reading:
    """What is read once for all people of a round."""

    def __init__(self, row: Round, people: list[User], places: list[RoundPlace]) -> None:
        self.fits = fits(people, [place.opportunity_id for place in places])
        self.places = {place.pk: place for place in places}
        self.groups = Grouping.objects.of_round(row)
        self.rules = {
            (rule.list_id, rule.place_id): rule.ruling for rule in PairRule.objects.of_round(row)
        }
        self.ladder = Ladder()
        self.went = Placement.objects.people_who_went(people)
        self.regions = set(row.reserve_regions.values_list("pk", flat=True))
        self.departments = set(row.reserve_departments.values_list("pk", flat=True))
        self.region_of = RoundList.objects.regions(row)

    def person(
        self, mine: RoundList, choices: list[Choice], settings: dict[str, int]
    ) -> dict[str, Any]:
        """Write one person's part."""
        region, name = self.region_of[mine.person_id]
        department = mine.person.department
        served = region in self.regions or mine.person.department_id in self.departments
        first_time = mine.person_id not in self.went
        return {
            "list": mine.reference,
            "region": name,
            "department": department.name if department else "",
            "served": served,
            "fairness": settings["fairness_points"] if first_time else 0,
            "waiting": settings["waiting_points"] * min(mine.rounds_waited, MOST_WAITED),
            "choices": [self.choice(mine, choice) for choice in choices],
        }

    def choice(self, mine: RoundList, choice: Choice) -> dict[str, Any]:
        """Write one place of a list, and why it cannot be given, if it cannot."""
        place = self.places[choice.place_id]
        fit = self.fits[mine.person_id, place.opportunity_id]
        group = self.groups.get((mine.pk, place.pk), int(HostGroup.WOULD_TAKE))
        rule = self.rules.get((mine.pk, place.pk), "")
        return {
            "place": place.opportunity.reference,
            "position": choice.position,
            "group": group,
            "points": fit.points,
            "held": rule == PairRuling.HOLD,
            "shut": self._shut(mine, place, fit, group, rule),
        }

    def _shut(self, mine: RoundList, place: RoundPlace, fit: Fit, group: int, rule: str) -> str:
        if place.withdrawn_at is not None or not place.is_available_after_lock:
            return "gone"
        if rule == PairRuling.EXCLUDE:
            return "excluded"
        if group == HostGroup.NO:
            return "host"
        if not fit.may_have:
            return "rules"
        return "" if self.ladder.covers(mine, place.opportunity) else "support"


def digest(frozen: Frozen) -> str:
    """Give the hash of what is frozen: of its JSON with sorted keys and no spaces."""
    text = json.dumps(frozen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(reference: str) -> int:
    """Give the lasting number by which a list takes part in the lottery."""
    return int(hashlib.sha256(reference.encode()).hexdigest()[:SEED_DIGITS], 16)


def priority_of(person: dict[str, Any], choice: dict[str, Any]) -> int:
    """Add up what one person counts for one place: group, points, extra points."""
    if choice["shut"]:
        return SHUT
    step = (HostGroup.NO - choice["group"]) * STEP
    return int(step + choice["points"] + person["fairness"] + person["waiting"])


@dataclass(frozen=True)
class Decided:
    """A frozen round with what comes of it."""

    frozen: Frozen
    contest: Contest
    allocation: Allocation
    cut_offs: Certificate

    @property
    def outcome(self) -> dict[str, dict[str, Any]]:
        """Tell who got what, by references, held pairs included."""
        found = dict(held_pairs(self.frozen))
        for number, person in enumerate(self.frozen["people"]):
            if self.allocation.match[number] != NOTHING:
                choice = open_choices(person)[int(self.allocation.place[number])]
                found[person["list"]] = _match(choice)
        return dict(sorted(found.items()))

    @property
    def certificate(self) -> dict[str, Any]:
        """Write the cut-offs, with what they were worked out from."""
        columns = {name: column.tolist() for name, column in asdict(self.cut_offs).items()}
        references = [place["place"] for place in self.frozen["places"]]
        return {
            "round": self.frozen["round"],
            "stage": self.frozen["stage"],
            "seed": self.frozen["seed"],
            "settings": self.frozen["settings"],
            "inputs": digest(self.frozen),
            "lottery": {
                person["list"]: number
                for person, number in zip(
                    self.frozen["people"], self.contest.lottery.tolist(), strict=True
                )
            },
            "places": [
                {"place": reference, **{name: columns[name][row] for name in columns}}
                for row, reference in enumerate(references)
            ],
        }

    @property
    def counts(self) -> dict[str, Any]:
        """Count what it comes to, with the shares of regions and departments."""
        points = [
            choice["points"] for person in self.frozen["people"] for choice in open_choices(person)
        ]
        told = {}
        for label in ("region", "department"):
            labels = [person[label] for person in self.frozen["people"]]
            found = summary(
                self.contest, self.allocation, np.array(points, dtype=np.int32), labels
            )
            told[label] = [asdict(share) for share in found.shares]
        named = ("people", "matched", "first", "top_three", "seats", "points", "stable")
        held = held_pairs(self.frozen)
        totals = {name: getattr(found, name) for name in named}
        totals["people"] += len(held)
        totals["matched"] += len(held)
        totals["first"] += sum(match["choice"] == 1 for match in held.values())
        totals["top_three"] += sum(match["choice"] <= 3 for match in held.values())  # noqa: PLR2004 - it is the name
        totals["seats"] += len(held)
        return totals | {"shares": told, "held": len(held)}


def open_choices(person: dict[str, Any]) -> list[dict[str, Any]]:
    """Give a person's list as it takes part: nothing when they are held somewhere."""
    choices: list[dict[str, Any]] = person["choices"]
    return [] if any(choice["held"] for choice in choices) else choices


def held_pairs(frozen: Frozen) -> dict[str, dict[str, Any]]:
    """List the pairs that the scheme team holds."""
    return {
        person["list"]: _match(choice)
        for person in frozen["people"]
        for choice in person["choices"]
        if choice["held"]
    }


def _match(choice: dict[str, Any]) -> dict[str, Any]:
    return {"place": choice["place"], "choice": choice["position"]}


def contest_of(frozen: Frozen) -> Contest:
    """Make the contest that a frozen round is."""
    row_of = {place["place"]: row for row, place in enumerate(frozen["places"])}
    people = frozen["people"]
    keys = np.array([key_of(person["list"]) for person in people], dtype=np.int64)
    seats = [place["seats"] for place in frozen["places"]]
    for match in held_pairs(frozen).values():
        seats[row_of[match["place"]]] -= 1
    if any(count < 0 for count in seats):
        raise ValueError("more pairs are held than a place has seats")
    return Contest.of(
        [
            [(row_of[each["place"]], priority_of(person, each)) for each in open_choices(person)]
            for person in people
        ],
        seats,
        lottery=draw_lottery(keys, int(frozen["seed"][:SEED_DIGITS], 16)),
        reserve=[
            min(place["reserve"], count)
            for place, count in zip(frozen["places"], seats, strict=True)
        ],
        served=[person["served"] for person in people],
    )


def decide(frozen: Frozen, kernel: str = "best") -> Decided:
    """Decide a frozen round."""
    contest = contest_of(frozen)
    allocation = allocate(contest, kernel=kernel)
    return Decided(frozen, contest, allocation, certificate(contest, allocation))


def allocation_of(frozen: Frozen, outcome: dict[str, dict[str, Any]]) -> Allocation:
    """Read who got what as the engine has it; held pairs stand outside."""
    place = np.full(len(frozen["people"]), NOTHING, dtype=np.int32)
    for number, person in enumerate(frozen["people"]):
        match = outcome.get(person["list"])
        names = [choice["place"] for choice in open_choices(person)]
        if match and match["place"] in names:
            place[number] = names.index(match["place"])
    return placed(contest_of(frozen), place)


def problems(
    frozen: Frozen, said_hash: str, outcome: dict[str, Any], said: dict[str, Any]
) -> Iterable[str]:
    """Check a run from what is frozen alone: hash, outcome by two kernels, every cut-off."""
    if digest(frozen) != said_hash:
        yield "the hash is not that of what is frozen"
    for kernel in ("heapq", "numpy"):
        again = decide(frozen, kernel)
        if again.outcome != outcome:
            yield f"the kernel {kernel} comes to another outcome"
        if again.certificate != said:
            yield f"the kernel {kernel} comes to other cut-offs"
    contest, allocation = contest_of(frozen), allocation_of(frozen, outcome)
    for fault in faults(contest, allocation):
        yield str(fault)
