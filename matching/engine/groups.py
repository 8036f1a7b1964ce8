"""Groups of people who may have much the same, so that little is looked at in vain.

A greedy tree: each node is split where people times opportunities that the two halves must look
at becomes least (the way CART grows a tree, with that as the impurity: Breiman and others, 1984).
Any grouping gives the same lists; a good one gives them sooner.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from matching.engine.maps import Bits, Maps

LANES = 32
GROUP = 128
# opportunities stand in the order of a lottery, so the first of them are a fair sample
SAMPLE_WORDS = 24
# a map that keeps nothing from anybody is not worth a split
NEARLY_ALL = 0.97
COMPONENTS = 3
COMPONENT_WORDS = 3
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """People in an order (int64[n]), and where each group begins in it (int64[G + 1])."""

    order: Rows
    bounds: Rows

    def __len__(self) -> int:
        """Count the groups."""
        return len(self.bounds) - 1


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to line up the different answers to a rule: split it anywhere."""

    number: int
    order: Rows


@dataclass(frozen=True, slots=True)
class Cut:
    """A split of a node: where (bool[D], by answer), and what either half must look at."""

    cost: int
    number: int
    goes_left: npt.NDArray[np.bool_]
    left: Bits
    right: Bits


Search = Callable[[Rows, Bits], Cut | None]


def grouped(maps: Maps, size: int = GROUP, *, kernel: str = "best") -> Groups:
    """Put people in groups of at most ``size``; numba, where installed, finds the same ones."""
    sample = np.ascontiguousarray(maps.passes[:, :SAMPLE_WORDS])
    axes = list(_axes(maps, sample)) if sample.size else []
    search = _search(kernel, maps, sample, axes)
    everything = np.full(sample.shape[1], np.iinfo(np.uint64).max, dtype=np.uint64)
    leaves: list[Rows] = []
    stack = [(np.arange(len(maps.key)), everything)]
    while stack:
        rows, seen = stack.pop()
        if len(rows) <= size:
            leaves.append(rows)
            continue
        cut = search(rows, seen)
        if cut is None:
            leaves.extend(np.split(rows, range(size, len(rows), size)))
            continue
        left = cut.goes_left[maps.key[rows, cut.number]]
        stack.append((rows[~left], cut.right))
        stack.append((rows[left], cut.left))
    return _packed([leaf for leaf in leaves if len(leaf)], size)


def _search(kernel: str, maps: Maps, sample: Bits, axes: list[Axis]) -> Search:
    """Choose who looks for cuts."""
    if not axes or kernel == "numpy" or not find_spec("numba"):
        return partial(_best_cut, maps, sample, axes)
    from matching.engine.groups_numba import best_cut  # noqa: PLC0415 - an extra, slow to load

    starts = np.cumsum([0, *(len(axis.order) for axis in axes)])
    order = np.concatenate([maps.spans[axis.number] + axis.order for axis in axes])

    def search(rows: Rows, seen: Bits) -> Cut | None:
        found, cost, goes_left, left, right = best_cut(
            (starts, order), maps.key, sample, rows, seen, LANES
        )
        return Cut(cost, axes[found].number, goes_left, left, right) if found >= 0 else None

    return search


def _packed(leaves: list[Rows], size: int) -> Groups:
    """Join neighbours of the tree that fit one group together."""
    sizes: list[int] = []
    for leaf in leaves:
        spare = -sizes[-1] % LANES if sizes else 0
        if sizes and len(leaf) <= spare and sizes[-1] + len(leaf) <= size:
            sizes[-1] += len(leaf)
        else:
            sizes.append(len(leaf))
    order = np.concatenate([*leaves, np.zeros(0, dtype=np.int64)])
    return Groups(order, np.concatenate(([0], np.cumsum(sizes))).astype(np.int64))


def _axes(maps: Maps, sample: Bits) -> Iterator[Axis]:
    """Line up each rule's answers by what they have in common: its principal components."""
    whole = max(1, int(np.bitwise_count(np.bitwise_or.reduce(sample, axis=0)).sum()))
    for number in range(maps.key.shape[1]):
        rows = sample[maps.spans[number] : maps.spans[number + 1]]
        uses = np.bincount(maps.key[:, number] - maps.spans[number], minlength=len(rows))
        share = np.bitwise_count(rows).sum(axis=1) @ uses / max(1, uses.sum()) / whole
        if len(rows) <= 1 or share > NEARLY_ALL:
            continue
        few = np.ascontiguousarray(rows[:, :COMPONENT_WORDS])
        bits = np.unpackbits(few.view(np.uint8), axis=1).astype(np.float32)
        bits -= bits.mean(axis=0)
        spread, ways = np.linalg.eigh(bits.T @ bits)
        for component in range(1, COMPONENTS + 1):
            if spread[-component] > spread[-1] / 100:
                yield Axis(number, np.argsort(bits @ ways[:, -component], kind="stable"))


def _best_cut(maps: Maps, sample: Bits, axes: list[Axis], rows: Rows, seen: Bits) -> Cut | None:
    """Try every cut of every axis; none if all people of the node have the same answers."""
    best: Cut | None = None
    counts: dict[int, Rows] = {}
    for axis in axes:
        start, end = maps.spans[axis.number], maps.spans[axis.number + 1]
        if axis.number not in counts:
            counts[axis.number] = np.bincount(
                maps.key[rows, axis.number] - start, minlength=end - start
            )
        uses = counts[axis.number][axis.order]
        there = np.flatnonzero(uses)
        if len(there) <= 1:
            continue
        answers = axis.order[there]
        bits = sample[start + answers] & seen
        forward = np.bitwise_or.accumulate(bits, axis=0)[:-1]
        backward = np.bitwise_or.accumulate(bits[::-1], axis=0)[::-1][1:]
        people = np.cumsum(uses[there])
        cost = _lanes(people[:-1]) * np.bitwise_count(forward).sum(axis=1)
        cost = cost + _lanes(people[-1] - people[:-1]) * np.bitwise_count(backward).sum(axis=1)
        at = int(cost.argmin())
        if best is None or cost[at] < best.cost:
            goes_left = np.zeros(len(sample), dtype=np.bool_)
            goes_left[start + answers[: at + 1]] = True
            best = Cut(int(cost[at]), axis.number, goes_left, forward[at], backward[at])
    return best


def _lanes(people: Rows) -> Rows:
    """Round up to whole lanes: that is what a group costs."""
    rounded: Rows = (people + LANES - 1) // LANES * LANES
    return rounded
