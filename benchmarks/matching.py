"""How long it takes to match everybody, beside what else there is; the same data, the same run.

Run it with: python -m benchmarks.matching --quick
Sizes: --quick is 10,000 people and 1,000 opportunities, --middle 100,000 and 10,000, --full
500,000 and 50,000. Times are CPU seconds of all threads. A slow peer runs on a sample of people
and is scaled up, which its line says. sparse_dot_topn is a peer where it is installed.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.crowd import make
from matching.engine.everyone import best_lists
from matching.engine.groups import Groups
from matching.engine.maps import unpack
from matching.engine.people import People
from matching.engine.work import Lists, Work, prepare

SIZES = {"quick": (10_000, 1_000), "middle": (100_000, 10_000), "full": (500_000, 50_000)}
# people that a peer is tried on
SAMPLE = {"scipy": 4_000, "sparse_dot_topn": 10_000}
CHUNK = 500
NO = -20_000
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Timed:
    """One way, and what it cost for everybody."""

    name: str
    cpu: float
    wall: float
    people: Rows
    lists: Lists


def main() -> int:
    """Measure one size, print a table, and say whether all lists are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    for size in SIZES:
        chosen.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    told = parser.parse_args()
    people, offers = SIZES[told.size or "quick"]
    print(f"{people:,} people and {offers:,} opportunities, {told.threads} threads")
    crowd, opportunities, reference = make(people, offers)
    started = time.process_time(), time.perf_counter()
    work = prepare(crowd, opportunities, reference)
    spent = time.process_time() - started[0], time.perf_counter() - started[1]
    print(f"maps, tables and groups: {spent[0]:.2f} CPU s, {spent[1]:.2f} s; {shape(work)}")
    return report(work, told.threads, *spent)


def shape(work: Work) -> str:
    """Tell how much there is to look at."""
    some = np.linspace(0, len(work.groups) - 1, min(100, len(work.groups))).astype(int)
    seen, may = [], []
    for group in some:
        mine = work.groups.order[work.groups.bounds[group] : work.groups.bounds[group + 1]]
        bits = work.maps.eligible(mine)
        seen.append(int(np.bitwise_count(np.bitwise_or.reduce(bits, axis=0)).sum()))
        may.append(float(np.bitwise_count(bits).sum(axis=1).mean()))
    return (
        f"a person may have {np.mean(may):,.0f}, a group looks at {np.mean(seen):,.0f}; "
        f"{len(work.groups):,} groups"
    )


def report(work: Work, threads: int, prepared: float, waited: float) -> int:
    """Time every way that is installed, and compare."""
    everybody = np.arange(len(work.people))
    found = []
    if find_spec("numba"):
        best_lists(replace(work, groups=few_groups(work)), kernel="numba")
        found.append(
            timed(
                "ours, numba",
                work,
                everybody,
                lambda: best_lists(work, kernel="numba", threads=threads),
            )
        )
    found.append(
        timed(
            "ours, numpy and scipy",
            work,
            everybody,
            lambda: best_lists(work, kernel="numpy", threads=threads),
        )
    )
    # groups and maps belong to ours
    found = [replace(each, cpu=each.cpu + prepared, wall=each.wall + waited) for each in found]
    chance = np.random.default_rng(1)
    for name, way in (("scipy product and mask", by_product), ("sparse_dot_topn", by_topn)):
        if way is by_topn and not find_spec("sparse_dot_topn"):
            print("sparse_dot_topn is not installed, so it is left out")
            continue
        count = min(len(work.people), SAMPLE[name.split()[0]])
        rows = np.sort(chance.choice(len(work.people), count, replace=False))
        found.append(way(name, work, rows))
    return compared(work, found)


def few_groups(work: Work) -> Groups:
    """Take the first group alone, to compile before the clock starts."""
    return Groups(work.groups.order, work.groups.bounds[:2])


def timed(name: str, work: Work, rows: Rows, way: Callable[[], Lists]) -> Timed:
    """Run one way on some people, and scale its time up to everybody."""
    cpu, wall = time.process_time(), time.perf_counter()
    lists = way()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    times = len(work.people) / len(rows)
    return Timed(name, cpu * times, wall * times, rows, lists)


def weights_of(people: People, features: int) -> sparse.csr_array:
    """Give people's weights as a sparse matrix (n by features)."""
    return sparse.csr_array(
        (people.weight.astype(np.int32), people.feature.astype(np.int32), people.feature_at),
        shape=(len(people), features),
    )


def column_points(work: Work, rows: Rows) -> npt.NDArray[np.int32]:
    """Give the points of places and weeks (n by N)."""
    offers = work.offers
    begins, ends = work.people.from_week[rows, None], work.people.until_week[rows, None]
    first = np.maximum(offers.start_week.astype(np.int32), begins)
    shared = np.clip(np.minimum(offers.end_week.astype(np.int32), ends) - first + 1, 0, None)
    points = np.where(work.full[rows, None] > 0, work.share[work.length, shared], 0)
    places = work.tables.points[work.tables.key[rows]].sum(axis=1)
    whole: npt.NDArray[np.int32] = places.astype(np.int32) + points
    return whole


