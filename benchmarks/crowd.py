"""Made-up people and opportunities in the shapes of real ones, for the benchmark of matching."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.build import build
from matching.engine.facts import ALWAYS, ANY_DISTANCE, FOREVER, OpportunityFacts, PersonFacts
from matching.engine.opportunities import Opportunities
from matching.engine.people import People, build_people
from matching.engine.points import WORD_SCALE
from matching.engine.reference import Reference, mile_table, neighbour_table

SKILLS, GROUPS, PROFESSIONS, WORDS, REGIONS, TOWNS = 233, 16, 30, 4_000, 12, 240
DEPARTMENTS, ORGANISATIONS, THIS_WEEK = 84, 400, 460
CHUNK = 10_000
# shares of each answer, first to last
GRADES = [3, 12, 20, 26, 20, 10, 5, 2, 1, 0.6, 0.4]
CLEARANCES = [4, 66, 8, 20, 2]
DISTANCES = [10, 25, 50, 100, 200, ANY_DISTANCE]
DISTANCE_SHARES = [14, 24, 22, 12, 6, 22]
HOURS = [0, 4, 7, 15, 22, 30, 37]
HOURS_SHARES = [25, 8, 15, 18, 8, 6, 20]
SEED = 5

Draw = np.random.Generator


def falling(size: int, power: float = 0.8) -> npt.NDArray[np.float64]:
    """Give shares that fall as those of words and towns do (Zipf)."""
    share = 1 / np.arange(1, size + 1) ** power
    whole: npt.NDArray[np.float64] = share / share.sum()
    return whole


@dataclass(frozen=True)
class Land:
    """Places, skills and words, with how often each is met."""

    reference: Reference
    region_of: npt.NDArray[np.int64]
    towns: npt.NDArray[np.float64]
    skills: npt.NDArray[np.float64]
    words: npt.NDArray[np.float64]


def land(draw: Draw) -> Land:
    """Lay out towns around the middles of regions, and regions beside each other."""
    middles = np.stack([draw.uniform(50.3, 57.5, REGIONS), draw.uniform(-5, 1.2, REGIONS)], axis=1)
    region_of = np.sort(draw.integers(0, REGIONS, TOWNS))
    places = middles[region_of] + draw.normal(0, 0.45, (TOWNS, 2))
    apart = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
    nearest = np.argsort(apart, axis=1)[:, 1:4]
    pairs = [(here, int(there)) for here in range(REGIONS) for there in nearest[here]]
    reference = Reference(
        skill_groups=tuple(int(group) for group in draw.integers(0, GROUPS, SKILLS)),
        groups=GROUPS,
        professions=PROFESSIONS,
        words=WORDS,
        neighbours=neighbour_table(REGIONS, pairs),
        miles=mile_table(places[:, 0].tolist(), places[:, 1].tolist()),
    )
    return Land(
        reference, region_of, draw.permutation(falling(TOWNS)), falling(SKILLS), falling(WORDS)
    )


def text(draw: Draw, where: Land, telling: int) -> dict[int, int]:
    """Draw a text's words, as a vector of at most the length that texts have."""
    found = set(draw.choice(WORDS, telling, p=where.words).tolist())
    each = int(WORD_SCALE / len(found) ** 0.5)
    return dict.fromkeys(found, each)


def some(draw: Draw, where: Land, low: int, high: int) -> list[int]:
    """Draw skills."""
    count = draw.integers(low, high + 1)
    return sorted(set(draw.choice(SKILLS, count, p=where.skills).tolist()))


def share(draw: Draw, values: list[int], shares: list[float]) -> int:
    """Draw one of some answers."""
    edges = np.cumsum(shares)
    return values[int(np.searchsorted(edges, draw.random() * edges[-1]))]


def make_offer(draw: Draw, where: Land, pk: int) -> OpportunityFacts:
    """Make up one opportunity."""
    low = share(draw, list(range(1, 12)), GRADES)
    town, start = int(draw.choice(TOWNS, p=where.towns)), THIS_WEEK + int(draw.integers(4, 50))
    needed = some(draw, where, 0, 3)
    return OpportunityFacts(
        pk=pk,
        organisation=int(draw.integers(1, ORGANISATIONS)),
        department=int(draw.integers(1, DEPARTMENTS)) if draw.random() < 0.3 else 0,
        exclusive=bool(draw.random() < 0.4),
        lowest_grade=low,
        highest_grade=min(11, low + int(draw.integers(0, 3))),
        clearance=share(draw, [0, 1, 2, 3, 4], [30, 45, 5, 17, 3]),
        full_time=bool(draw.random() < 0.3),
        remote=share(draw, [0, 1, 2], [45, 40, 15]),
        town=town,
        region=int(where.region_of[town]),
        start_week=start,
        end_week=start + share(draw, [0, 1, 4, 12, 26, 52], [15, 15, 15, 25, 20, 10]),
        hours=share(draw, HOURS[1:], HOURS_SHARES[1:]),
        taught={skill: int(draw.integers(1, 5)) for skill in some(draw, where, 2, 5)},
        needed={skill: int(draw.integers(1, 4)) for skill in needed},
        professions=frozenset(draw.integers(0, PROFESSIONS, 1).tolist()),
        words=text(draw, where, 24),
    )


def make_person(draw: Draw, where: Land, offers: int) -> PersonFacts:
    """Make up one person."""
    town = int(draw.choice(TOWNS, p=where.towns))
    bounded = draw.random() < 0.5
    start = THIS_WEEK + 2 * int(draw.integers(0, 13))
    learn = {skill: int(draw.integers(0, 3)) for skill in some(draw, where, 3, 8)}
    applied = draw.integers(1, offers + 1, 2).tolist() if draw.random() < 0.1 else ()
    busy = ((start, start + 26),) if draw.random() < 0.04 else ()
    return PersonFacts(
        grade=share(draw, list(range(1, 12)), GRADES),
        clearance=share(draw, [-1, 1, 2, 3, 4], CLEARANCES),
        part_time=bool(draw.random() < 0.2),
        remote_ok=bool(draw.random() < 0.6),
        max_miles=share(draw, DISTANCES, DISTANCE_SHARES),
        town=town,
        region=int(where.region_of[town]),
        from_week=start if bounded else ALWAYS,
        until_week=start + share(draw, [26, 52, 104], [1, 1, 1]) if bounded else FOREVER,
        hours=share(draw, HOURS, HOURS_SHARES),
        department=int(draw.integers(1, DEPARTMENTS)),
        applied=frozenset(applied),
        busy=busy,
        learn=learn,
        held={skill: int(draw.integers(1, 5)) for skill in some(draw, where, 2, 6)},
        profession=int(draw.integers(0, PROFESSIONS)),
        goals=frozenset(list(learn)[:2]),
        words=text(draw, where, 12),
    )


def make_people(draw: Draw, where: Land, count: int, offers: int) -> Iterator[People]:
    """Make up many people, some thousands at a time."""
    for start in range(0, count, CHUNK):
        pks = range(start + 1, min(start + CHUNK, count) + 1)
        yield build_people(pks, (make_person(draw, where, offers) for _pk in pks), where.reference)


def make(people: int, offers: int) -> tuple[People, Opportunities, Reference]:
    """Make up a whole instance, the same for the same sizes."""
    draw = np.random.default_rng(SEED)
    where = land(draw)
    facts = [make_offer(draw, where, pk) for pk in range(1, offers + 1)]
    return (
        People.joined(list(make_people(draw, where, people, offers))),
        build(facts, where.reference, seed=SEED),
        where.reference,
    )
