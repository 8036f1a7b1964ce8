"""The most points that capacities allow: what a round could come to, and pairs to suggest.

It maximises the total and asks nobody what they would rather have, so it is a measure for rounds
and a start for mentoring and shadowing, which people then change. It is a transportation problem:
the corners of what is allowed are whole numbers, so a linear program finds whole pairs (Hoffman
and Kruskal, "Integral boundary points of convex polyhedra", 1956). The solver is HiGHS: about a
second for a hundred thousand pairs, and half a minute for a million.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from matching.engine.contest import NOTHING, SHUT, Allocation, Contest, Flags, Ints, Longs, placed

# what is a whole number but for the arithmetic
HALF = 0.5
Points = npt.NDArray[np.integer]


def optimum(contest: Contest, points: Ints) -> Allocation:
    """Give places so that the total of ``points`` (int32[E], each pair's) is the most there is.

    Pairs that are shut or worth nothing are left out; reserves and priorities play no part.
    """
    if points.shape != contest.choice.shape:
        raise ValueError("points must have one number for each pair")
    pairs = np.flatnonzero((contest.priority != SHUT) & (points > 0))
    owner = contest.owners()[pairs]
    ones = np.ones(contest.people, dtype=np.int32)
    taken = _most(
        (owner, contest.choice[pairs].astype(np.int64)), points[pairs], (ones, contest.capacity)
    )
    place = np.full(contest.people, NOTHING, dtype=np.int32)
    place[owner[taken]] = (pairs - contest.at[owner])[taken]
    return placed(contest, place)


def suggest_pairs(
    points: Points, eligible: Flags, left: npt.ArrayLike, right: npt.ArrayLike
) -> Longs:
    """Suggest pairs with the most points: int64[m, 2], each a row on the left and on the right.

    points    int[L, R]   what each pair is worth; what is worth nothing is not suggested
    eligible  bool[L, R]  whether the two may be a pair
    left      int[L]      how many pairs each on the left may be in, 0 or more
    right     int[R]      the same of each on the right
    """
    limits = np.asarray(left), np.asarray(right)
    if points.shape != eligible.shape or points.shape != (len(limits[0]), len(limits[1])):
        raise ValueError("points and eligible must have a row for each left and right")
    if any((limit < 0).any() for limit in limits):
        raise ValueError("nobody can be in fewer than no pairs")
    rows, columns = np.nonzero(eligible & (points > 0))
    taken = _most((rows, columns), points[rows, columns], limits)
    return np.stack([rows[taken], columns[taken]], axis=1)


def _most(ends: tuple[Longs, Longs], points: Points, limits: tuple[Points, Points]) -> Flags:
    """Choose among pairs (bool[m]); each end is in no more of them than its limit."""
    count = len(points)
    if count == 0:
        return np.zeros(0, dtype=np.bool_)
    ones, pair = np.ones(count), np.arange(count)
    sides = [
        sparse.csr_array((ones, (end, pair)), shape=(len(limit), count))
        for end, limit in zip(ends, limits, strict=True)
    ]
    # scipy takes sparse rows, of which its types do not know
    rows: Any = sparse.vstack(sides, format="csr")
    most = np.concatenate(limits).astype(np.float64)
    found = linprog(
        -points.astype(np.float64), A_ub=rows, b_ub=most, bounds=(0, 1), method="highs-ds"
    )
    if found.x is None:
        raise RuntimeError(f"The most points could not be found: {found.message}")
    return np.asarray(found.x > HALF, dtype=np.bool_)