def by_product(name: str, work: Work, rows: Rows) -> Timed:
    """Multiply, mask and sort: what one would write first."""
    weights = weights_of(work.people.take(rows), work.features)
    index = work.index.T.astype(np.int32).tocsr()

    def run() -> Lists:
        lists = empty(len(rows), work.k)
        for start in range(0, len(rows), CHUNK):
            part = slice(start, start + CHUNK)
            scores = (weights[part] @ index).toarray() + column_points(work, rows[part])
            scores[~allowed(work, rows[part])] = 0
            scores[scores < work.people.bar[rows[part], None]] = 0
            pick(scores, lists, part)
        return lists

    return timed(name, work, rows, run)


def allowed(work: Work, rows: Rows) -> npt.NDArray[np.bool_]:
    """Tell who may have what (n by N)."""
    mask = unpack(work.maps.eligible(rows), len(work.offers))
    for line, person in enumerate(rows):
        mask[line, work.maps.few[work.maps.few_at[person] : work.maps.few_at[person + 1]]] = False
    return mask


def empty(count: int, k: int) -> Lists:
    """Give lists with nothing in them."""
    return Lists(np.full((count, k), -1, dtype=np.int32), np.zeros((count, k), dtype=np.int16))


def pick(scores: npt.NDArray[np.int32], lists: Lists, part: slice) -> None:
    """Keep the best of each line; of equals the first."""
    size, k = scores.shape[1], lists.row.shape[1]
    keys = scores.astype(np.int64) * size + np.arange(size - 1, -1, -1)
    best = np.argpartition(keys, size - k, axis=1)[:, size - k :]
    order = np.argsort(-np.take_along_axis(keys, best, axis=1), axis=1)
    best = np.take_along_axis(best, order, axis=1)
    points = np.take_along_axis(scores, best, axis=1)
    lists.row[part] = np.where(points > 0, best, -1)
    lists.points[part] = points


def by_topn(name: str, work: Work, rows: Rows) -> Timed:
    """Let sparse_dot_topn multiply; what somebody may not have is a feature of minus 20,000.

    Making its matrices is not counted, nor can it leave out what somebody applied for.
    """
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415 - a peer that need not be there

    windows = np.stack([work.people.from_week[rows], work.people.until_week[rows]], axis=1)
    _different, first, window = np.unique(windows, axis=0, return_index=True, return_inverse=True)
    columns = column_points(work, rows[first]) - work.tables.points[
        work.tables.key[rows[first]]
    ].sum(axis=1)
    no = sparse.csr_array(~unpack(work.maps.passes, len(work.offers))).astype(np.float32) * NO
    right = sparse.vstack(
        [
            work.index.T.astype(np.float32),
            sparse.csr_array(work.tables.points.astype(np.float32)),
            sparse.csr_array(columns.astype(np.float32)),
            no,
        ]
    ).tocsr()
    ones = [work.tables.key[rows], window.reshape(-1, 1), work.maps.key[rows]]
    sizes = [len(work.tables.points), len(columns), len(work.maps.passes)]
    left = sparse.hstack(
        [weights_of(work.people.take(rows), work.features).astype(np.float32)]
        + [one_hot(keys, size) for keys, size in zip(ones, sizes, strict=True)]
    ).tocsr()
    bar = float(work.people.bar.min()) - 1

    def run() -> Lists:
        found = sp_matmul_topn(
            sparse.csr_matrix(left),
            sparse.csr_matrix(right),
            top_n=work.k,
            threshold=bar,
            sort=True,
            n_threads=os.cpu_count(),
        )
        lists = empty(len(rows), work.k)
        counts = np.diff(found.indptr)
        places = np.arange(found.nnz) - np.repeat(found.indptr[:-1], counts)
        line = np.repeat(np.arange(len(rows)), counts)
        lists.row[line, places] = found.indices
        lists.points[line, places] = found.data.astype(np.int16)
        return lists

    return timed(name, work, rows, run)


def one_hot(keys: npt.NDArray[np.integer], size: int) -> sparse.csr_array:
    """Give each person (n by size) a one for each of their keys."""
    count, width = keys.shape
    ones = np.ones(keys.size, dtype=np.float32)
    at = np.arange(0, keys.size + 1, width)
    return sparse.csr_array((ones, keys.ravel().astype(np.int32), at), shape=(count, size))


def compared(work: Work, found: list[Timed]) -> int:
    """Print the table; lists of ours and of the exact peer must be equal."""
    ours = found[0]
    print(f"{'':<24}{'CPU s':>10}{'wall s':>10}{'ratio':>8}  {'people':>8}  same lists")
    wrong = False
    for each in found:
        same = (each.lists.points == ours.lists.points[each.people]).all(axis=1)
        if each.name != "sparse_dot_topn":
            same &= (each.lists.row == ours.lists.row[each.people]).all(axis=1)
            wrong |= not same.all()
        print(
            f"{each.name:<24}{each.cpu:>10.2f}{each.wall:>10.2f}{each.cpu / ours.cpu:>8.1f}"
            f"  {len(each.people):>8,}  {same.mean():.2%}"
        )
    print("WRONG: lists differ" if wrong else "all exact ways give the same lists")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
