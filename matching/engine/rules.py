"""The hard rules: what an opportunity needs, what a person lacks, and the few comparisons."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.facts import ANY_DISTANCE, UNKNOWN, OpportunityFacts, PersonFacts
from matching.engine.opportunities import Opportunities
from matching.engine.reference import Reference

Mask = npt.NDArray[np.bool_]

RULES_VERSION = 1
WORD_BITS = 64
HIGHEST_RANK = 16
REMOTE_ONLY = 2
# Whoever works in government had the baseline check when they joined
CLEARANCE_NOT_TOLD = 1


def N_(text: str) -> str:  # noqa: N802 - the name that Babel looks for
    """Mark a sentence for translation where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class BitRule:
    """One bit: the opportunity sets it as a need, the person as a lack; both set is a no."""

    bit: int
    slug: str
    label: str
    sentence: str
    need: Callable[[OpportunityFacts], bool]
    lack: Callable[[PersonFacts], bool]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class CompareRule:
    """One comparison that does not fit a bit; true where the opportunity fails.

    ``reads`` names all the facts of a person that it looks at, so that people who are alike in
    them are compared once. ``few`` marks a rule that reads a set of opportunities' keys and
    fails those: a list of its own for nearly everybody, and a short one.
    """

    slug: str
    label: str
    sentence: str
    fails: Callable[[PersonFacts, Opportunities, Reference], Mask]
    reads: tuple[str, ...]
    # no other answer of the person would change it, so it is never a near miss
    fixed: bool = False
    few: bool = False


def _grade(rank: int) -> BitRule:
    return BitRule(
        bit=rank - 1,
        slug="grade",
        label=N_("Grade"),
        sentence=N_("It is for other grades than yours"),
        need=lambda offer: not offer.lowest_grade <= rank <= offer.highest_grade,
        lack=lambda person: person.grade == rank,
    )


def _clearance(rank: int, sentence: str) -> BitRule:
    return BitRule(
        bit=HIGHEST_RANK + rank - 1,
        slug="clearance",
        label=N_("Security clearance"),
        sentence=sentence,
        need=lambda offer: offer.clearance == rank,
        lack=lambda person: held_clearance(person) < rank,
    )


def held_clearance(person: PersonFacts) -> int:
    """Give the clearance a person holds, also when they did not tell."""
    return CLEARANCE_NOT_TOLD if person.clearance == UNKNOWN else person.clearance


BITS: tuple[BitRule, ...] = (
    *(_grade(rank) for rank in range(1, HIGHEST_RANK + 1)),
    _clearance(1, N_("It needs the baseline check (BPSS)")),
    _clearance(2, N_("It needs the counter terrorist check (CTC)")),
    _clearance(3, N_("It needs security check (SC) clearance")),
    _clearance(4, N_("It needs developed vetting (DV)")),
    BitRule(
        bit=20,
        slug="remote",
        label=N_("Remote work"),
        sentence=N_("It is done remotely, and you have not said that remote work suits you"),
        need=lambda offer: offer.remote == REMOTE_ONLY,
        lack=lambda person: not person.remote_ok,
    ),
    BitRule(
        bit=21,
        slug="pattern",
        label=N_("Working pattern"),
        sentence=N_("It is full time, and you do not work full time"),
        need=lambda offer: offer.full_time,
        # whoever gave their hours is compared by hours instead
        lack=lambda person: person.part_time and not person.hours,
    ),
)


