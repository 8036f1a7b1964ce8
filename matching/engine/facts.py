"""What the engine may know about a person and an opportunity: these fields and no others."""

from collections.abc import Mapping
from dataclasses import dataclass, field

UNKNOWN = -1
ALWAYS = -32_768
FOREVER = 32_767
ANY_DISTANCE = 65_535


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person's answers; places, skills and words are positions in the reference."""

    grade: int = 0
    clearance: int = UNKNOWN
    part_time: bool = False
    remote_ok: bool = False
    max_miles: int = ANY_DISTANCE
    town: int = UNKNOWN
    region: int = UNKNOWN
    from_week: int = ALWAYS
    until_week: int = FOREVER
    hours: int = 0
    department: int = 0
    organisations: frozenset[int] = frozenset()
    applied: frozenset[int] = frozenset()
    busy: tuple[tuple[int, int], ...] = ()
    learn: Mapping[int, int] = field(default_factory=dict)
    held: Mapping[int, int] = field(default_factory=dict)
    profession: int = UNKNOWN
    goals: frozenset[int] = frozenset()
    words: Mapping[int, int] = field(default_factory=dict)
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """One opportunity; a skill stands with the level taught or asked for."""

    pk: int
    organisation: int = 0
    department: int = 0
    exclusive: bool = False
    lowest_grade: int = 1
    highest_grade: int = 16
    clearance: int = 0
    full_time: bool = False
    remote: int = 0
    town: int = UNKNOWN
    region: int = UNKNOWN
    start_week: int = 0
    end_week: int = 0
    hours: int = 1
    closing_day: int = 0
    taught: Mapping[int, int] = field(default_factory=dict)
    needed: Mapping[int, int] = field(default_factory=dict)
    professions: frozenset[int] = frozenset()
    words: Mapping[int, int] = field(default_factory=dict)
