"""What would change a match: one answer changed at a time, scored again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.engine.build import build
from matching.engine.facts import ALWAYS, ANY_DISTANCE, FOREVER, UNKNOWN
from matching.engine.facts import OpportunityFacts as Offer
from matching.engine.facts import PersonFacts as Person
from matching.engine.live import count, scores
from matching.engine.opportunities import Opportunities
from matching.engine.points import GOOD, LEVELS, PARTIAL, STRONG, best_levels, least
from matching.engine.reference import Reference
from matching.engine.rules import (
    BITS,
    COMPARES,
    REMOTE_ONLY,
    failure_counts,
    held_clearance,
    lack_word,
)

DISTANCES = (10, 25, 50, 100, 200, ANY_DISTANCE)
MOST = 3
HALF_A_YEAR = 26
TWO = 2
SIGNAL = "signal-"

Blocks = list[tuple[Opportunities, npt.NDArray[np.bool_]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer changed: what kind, to what value, and the person with it."""

    slug: str
    value: int
    person: Person
    # what somebody cannot change by writing another answer
    takes_time: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one match."""

    change: Change
    before: int
    after: int
    strength_before: int
    strength_after: int
    becomes_possible: bool


def strength(points: int, off: frozenset[str] = frozenset()) -> int:
    """Give the step of a score: 3 strong, 2 good, 1 partial, 0 below."""
    return sum(points >= least(step, off) for step in (STRONG, GOOD, PARTIAL))


def single_changes(person: Person, offer: Offer, reference: Reference) -> Iterator[Change]:
    """Go through the single changes that might help with one opportunity."""
    yield from _dates(person, offer)
    if offer.remote and not person.remote_ok:
        yield Change("remote", 1, replace(person, remote_ok=True))
    if person.hours and offer.hours > person.hours:
        yield Change("hours", offer.hours, replace(person, hours=offer.hours))
    yield from _distance(person, offer, reference)
    if offer.clearance > held_clearance(person):
        held = replace(person, clearance=offer.clearance)
        yield Change("clearance", offer.clearance, held, takes_time=True)
    levels = best_levels(person)
    for skill in sorted(set(offer.taught) - set(person.learn)):
        learn = {**person.learn, skill: levels.get(skill, 0)}
        yield Change("skill", skill, replace(person, learn=learn))
    for number, slug in enumerate(sorted(person.off)):
        yield Change(f"{SIGNAL}{slug}", number, replace(person, off=person.off - {slug}))


def _dates(person: Person, offer: Offer) -> Iterator[Change]:
    if offer.start_week < person.from_week:
        yield Change("start", offer.start_week, replace(person, from_week=offer.start_week))
    if offer.end_week > person.until_week:
        yield Change("end", offer.end_week, replace(person, until_week=offer.end_week))


def _distance(person: Person, offer: Offer, reference: Reference) -> Iterator[Change]:
    if UNKNOWN in {person.town, offer.town} or not reference.miles.size:
        return
    miles = int(reference.miles[person.town, offer.town])
    if miles > person.max_miles and offer.remote != REMOTE_ONLY:
        wider = next(step for step in DISTANCES if step >= miles)
        yield Change("distance", wider, replace(person, max_miles=wider))


def what_would_change(person: Person, offer: Offer, reference: Reference) -> list[Effect]:
    """Score one opportunity again for each change; keep the three that help most.

    What makes it possible comes first, then a better word, then answers that somebody can
    change today, then more points.
    """
    one = build([offer], reference, seed=0)
    before = int(scores(person, one, reference)[0])
    blocked = int(failure_counts(person, one, reference)[0])
    effects = []
    for change in single_changes(person, offer, reference):
        after = int(scores(change.person, one, reference)[0])
        opens = blocked > int(failure_counts(change.person, one, reference)[0]) == 0
        steps = strength(before, person.off), strength(after, change.person.off)
        better_word = steps[1] > steps[0] or not change.slug.startswith(SIGNAL)
        if opens or (after > before and not blocked and better_word):
            effects.append(Effect(change, before, after, *steps, becomes_possible=opens))
    return sorted(effects, key=_usefulness)[:MOST]


def _usefulness(effect: Effect) -> tuple[bool, int, bool, int, str, int]:
    return (
        not effect.becomes_possible,
        effect.strength_before - effect.strength_after,
        effect.change.takes_time,
        effect.before - effect.after,
        effect.change.slug,
        effect.change.value,
    )


def wide_changes(person: Person, popular: list[int]) -> Iterator[Change]:
    """Go through the changes that might bring matches to somebody who has few."""
    if not person.remote_ok:
        yield Change("remote", 1, replace(person, remote_ok=True))
    if person.max_miles < ANY_DISTANCE:
        for wider in (step for step in DISTANCES if step > person.max_miles):
            yield Change("distance", wider, replace(person, max_miles=wider))
    if person.until_week < FOREVER:
        later = person.until_week + HALF_A_YEAR
        yield Change("end", later, replace(person, until_week=later))
    if person.from_week > ALWAYS:
        sooner = person.from_week - HALF_A_YEAR // 2
        yield Change("start", sooner, replace(person, from_week=sooner))
    if person.hours:
        yield Change("hours", 37, replace(person, hours=37))
    levels = best_levels(person)
    added = {skill: levels.get(skill, 0) for skill in popular if skill not in person.learn}
    for skill, level in added.items():
        yield Change("skill", skill, replace(person, learn={**person.learn, skill: level}))
    two = dict(list(added.items())[:TWO])
    if len(two) == TWO:
        yield Change("skills", TWO, replace(person, learn={**person.learn, **two}))
    for number, slug in enumerate(sorted(person.off)):
        yield Change(f"{SIGNAL}{slug}", number, replace(person, off=person.off - {slug}))


def what_would_help(
    person: Person, blocks: Blocks, reference: Reference, popular: list[int]
) -> list[tuple[Change, int]]:
    """Count the matches each wide change would give; keep the best of each kind, at most three."""
    now = count(person, blocks, reference)
    bettered: dict[str, tuple[Change, int]] = {}
    for change in wide_changes(person, popular):
        gained = count(change.person, blocks, reference)
        if gained > max(now, bettered.get(change.slug, (change, 0))[1]):
            bettered[change.slug] = (change, gained)
    return sorted(bettered.values(), key=lambda found: (-found[1], found[0].slug))[:MOST]


def popular_skills(
    person: Person, blocks: Blocks, reference: Reference, most: int = 5
) -> list[int]:
    """List the skills taught by most opportunities that are open to the person."""
    totals = np.zeros(reference.skills, dtype=np.int64)
    for offers, kept in blocks:
        open_rows = kept & (failure_counts(person, offers, reference) == 0)
        # where nothing is open to the person, what all teach is the best advice there is
        open_rows = open_rows if open_rows.any() else kept
        for skill in range(reference.skills):
            begin = offers.starts[skill * LEVELS]
            end = offers.starts[skill * LEVELS + 1]
            totals[skill] += int(open_rows[offers.rows[begin:end]].sum())
    order = np.argsort(-totals, kind="stable")
    return [int(skill) for skill in order[:most] if totals[skill]]


def obstacles(person: Person, blocks: Blocks, reference: Reference) -> list[tuple[str, int]]:
    """Count the opportunities that each rule keeps from a person, the most first."""
    counts: dict[str, int] = {}
    lack = lack_word(person)
    for offers, kept in blocks:
        for bit in BITS:
            if lack >> bit.bit & 1:
                failed = offers.need >> np.uint64(bit.bit) & np.uint64(1)
                counts[bit.slug] = counts.get(bit.slug, 0) + int((kept & (failed == 1)).sum())
        for rule in COMPARES:
            failed_rows = kept & rule.fails(person, offers, reference)
            counts[rule.slug] = counts.get(rule.slug, 0) + int(failed_rows.sum())
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [found for found in ordered if found[1]][:MOST]