def _ends_before(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    return offers.end_week < person.from_week


def _starts_after(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    return offers.start_week > person.until_week


def _too_many_hours(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    if not person.hours:
        return offers.nothing()
    many: Mask = offers.hours > person.hours
    return many


def _too_far(person: PersonFacts, offers: Opportunities, reference: Reference) -> Mask:
    if person.town == UNKNOWN or person.max_miles >= ANY_DISTANCE or not reference.miles.size:
        return offers.nothing()
    # position -1 reads the last town; those rows are taken out again
    miles = reference.miles[person.town][offers.town]
    known = (offers.town != UNKNOWN) & (offers.remote != REMOTE_ONLY)
    far: Mask = (miles > person.max_miles) & known
    return far


def _any_of(column: npt.NDArray[np.integer], wanted: frozenset[int]) -> Mask:
    # a person has few of these, and one comparison each is faster than a search in a set
    found: Mask = np.zeros(len(column), dtype=np.bool_)
    for each in wanted:
        found |= column == each
    return found


def _own_organisation(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    return _any_of(offers.organisation, person.organisations)


def _own_department(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    if not person.department:
        return offers.nothing()
    own: Mask = offers.department == person.department
    return own


def _applied(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    return _any_of(offers.pk, person.applied)


def _busy(person: PersonFacts, offers: Opportunities, _reference: Reference) -> Mask:
    clash = offers.nothing()
    for start, end in person.busy:
        clash |= offers.exclusive & (offers.start_week <= end) & (offers.end_week >= start)
    return clash


COMPARES: tuple[CompareRule, ...] = (
    CompareRule(
        "before",
        N_("Your start date"),
        N_("It ends before you are available"),
        _ends_before,
        reads=("from_week",),
    ),
    CompareRule(
        "after",
        N_("Your end date"),
        N_("It starts after you are available"),
        _starts_after,
        reads=("until_week",),
    ),
    CompareRule(
        "hours",
        N_("Hours a week"),
        N_("It needs more hours a week than you can spend"),
        _too_many_hours,
        reads=("hours",),
    ),
    CompareRule(
        "distance",
        N_("Distance"),
        N_("It is further away than you can travel"),
        _too_far,
        reads=("town", "max_miles"),
    ),
    CompareRule(
        "organisation",
        N_("Your own organisation"),
        N_("You work for the organisation that offers it"),
        _own_organisation,
        reads=("organisations",),
        fixed=True,
    ),
    CompareRule(
        "department",
        N_("Your own department"),
        N_("It is offered by your own department"),
        _own_department,
        reads=("department",),
        fixed=True,
    ),
    CompareRule(
        "applied",
        N_("Your applications"),
        N_("You have already started an application for it"),
        _applied,
        reads=("applied",),
        fixed=True,
        few=True,
    ),
    CompareRule(
        "busy",
        N_("Your placements"),
        N_("It overlaps with a placement you are on"),
        _busy,
        reads=("busy",),
        fixed=True,
    ),
)


def need_word(offer: OpportunityFacts) -> int:
    """Set the bit of each need of an opportunity."""
    return sum(1 << rule.bit for rule in BITS if rule.need(offer))


def lack_word(person: PersonFacts) -> int:
    """Set the bit of each lack of a person."""
    return sum(1 << rule.bit for rule in BITS if rule.lack(person))


def failure_counts(
    person: PersonFacts, offers: Opportunities, reference: Reference
) -> npt.NDArray[np.uint8]:
    """Count the rules that each opportunity fails; 0 means that the person may have it."""
    return failures(person, offers, reference)[0]


def failures(
    person: PersonFacts, offers: Opportunities, reference: Reference
) -> tuple[npt.NDArray[np.uint8], Mask]:
    """Count the rules each fails, and tell which fail one that no other answer would change."""
    clash = offers.need & np.uint64(lack_word(person))
    counts: npt.NDArray[np.uint8] = np.bitwise_count(clash).astype(np.uint8)
    fixed = offers.nothing()
    for rule in COMPARES:
        fails = rule.fails(person, offers, reference)
        counts += fails
        if rule.fixed:
            fixed |= fails
    return counts, fixed


def failing(
    person: PersonFacts, offers: Opportunities, reference: Reference, row: int
) -> list[BitRule | CompareRule]:
    """List the rules that one opportunity fails."""
    clash = int(offers.need[row]) & lack_word(person)
    one = offers.only(np.array([row]))
    return [
        *(rule for rule in BITS if clash >> rule.bit & 1),
        *(rule for rule in COMPARES if rule.fails(person, one, reference)[0]),
    ]
