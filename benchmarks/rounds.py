"""How long it takes to decide a round, beside what else there is; the same data, the same run.

Run it with: python -m benchmarks.rounds
Sizes: 10,000 people and 5,000 opportunities, --middle 100,000 and 10,000, --full 500,000 and
50,000; --quick is small, to see that all agree. Times are CPU seconds of the solving alone:
reading lists, making ortools' graph and compiling are not counted, nor are checks unless a line
says so. Peers run where they are installed: ortools (most points, with no thought of stability),
HiGHS by scipy (the same) and matching (deferred acceptance). The PyPI package matching has the
name of our own, so it stands in a folder of its own, which PYTHONPATH names, and runs in a
process of its own: pip install --target FOLDER matching ortools.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.crowd import SEED, make
from matching.engine.allocation import allocate
from matching.engine.certificate import blocking_pairs
from matching.engine.contest import NOTHING, Allocation, Contest, Ints, draw_lottery, placed
from matching.engine.everyone import best_lists
from matching.engine.optimum import optimum
from matching.engine.prices import Priced, priced_lists
from matching.engine.work import Lists, prepare

SIZES = {
    "quick": (600, 200),
    "small": (10_000, 5_000),
    "middle": (100_000, 10_000),
    "full": (500_000, 50_000),
}
# pairs up to which a peer is done in some minutes
MOST = {"HiGHS": 200_000, "matching": 200_000}
SEATS_PER_PERSON, MOST_SEATS, SERVED, RESERVED = 0.61, 20, 0.426, 0.2
FAIRNESS, PER_DAY, MOST_DAYS = 400, 2, 180
SHORTEST = 5
# runs that are shorter than this are repeated
ENOUGH = 0.5
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Timed:
    """One way, what it cost, and what it decided."""

    name: str
    cpu: float
    wall: float
    allocation: Allocation


def main() -> int:
    """Measure one size, print a table, and say whether what must agree agrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    for size in SIZES:
        chosen.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    parser.add_argument("--passes", type=int, default=0, help="also with prices, so many passes")
    told = parser.parse_args()
    people, offers = SIZES[told.size or "small"]
    # a compiler is not worth its while for a few
    kernel = "numpy" if people <= SIZES["small"][0] else "best"
    work = prepare(*make(people, offers))
    contest, points = contest_of(best_lists(work, kernel=kernel), offers)
    print(
        f"{people:,} people, {offers:,} opportunities, {len(contest.choice):,} choices, "
        f"{contest.capacity.sum():,} seats"
    )
    wrong, most = report(contest, points)
    if told.passes:
        found = priced_lists(work, told.passes, seats=contest.capacity, kernel=kernel)
        wrong |= with_prices(found, offers, told.passes, most)
    return int(wrong)


def with_prices(priced: Priced, offers: int, passes: int, most: int) -> bool:
    """Decide the round of lists with prices, and find the most points of the same lists."""
    contest, points = contest_of(priced.lists, offers)
    print(
        f"{passes} passes of prices: the most shown is on {priced.after.max():,} lists, was on "
        f"{priced.before.max():,}; gini {priced.gini_after:.3f}, was {priced.gini_before:.3f}"
    )
    found = [timed(f"ours, after {passes} passes", lambda: allocate(contest))]
    peer = by_ortools(contest, points) or by_highs(contest, points)
    best = total(contest, peer.allocation, points) if peer else 0
    if best:
        print(f"the most points of these lists are {best / most:.1%} of the most without prices")
    return table(contest, points, found + ([peer] if peer else []), best)


def contest_of(lists: Lists, offers: int) -> tuple[Contest, Ints]:
    """Cut lists, and draw seats, who is served and how long people have waited."""
    draw = np.random.default_rng(SEED)
    count, longest = lists.row.shape
    listed = (lists.row >= 0).sum(axis=1)
    size = np.minimum(listed, draw.integers(SHORTEST, longest + 1, count))
    inside = np.arange(longest) < size[:, None]
    at = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
    points = lists.points[inside].astype(np.int32)
    served = draw.random(count) < SERVED
    waiting = np.where(draw.random(count) < 0.2, draw.integers(0, MOST_DAYS, count), 0)
    extra = np.where(served, FAIRNESS, 0) + PER_DAY * waiting
    mean = SEATS_PER_PERSON * count / offers
    capacity = np.clip(draw.poisson(mean, offers), 1, MOST_SEATS).astype(np.int32)
    contest = Contest(
        at=at,
        choice=lists.row[inside],
        priority=(points + np.repeat(extra, size)).astype(np.int32),
        lottery=draw_lottery(np.arange(count), SEED),
        capacity=capacity,
        reserve=np.zeros(offers, dtype=np.int32),
        served=served,
    )
    return contest, points


def report(contest: Contest, points: Ints) -> tuple[bool, int]:
    """Time every way that is installed, and compare; tell the most points that were found."""
    kernels = [name for name in ("numba", "numpy", "heapq") if name != "numba" or find_spec(name)]
    allocate(Contest.of([[(0, 1)]], [1]), kernel=kernels[0])  # compiles
    found = [
        timed(f"ours, {name}", lambda name=name: allocate(contest, kernel=name))
        for name in kernels
    ]
    kept = reserved(contest)
    found.insert(
        1, timed(f"ours, {kernels[0]}, checked first", lambda: checked(contest, kernels[0]))
    )
    with_reserve = [
        timed(f"ours, {name}, a fifth reserved", lambda name=name: allocate(kept, kernel=name))
        for name in kernels
    ]
    peers = [by_ortools(contest, points), by_highs(contest, points)]
    there = by_matching(contest) + [peer for peer in peers if peer]
    best = {total(contest, peer.allocation, points) for peer in there if "most" in peer.name}
    if len(best) > 1:
        print(f"WRONG: the most points are {sorted(best)}")
    most = max(best, default=0)
    wrong = table(contest, points, found + there, most)
    wrong |= table(kept, points, with_reserve, most)
    return wrong or len(best) > 1, most


