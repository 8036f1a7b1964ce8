"""The points: what is compared, how much it counts, and the words for a whole score."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.facts import UNKNOWN, OpportunityFacts, PersonFacts
from matching.engine.opportunities import Opportunities
from matching.engine.reference import Reference
from matching.engine.rules import N_, REMOTE_ONLY

Points = npt.NDArray[np.int16]
Weeks = npt.NDArray[np.int32]
Features = Mapping[int, int]

WEIGHTS_VERSION = 1
CEILING = 10_000
BIAS = 2_000
LEVELS = 4
FULL_STEPS = 6
FULL_GOALS = 2
WORD_SCALE = 31

SAME, NEXT_DOOR, ELSEWHERE = 700, 450, 150
HYBRID_HELPS = {SAME: SAME, NEXT_DOOR: 550, ELSEWHERE: 300}
PER_MILLE = 1_000


@dataclass(frozen=True, slots=True)
class FeatureTerm:
    """Points for what both sides have: the sum of person's weight times opportunity's value."""

    slug: str
    label: str
    sentence: str
    maximum: int
    size: Callable[[Reference], int]
    offered: Callable[[OpportunityFacts, Reference, int], Features]
    wanted: Callable[[PersonFacts, Reference], Features]
    weight: int = 100

    @property
    def worth(self) -> int:
        """Give the most points this can add."""
        return self.maximum * self.weight // 100


@dataclass(frozen=True, slots=True)
class ColumnTerm:
    """Points worked out from columns: places and weeks.

    ``reads`` names all the facts of a person that it looks at. ``share``, where there is one,
    says that the points depend only on how many weeks are shared, out of how many.
    """

    slug: str
    label: str
    sentence: str
    maximum: int
    points: Callable[[PersonFacts, Opportunities, Reference, int], Points]
    reads: tuple[str, ...]
    share: Callable[[int, Weeks, Weeks], Points] | None = None
    weight: int = 100

    @property
    def worth(self) -> int:
        """Give the most points this can add."""
        return self.maximum * self.weight // 100


Term = FeatureTerm | ColumnTerm


def _steps(reference: Reference) -> int:
    return reference.skills * LEVELS


def _step(skill: int, level: int) -> int:
    return skill * LEVELS + level - 1


def _taught(offer: OpportunityFacts, _reference: Reference, worth: int) -> Features:
    unit = worth // max(FULL_STEPS, sum(offer.taught.values()))
    return {
        _step(skill, level): unit
        for skill, reached in offer.taught.items()
        for level in range(1, reached + 1)
    }


def _to_learn(person: PersonFacts, _reference: Reference) -> Features:
    return {
        _step(skill, level): 1
        for skill, now in best_levels(person).items()
        if skill in person.learn
        for level in range(now + 1, LEVELS + 1)
    }


def _held_size(reference: Reference) -> int:
    return _steps(reference) + 1


def _needed(offer: OpportunityFacts, reference: Reference, worth: int) -> Features:
    if not offer.needed:
        return {_steps(reference): worth}
    unit = worth // sum(offer.needed.values())
    return {
        _step(skill, level): unit
        for skill, asked in offer.needed.items()
        for level in range(1, asked + 1)
    }


def _held(person: PersonFacts, reference: Reference) -> Features:
    steps = {
        _step(skill, level): 1
        for skill, now in best_levels(person).items()
        for level in range(1, now + 1)
    }
    return steps | {_steps(reference): 1}


def best_levels(person: PersonFacts) -> dict[int, int]:
    """Give the level a person has in each skill they named, for whatever reason."""
    skills = {*person.held, *person.learn}
    return {skill: max(person.held.get(skill, 0), person.learn.get(skill, 0)) for skill in skills}


def _groups_of(skills: Mapping[int, int], reference: Reference) -> set[int]:
    return {reference.skill_groups[skill] for skill in skills}


def _areas_offered(offer: OpportunityFacts, reference: Reference, worth: int) -> Features:
    groups = _groups_of(offer.taught, reference)
    return dict.fromkeys(groups, worth // max(1, len(groups)))


def _areas_wanted(person: PersonFacts, reference: Reference) -> Features:
    return dict.fromkeys(_groups_of(person.learn, reference), 1)


def _professions_named(offer: OpportunityFacts, _reference: Reference, worth: int) -> Features:
    return dict.fromkeys(offer.professions, worth)


def _own_profession(person: PersonFacts, _reference: Reference) -> Features:
    return {} if person.profession == UNKNOWN else {person.profession: 1}


def _goals_met(offer: OpportunityFacts, _reference: Reference, worth: int) -> Features:
    return dict.fromkeys(offer.taught, worth // max(FULL_GOALS, len(offer.taught)))


def _goals_set(person: PersonFacts, _reference: Reference) -> Features:
    # sorted, because equal sets may be gone through in another order
    return dict.fromkeys(sorted(person.goals), 1)


def _words_written(offer: OpportunityFacts, _reference: Reference, worth: int) -> Features:
    return {word: value * worth // WORD_SCALE**2 for word, value in offer.words.items()}


def _words_used(person: PersonFacts, _reference: Reference) -> Features:
    return person.words


def place_points(person: PersonFacts, reference: Reference, worth: int) -> Points:
    """Tabulate a person's points by the opportunity's remote share and region.

    The last position of the region axis stands for a region that is not known.
    """
    table = np.full((REMOTE_ONLY + 1, reference.regions + 1), ELSEWHERE, dtype=np.int32)
    if person.region != UNKNOWN:
        known = table[:, :-1]
        known[:, reference.neighbours[person.region]] = NEXT_DOOR
        known[:, person.region] = SAME
        if person.remote_ok:
            known[1] = [HYBRID_HELPS[int(distance)] for distance in known[0]]
    if person.remote_ok:
        table[REMOTE_ONLY] = SAME
    scaled: Points = (table * worth // SAME).astype(np.int16)
    return scaled


def _place(person: PersonFacts, offers: Opportunities, reference: Reference, worth: int) -> Points:
    # a region that is not known is -1: the last position
    table = place_points(person, reference, worth)
    row: Points = table[offers.remote, offers.region]
    return row


def _time(person: PersonFacts, offers: Opportunities, _reference: Reference, worth: int) -> Points:
    start, end = offers.start_week.astype(np.int32), offers.end_week.astype(np.int32)
    shared = np.minimum(end, person.until_week) - np.maximum(start, person.from_week) + 1
    return share_of_weeks(worth, shared, end - start + 1)


def share_of_weeks(worth: int, shared: Weeks, weeks: Weeks) -> Points:
    """Give the points for some weeks shared out of all of them; fewer than none are none."""
    whole: Points = (worth * np.maximum(shared, 0) // weeks).astype(np.int16)
    return whole


TERMS: tuple[Term, ...] = (
    FeatureTerm(
        slug="learn",
        label=N_("Skills you want to learn"),
        sentence=N_(
            "The levels it takes you to, above where you are now, in skills you want to learn"
        ),
        maximum=3_600,
        size=_steps,
        offered=_taught,
        wanted=_to_learn,
    ),
    FeatureTerm(
        slug="held",
        label=N_("Skills you have"),
        sentence=N_("The levels you have in the skills it asks for"),
        maximum=1_800,
        size=_held_size,
        offered=_needed,
        wanted=_held,
    ),
    FeatureTerm(
        slug="interests",
        label=N_("Subjects"),
        sentence=N_("The subjects of the skills you want to learn and of those it teaches"),
        maximum=700,
        size=lambda reference: reference.groups,
        offered=_areas_offered,
        wanted=_areas_wanted,
    ),
    FeatureTerm(
        slug="profession",
        label=N_("Profession"),
        sentence=N_("Your profession and the professions its description names"),
        maximum=300,
        size=lambda reference: reference.professions,
        offered=_professions_named,
        wanted=_own_profession,
    ),
    FeatureTerm(
        slug="goals",
        label=N_("Development plan"),
        sentence=N_("The skills your development plan names and the skills it teaches"),
        maximum=800,
        size=lambda reference: reference.skills,
        offered=_goals_met,
        wanted=_goals_set,
    ),
    FeatureTerm(
        slug="text",
        label=N_("Words"),
        sentence=N_("The words of your development plan and skills, and of its description"),
        maximum=WORD_SCALE**2,
        size=lambda reference: reference.words,
        offered=_words_written,
        wanted=_words_used,
    ),
    ColumnTerm(
        slug="place",
        label=N_("Place"),
        sentence=N_("Your region and where it takes place"),
        maximum=SAME,
        points=_place,
        reads=("remote_ok", "region"),
    ),
    ColumnTerm(
        slug="time",
        label=N_("Dates"),
        sentence=N_("The weeks of it that are inside your dates"),
        maximum=700,
        points=_time,
        reads=("from_week", "until_week"),
        share=share_of_weeks,
    ),
)

SLUGS = tuple(term.slug for term in TERMS)
STRONG, GOOD, PARTIAL = 560, 460, 370


def highest(off: frozenset[str] = frozenset()) -> int:
    """Give the most points a match can have, without the signals turned off."""
    return sum(term.worth for term in TERMS if term.slug not in off)


def least(share: int, off: frozenset[str] = frozenset()) -> int:
    """Give the points from which a match is worth a word, as a share in thousandths."""
    return highest(off) * share // PER_MILLE


def weights_digest() -> str:
    """Sum up every weight and threshold; a change asks for a new version."""
    table = [(term.slug, term.maximum, term.weight) for term in TERMS]
    steps = (STRONG, GOOD, PARTIAL, SAME, NEXT_DOOR, ELSEWHERE, FULL_STEPS, FULL_GOALS)
    return hashlib.sha256(repr((table, steps)).encode()).hexdigest()[:16]


if highest() > CEILING or highest() + BIAS >= np.iinfo(np.int16).max:
    raise ValueError("The points do not fit: lower a maximum")
