"""A round as arrays: who listed what, in which order, and what the hosts' side gives them.

A contest that exists is sound: it is checked when it is made, and whatever is wrong is a
ValueError that says what. How it is decided is in ``allocation.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.engine.opportunities import lottery_numbers

# a pair that may never be: the host said no, or the rules say no
SHUT = -1
# no place
NOTHING = -1
# one below what 32 bits hold, which stands for "nobody" in a cut-off
MOST_PRIORITY = int(np.iinfo(np.int32).max) - 1

Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Contest:
    """n people, N opportunities, and the E pairs that people listed.

    at        int64[n + 1]  where each person's list begins; the last is E
    choice    int32[E]      rows of opportunities, 0 to N - 1, in the person's order, each once;
                            what is not listed is not wanted
    priority  int32[E]      0 to MOST_PRIORITY, the more the better, or SHUT; the host's group
                            times a step above all points, plus points, fairness and waiting
    lottery   int64[n]      a permutation of 0 to n - 1, one for the whole round; of two with the
                            same priority the smaller number goes first
    capacity  int32[N]      seats, 0 or more
    reserve   int32[N]      how many of the seats are kept for the served while they ask; soft
    served    bool[n]       who may have a reserved seat
    """

    at: Longs
    choice: Ints
    priority: Ints
    lottery: Longs
    capacity: Ints
    reserve: Ints
    served: Flags

    def __post_init__(self) -> None:
        """See that the arrays fit each other and their ranges."""
        for name, kind in KINDS.items():
            array = getattr(self, name)
            if not isinstance(array, np.ndarray) or array.dtype != kind or array.ndim != 1:
                raise ValueError(f"{name} must be a list of numbers of the kind {kind}")
        _check_lists(self)
        _check_people(self)
        _check_seats(self)

    @property
    def people(self) -> int:
        """Count the people."""
        return len(self.lottery)

    @property
    def opportunities(self) -> int:
        """Count the opportunities."""
        return len(self.capacity)

    def owners(self) -> Longs:
        """Tell whose pair each pair is (int64[E])."""
        return np.repeat(np.arange(self.people), np.diff(self.at))

    @classmethod
    def of(
        cls,
        lists: Sequence[Sequence[tuple[int, int]]],
        capacity: Sequence[int],
        *,
        lottery: Sequence[int] | Longs | None = None,
        reserve: Sequence[int] | None = None,
        served: Sequence[bool] | None = None,
    ) -> Self:
        """Make a contest of plain lists: for each person, (row, priority) in their order.

        Without a lottery the first person goes first; without reserves no seat is reserved.
        """
        people, pairs = len(lists), [pair for mine in lists for pair in mine]
        return cls(
            at=np.cumsum([0, *(len(mine) for mine in lists)], dtype=np.int64),
            choice=_ints("choice", [row for row, _priority in pairs]),
            priority=_ints("priority", [priority for _row, priority in pairs]),
            lottery=np.array(range(people) if lottery is None else lottery, dtype=np.int64),
            capacity=_ints("capacity", capacity),
            reserve=_ints("reserve", [0] * len(capacity) if reserve is None else reserve),
            served=np.array([False] * people if served is None else served, dtype=np.bool_),
        )


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who got what.

    match  int32[n]  row of the opportunity, or NOTHING
    place  int32[n]  which of the person's choices that is, from 0, or NOTHING
    """

    match: Ints
    place: Ints


def placed(contest: Contest, place: Ints) -> Allocation:
    """Look up which opportunities those choices are (int32[n], NOTHING for none)."""
    match = np.full(contest.people, NOTHING, dtype=np.int32)
    got = np.flatnonzero(place != NOTHING)
    match[got] = contest.choice[contest.at[got] + place[got]]
    return Allocation(match, place)


def draw_lottery(keys: Longs, seed: int) -> Longs:
    """Draw one order of people (int64[n], 0 is first) from lasting keys and a published seed.

    Whoever knows the seed can draw it again; who else takes part never swaps two people.
    """
    if len(np.unique(keys)) != len(keys):
        raise ValueError("keys must not stand twice")
    order = np.lexsort((keys, lottery_numbers(keys, seed)))
    drawn = np.empty(len(keys), dtype=np.int64)
    drawn[order] = np.arange(len(keys))
    return drawn


KINDS = {
    "at": np.dtype(np.int64),
    "choice": np.dtype(np.int32),
    "priority": np.dtype(np.int32),
    "lottery": np.dtype(np.int64),
    "capacity": np.dtype(np.int32),
    "reserve": np.dtype(np.int32),
    "served": np.dtype(np.bool_),
}


def _ints(name: str, values: Sequence[int]) -> Ints:
    """Write whole numbers with 32 bits, or say that they do not fit."""
    try:
        return np.array(values, dtype=np.int32)
    except OverflowError:
        raise ValueError(f"{name} does not fit 32 bits") from None


def _check_lists(contest: Contest) -> None:
    """See that the lists are whole, and name each opportunity once."""
    at, choice, priority = contest.at, contest.choice, contest.priority
    if len(at) == 0 or at[0] != 0 or at[-1] != len(choice) or (np.diff(at) < 0).any():
        raise ValueError("at must rise from 0 to the number of pairs")
    if len(priority) != len(choice):
        raise ValueError("priority must have one number for each pair")
    if len(choice) and (choice.min() < 0 or choice.max() >= contest.opportunities):
        raise ValueError("choice names an opportunity that is not there")
    if len(priority) and (priority.min() < SHUT or priority.max() > MOST_PRIORITY):
        raise ValueError(f"priority must be from {SHUT} to {MOST_PRIORITY}")


def _check_people(contest: Contest) -> None:
    """See that everybody has a list and a number of their own, and lists nothing twice."""
    people = len(contest.at) - 1
    if len(contest.lottery) != people or len(contest.served) != people:
        raise ValueError("lottery and served must have one entry for each person")
    if not np.array_equal(np.sort(contest.lottery), np.arange(people)):
        raise ValueError("lottery must hold each number from 0 once")
    pairs = np.sort(contest.owners() * contest.opportunities + contest.choice)
    if (pairs[1:] == pairs[:-1]).any():
        raise ValueError("choice names an opportunity twice for one person")


def _check_seats(contest: Contest) -> None:
    """See that seats can be counted and reserves are seats."""
    capacity, reserve = contest.capacity, contest.reserve
    if len(reserve) != len(capacity):
        raise ValueError("reserve must have one number for each opportunity")
    if (capacity < 0).any():
        raise ValueError("capacity must not be negative")
    if (reserve < 0).any() or (reserve > capacity).any():
        raise ValueError("reserve must be from 0 to the capacity")