def reserved(contest: Contest) -> Contest:
    """Give the same contest with a fifth of the seats reserved."""
    share = np.floor(contest.capacity * RESERVED + 0.5).astype(np.int32)
    arrays = {name: getattr(contest, name) for name in Contest.__slots__}
    return Contest(**arrays | {"reserve": share})


def checked(contest: Contest, kernel: str) -> Allocation:
    """Make the contest anew, which checks all of it, and decide it."""
    arrays = {name: getattr(contest, name) for name in Contest.__slots__}
    return allocate(Contest(**arrays), kernel=kernel)


def timed(name: str, way: Callable[[], Allocation]) -> Timed:
    """Run one way, again and again if it is short, and give what it took on average."""
    runs, cpu, wall = 0, time.process_time(), time.perf_counter()
    while runs == 0 or time.perf_counter() - wall < ENOUGH:
        allocation = way()
        runs += 1
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Timed(name, cpu / runs, wall / runs, allocation)


def by_highs(contest: Contest, points: Ints) -> Timed | None:
    """Find the most points with HiGHS; building its rows is part of it and is little."""
    if len(contest.choice) > MOST["HiGHS"]:
        print("HiGHS takes minutes at this size, so it is left out")
        return None
    return timed("HiGHS, most points", lambda: optimum(contest, points))


def by_ortools(contest: Contest, points: Ints) -> Timed | None:
    """Find the most points as the cheapest flow from people over opportunities to a sink."""
    if not find_spec("ortools"):
        print("ortools is not installed, so it is left out")
        return None
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415 - a peer that need not be there

    people, offers, pairs = contest.people, contest.opportunities, len(contest.choice)
    sink = people + offers
    flow = min_cost_flow.SimpleMinCostFlow()
    everybody, every_offer = np.arange(people), people + np.arange(offers)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate((contest.owners(), everybody, every_offer)),
        np.concatenate((people + contest.choice, np.full(people + offers, sink))),
        np.concatenate((np.ones(pairs + people, dtype=np.int64), contest.capacity)),
        np.concatenate((-points.astype(np.int64), np.zeros(people + offers, dtype=np.int64))),
    )
    flow.set_nodes_supplies(
        np.arange(sink + 1), np.concatenate((np.ones(people), np.zeros(offers), [-people]))
    )
    cpu, wall = time.process_time(), time.perf_counter()
    status = flow.solve()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    if status != flow.OPTIMAL:
        raise RuntimeError(f"ortools found nothing: {status}")
    taken = np.flatnonzero(flow.flows(np.arange(pairs)))
    owner = contest.owners()[taken]
    place = np.full(people, NOTHING, dtype=np.int32)
    place[owner] = taken - contest.at[owner]
    return Timed("ortools, most points", cpu, wall, placed(contest, place))


def by_matching(contest: Contest) -> list[Timed]:
    """Let the package matching decide the same round, in a process that does not see ours."""
    if len(contest.choice) > MOST["matching"]:
        print("matching takes more than minutes at this size, so it is left out")
        return []
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    others = [path for path in paths if path and Path(path).resolve() != ROOT]
    with tempfile.TemporaryDirectory() as folder:
        told, answer = Path(folder, "contest.npz"), Path(folder, "answer.npz")
        np.savez(told, **{name: getattr(contest, name) for name in Contest.__slots__})
        run = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-P", ROOT / "benchmarks" / "peer_matching.py", told, answer],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(others)},
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            print("matching is not installed, so it is left out" if run.returncode == 3 else run)
            return []
        with np.load(answer) as arrays:
            (make_cpu, make_wall), (cpu, wall) = arrays["spent"].tolist()
            allocation = placed(contest, arrays["place"])
    return [
        Timed("matching, solving alone", cpu, wall, allocation),
        Timed("matching, checked and solved", make_cpu + cpu, make_wall + wall, allocation),
    ]


def total(contest: Contest, allocation: Allocation, points: npt.NDArray[np.int32]) -> int:
    """Add up the points of those who got a place."""
    got = allocation.match != NOTHING
    pairs = contest.at[:-1][got] + allocation.place[got]
    return int(points[pairs].sum(dtype=np.int64))


def table(contest: Contest, points: Ints, found: list[Timed], best: int) -> bool:
    """Print the table; tell whether ours differ among themselves or break the round."""
    ours = found[0]
    print(
        f"{'':<34}{'CPU s':>11}{'wall s':>10}{'ratio':>10}{'matched':>9}{'first':>7}"
        f"{'points':>8}{'blocking':>10}{'people':>9}  same"
    )
    wrong = False
    for each in found:
        blocking = blocking_pairs(contest, each.allocation)
        touched = len(np.unique(contest.owners()[blocking]))
        same = np.array_equal(each.allocation.match, ours.allocation.match)
        matched = int((each.allocation.match != NOTHING).sum())
        first = int((each.allocation.place == 0).sum())
        share = f"{total(contest, each.allocation, points) / best:.1%}" if best else "-"
        print(
            f"{each.name:<34}{each.cpu:>11.5f}{each.wall:>10.4f}{each.cpu / ours.cpu:>10,.1f}"
            f"{matched:>9,}{first / max(matched, 1):>7.1%}{share:>8}{len(blocking):>10,}"
            f"{touched:>9,}  {'yes' if same else 'no'}"
        )
        stable = each.name.startswith(("ours", "matching"))
        wrong |= stable and (not same or len(blocking) > 0)
    print("WRONG: rounds differ" if wrong else "all who decide the round decide the same")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
