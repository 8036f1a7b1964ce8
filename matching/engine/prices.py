"""Prices that send people to what nobody looks at: an option for the lists of recommendations.

Left to themselves lists send thousands to the same few opportunities. A price moves an opportunity
down the lists of all while it is on more of them than its seats are worth, and up while it is on
fewer (congestion in recommendations of jobs: Mashayekhi and others, "ReCon", RecSys 2023). The
points that people see stay what they are, and so does who is good enough for a list: a price says
only which of the good enough stand on it, and in which order.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matching.engine.everyone import best_lists
from matching.engine.groups import Groups
from matching.engine.maps import Tables
from matching.engine.points import BIAS
from matching.engine.work import NOBODY, Lists, Work

# points for each time that an opportunity is on e times as many lists as its share
STEP = 50
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Priced:
    """Lists in the order of points less price, and what that did.

    lists   points are the true ones, 0 to 10,000, so they need not fall
    price   int16[N]  -1,000 to 1,000; below nought for what too few are shown
    before  int64[N]  how many lists each opportunity was on without prices
    after   int64[N]  and with them
    """

    lists: Lists
    price: npt.NDArray[np.int16]
    before: Counts
    after: Counts

    @property
    def gini_before(self) -> float:
        """Tell how unequal the opportunities were: 0 all alike, 1 one has it all."""
        return gini(self.before)

    @property
    def gini_after(self) -> float:
        """Tell how unequal they are with prices."""
        return gini(self.after)


def gini(counts: Counts) -> float:
    """Measure how unequal counts are (Gini, 1912): 0 when all are alike, or when all are 0."""
    total = int(counts.sum())
    if total == 0:
        return 0.0
    rank = np.arange(1, len(counts) + 1)
    weighted = float((rank * np.sort(counts)).sum())
    return 2 * weighted / (len(counts) * total) - (len(counts) + 1) / len(counts)


def priced_lists(
    work: Work,
    passes: int,
    *,
    seats: npt.NDArray[np.integer] | None = None,
    kernel: str = "best",
    threads: int = 1,
) -> Priced:
    """Find everybody's best again and again, each time with prices from the time before.

    ``seats`` (int[N]) are what a fair share goes by; without them all opportunities are alike.
    No pass gives the lists as they are. Each takes as long as ``best_lists``, and a little more.
    """
    offers = len(work.offers)
    share = np.ones(offers) if seats is None else seats.astype(np.float64)
    price = np.zeros(offers)
    lists = best_lists(work, kernel=kernel, threads=threads)
    before = after = exposure(lists, offers)
    for _pass in range(passes):
        fair = after.sum() * share / max(float(share.sum()), 1.0)
        # one more, so that what nobody is shown has a price too
        price += STEP * np.log((after + 1) / (fair + 1))
        price = np.clip(price, -BIAS // 2, BIAS // 2)
        whole = np.rint(price).astype(np.int16)
        lists = lists_at(work, whole, kernel=kernel, threads=threads)
        after = exposure(lists, offers)
    return Priced(lists, np.rint(price).astype(np.int16), before, after)


def exposure(lists: Lists, offers: int) -> Counts:
    """Count on how many lists each opportunity is (int64[N])."""
    counts: Counts = np.bincount(lists.row[lists.row != NOBODY], minlength=offers)
    return counts


def lists_at(
    work: Work, price: npt.NDArray[np.int16], *, kernel: str = "best", threads: int = 1
) -> Lists:
    """Find everybody's best by points less price, among what is good enough without prices."""
    # never below nought, so that a price takes nothing off a list that may stand on it
    bias = (BIAS // 2 - price).astype(np.int16)
    if (bias < 0).any() or (bias > BIAS).any():
        raise ValueError(f"A price must be from {-BIAS // 2} to {BIAS // 2}")
    found = Lists(
        np.full((len(work.people), work.k), NOBODY, dtype=np.int32),
        np.zeros((len(work.people), work.k), dtype=np.int16),
    )
    priced = replace(work, tables=_with_bias(work.tables, bias))
    people, k = np.arange(len(work.people)), work.k
    while len(people):
        some = replace(priced, k=k, groups=_only(work.groups, people))
        lists = best_lists(some, kernel=kernel, threads=threads)
        people = _keep_good(work, people, lists, bias, found)
        k *= 2
    return found


def _with_bias(tables: Tables, bias: npt.NDArray[np.int16]) -> Tables:
    """Add the bias to the points of one term's rows, whichever of them a person has."""
    rows, mine = np.unique(tables.key[:, 0], return_inverse=True)
    key = tables.key.copy()
    key[:, 0] = len(tables.points) + mine
    return Tables(np.concatenate((tables.points, tables.points[rows] + bias)), key)


def _only(groups: Groups, people: Counts) -> Groups:
    """Keep some people (rising) in the groups that they are in."""
    wanted = np.zeros(len(groups.order), dtype=np.bool_)
    wanted[people] = True
    inside = wanted[groups.order]
    sizes = np.add.reduceat(np.append(inside, False), groups.bounds[:-1], dtype=np.int64)
    ends = np.cumsum(sizes[sizes > 0])
    return Groups(groups.order[inside], np.concatenate(([0], ends)).astype(np.int64))


def _keep_good(
    work: Work, people: Counts, lists: Lists, bias: npt.NDArray[np.int16], found: Lists
) -> Counts:
    """Fill in lists without what is not good enough; give back whose list must be asked longer."""
    row, points = lists.row[people], lists.points[people]
    points = np.where(row == NOBODY, 0, points - bias[row])
    good = points >= np.maximum(work.people.bar[people], 1)[:, None]
    # the good ones first, in their order
    order = np.argsort(~good, axis=1, kind="stable")[:, : work.k]
    good = np.take_along_axis(good, order, axis=1)
    found.row[people] = np.where(good, np.take_along_axis(row, order, axis=1), NOBODY)
    found.points[people] = np.where(good, np.take_along_axis(points, order, axis=1), 0)
    may_go_on = (row[:, -1] != NOBODY) & (good.sum(axis=1) < work.k)
    again: Counts = people[may_go_on]
    return again
