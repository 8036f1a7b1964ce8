"""Many people's answers as the engine's facts: fixed columns by binary COPY, and no model's rows.

It reads what ``encode`` reads for one person, and a test holds the two to each other.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from matching.engine.facts import ALWAYS, ANY_DISTANCE, FOREVER, UNKNOWN, PersonFacts
from matching.live.encode import NOT_FULL_TIME, numbered, week_of
from matching.live.text import phrases_found, words_of
from matching.live.world import World
from people.choices import CLEARANCE_RANK, SkillUse
from placements.choices import LIVE_PLACEMENT, ApplicationStatus

TYPES = [
    "int8",
    "int8",
    "int8",
    "int4",
    "text",
    "text",
    "bool",
    "int4",
    "int8",
    "date",
    "date",
    "int4",
    "int8",
    "text",
    "int8[]",
    "int4[]",
    "int8[]",
    "int4[]",
    "int8[]",
    "int8[]",
    "date[]",
    "date[]",
    "text[]",
]
# a skill's name decides the order in which its words are counted
PEOPLE = """
COPY (
    SELECT profile.id, person.id, coalesce(person.department_id, 0),
        coalesce(grade.rank, 0)::int4, profile.clearance, profile.working_pattern,
        profile.remote_ok, profile.max_distance_miles::int4, profile.town_id,
        profile.available_from, profile.available_until,
        coalesce(profile.hours_a_week, 0)::int4, profile.profession_id,
        profile.development_plan,
        learn.skills, learn.levels, held.skills, held.levels,
        ARRAY(SELECT opportunity_id FROM placements_application
              WHERE applicant_id = person.id AND status <> %(withdrawn)s),
        ARRAY(SELECT organisation_id FROM experts_membership
              WHERE user_id = person.id AND ended_at IS NULL),
        busy.starts, busy.ends,
        (SELECT "off"::text[] FROM matching_preference WHERE user_id = person.id)
    FROM people_profile AS profile
    JOIN people_user AS person ON person.id = profile.user_id
    LEFT JOIN people_grade AS grade ON grade.id = profile.grade_id
    JOIN LATERAL {learn} AS learn ON true
    JOIN LATERAL {held} AS held ON true
    JOIN LATERAL (
        SELECT array_agg(starts_on) AS starts, array_agg(ends_on) AS ends
        FROM placements_placement
        WHERE person_id = person.id AND is_exclusive AND status = ANY(%(live)s)
    ) AS busy ON true
    WHERE profile.id > %(after)s AND person.is_active AND learn.skills IS NOT NULL
    ORDER BY profile.id
    LIMIT %(most)s
) TO STDOUT (FORMAT binary)
"""
SKILLS = """(
    SELECT array_agg(link.skill_id ORDER BY skill.name) AS skills,
           array_agg(link.level::int4 ORDER BY skill.name) AS levels
    FROM people_profileskill AS link JOIN people_skill AS skill ON skill.id = link.skill_id
    WHERE link.profile_id = profile.id AND link.use = %({use})s
)"""
QUERY = PEOPLE.format(learn=SKILLS.format(use="learn"), held=SKILLS.format(use="held"))


class Answers(NamedTuple):
    """One person's row, as the database sends it."""

    profile: int
    person: int
    department: int
    grade: int
    clearance: str
    pattern: str
    remote_ok: bool
    miles: int | None
    town: int | None
    since: dt.date | None
    until: dt.date | None
    hours: int
    profession: int | None
    plan: str
    learn: list[int]
    learn_levels: list[int]
    held: list[int] | None
    held_levels: list[int] | None
    applied: list[int]
    organisations: list[int]
    starts: list[dt.date] | None
    ends: list[dt.date] | None
    off: list[str] | None


def read(after: int, most: int) -> list[Answers]:
    """Read the people who want to learn something, the next ones after a profile."""
    wanted = {
        "after": after,
        "most": most,
        "learn": SkillUse.LEARN.value,
        "held": SkillUse.HELD.value,
        "withdrawn": ApplicationStatus.WITHDRAWN.value,
        "live": sorted(status.value for status in LIVE_PLACEMENT),
    }
    # Django's cursor, when it logs what it runs, takes no parameters with a COPY
    query = connection.ops.compose_sql(QUERY, wanted)  # type: ignore[attr-defined] # PostgreSQL's own
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        copy.set_types(TYPES)
        return [Answers(*row) for row in copy.rows()]


def facts(row: Answers, world: World) -> PersonFacts:
    """Turn a row into facts."""
    learn = _levels(row.learn, row.learn_levels, world)
    names = " ".join(world.skill_name(skill) for skill in learn)
    town = world.town_at.get(row.town or 0, UNKNOWN)
    busy = {(week_of(start), week_of(end)) for start, end in _pairs(row.starts, row.ends)}
    return PersonFacts(
        grade=row.grade,
        clearance=CLEARANCE_RANK.get(row.clearance, UNKNOWN),
        part_time=row.pattern in NOT_FULL_TIME,
        remote_ok=row.remote_ok,
        max_miles=ANY_DISTANCE if row.miles is None else row.miles,
        town=town,
        region=UNKNOWN if town == UNKNOWN else world.towns[town][1],
        from_week=week_of(row.since) if row.since else ALWAYS,
        until_week=week_of(row.until) if row.until else FOREVER,
        hours=row.hours,
        department=row.department,
        organisations=frozenset(row.organisations),
        applied=frozenset(row.applied),
        busy=tuple(sorted(busy)),
        learn=learn,
        held=_levels(row.held, row.held_levels, world),
        profession=world.profession_at.get(row.profession or 0, UNKNOWN),
        goals=phrases_found(row.plan, world.phrases_by_word),
        words=numbered(words_of(f"{row.plan} {names}"), world),
        off=frozenset(row.off or ()),
    )


def _levels(
    skills: Sequence[int] | None, levels: Sequence[int] | None, world: World
) -> dict[int, int]:
    at = world.skill_at
    return {at[skill]: level for skill, level in _pairs(skills, levels) if skill in at}


def _pairs(first: Sequence[Any] | None, second: Sequence[Any] | None) -> Iterable[tuple[Any, Any]]:
    return zip(first or (), second or (), strict=True)
