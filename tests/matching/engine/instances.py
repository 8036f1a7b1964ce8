"""Random people, opportunities and reference tables for the engine's properties."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from matching.engine.facts import ALWAYS, ANY_DISTANCE, FOREVER, OpportunityFacts, PersonFacts
from matching.engine.points import SLUGS
from matching.engine.reference import Reference, mile_table, neighbour_table

# judged by what they say, not by how busy the machine is
fairly = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

SKILLS, GROUPS, PROFESSIONS, WORDS, REGIONS, TOWNS = 6, 3, 3, 8, 4, 5
REFERENCE = Reference(
    skill_groups=(0, 0, 1, 1, 2, 2),
    groups=GROUPS,
    professions=PROFESSIONS,
    words=WORDS,
    neighbours=neighbour_table(REGIONS, [(0, 1), (2, 1)]),
    miles=mile_table([51.5, 53.4, 55.9, 50.7, 52.4], [-0.1, -2.2, -3.2, -3.5, -1.9]),
)

skill = st.integers(0, SKILLS - 1)
week = st.integers(0, 60)
level = st.integers(1, 4)


def words():
    """A vector whose square is at most 31 squared."""
    return st.dictionaries(st.integers(0, WORDS - 1), st.integers(1, 10), max_size=WORDS)


@st.composite
def offers(draw, pk):
    low, start = draw(st.integers(1, 11)), draw(week)
    return OpportunityFacts(
        pk=pk,
        organisation=draw(st.integers(1, 4)),
        department=draw(st.integers(0, 2)),
        exclusive=draw(st.booleans()),
        lowest_grade=low,
        highest_grade=draw(st.integers(low, 11)),
        clearance=draw(st.integers(0, 4)),
        full_time=draw(st.booleans()),
        remote=draw(st.integers(0, 2)),
        town=draw(st.integers(-1, TOWNS - 1)),
        region=draw(st.integers(-1, REGIONS - 1)),
        start_week=start,
        end_week=start + draw(st.integers(0, 30)),
        hours=draw(st.integers(1, 37)),
        taught=draw(st.dictionaries(skill, level, min_size=draw(st.integers(0, 2)), max_size=4)),
        needed=draw(st.dictionaries(skill, level, max_size=3)),
        professions=draw(st.frozensets(st.integers(0, PROFESSIONS - 1), max_size=2)),
        words=draw(words()),
    )


@st.composite
def many_offers(draw, most=12):
    return [draw(offers(pk)) for pk in range(1, draw(st.integers(1, most)) + 1)]


@st.composite
def people(draw):
    """Half of them anybody; half easy to place, so that lists are not empty."""
    person = draw(anybody())
    if not draw(st.booleans()):
        return person
    return replace(
        person,
        grade=0,
        clearance=4,
        part_time=False,
        remote_ok=True,
        max_miles=draw(st.sampled_from([100, 200, ANY_DISTANCE])),
        from_week=draw(st.sampled_from([ALWAYS, 20])),
        until_week=FOREVER,
        hours=draw(st.sampled_from([0, 0, 20])),
        department=0,
        learn=dict.fromkeys(range(SKILLS), 0) | person.learn,
    )


@st.composite
def anybody(draw):
    start = draw(st.one_of(st.just(ALWAYS), week))
    return PersonFacts(
        grade=draw(st.integers(0, 11)),
        clearance=draw(st.integers(-1, 4)),
        part_time=draw(st.booleans()),
        remote_ok=draw(st.booleans()),
        max_miles=draw(st.sampled_from([10, 100, 200, ANY_DISTANCE])),
        town=draw(st.integers(-1, TOWNS - 1)),
        region=draw(st.integers(-1, REGIONS - 1)),
        from_week=start,
        until_week=draw(st.one_of(st.just(FOREVER), st.integers(max(start, 0), 90))),
        hours=draw(st.sampled_from([0, 7, 20, 37])),
        department=draw(st.integers(0, 2)),
        organisations=draw(st.frozensets(st.integers(1, 4), max_size=1)),
        applied=draw(st.frozensets(st.integers(1, 12), max_size=2)),
        busy=tuple(draw(st.lists(st.tuples(week, week).map(sorted).map(tuple), max_size=1))),
        learn=draw(st.dictionaries(skill, st.integers(0, 4), max_size=4)),
        held=draw(st.dictionaries(skill, level, max_size=4)),
        profession=draw(st.integers(-1, PROFESSIONS - 1)),
        goals=draw(st.frozensets(skill, max_size=3)),
        words=draw(words()),
        off=draw(st.frozensets(st.sampled_from(SLUGS), max_size=2)),
    )


def everything(arrays):
    """One block with nothing taken out."""
    return [(arrays, np.ones(len(arrays), dtype=np.bool_))]
