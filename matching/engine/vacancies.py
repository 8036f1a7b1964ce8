"""Seats that come free after a round is published go down the order of the cut-offs.

Whoever has a seat keeps it until they take a better one. A free seat is offered to the best of
those who would rather have it; if they had another, that is free next (vacancy chains: Blum, Roth
and Rothblum, "Vacancy chains and equilibration in senior-level labor markets", 1997). In which
order free seats are looked at changes nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from matching.engine.contest import NOTHING, SHUT, Allocation, Contest, Flags, Longs, placed


class Move(NamedTuple):
    """A person who gets a seat that was free, and what they leave for it (NOTHING: no place)."""

    person: int
    left: int
    joined: int


class Line:
    """Who would take a seat of each opportunity, the best first; people only ever move up."""

    def __init__(self, contest: Contest, pairs: Longs, owner: Longs) -> None:
        """Put pairs in the order in which their opportunity would take them."""
        priority = contest.priority[pairs].astype(np.int64)
        order = np.lexsort((contest.lottery[owner], -priority, contest.choice[pairs]))
        sizes = np.bincount(contest.choice[pairs], minlength=contest.opportunities)
        ends = np.cumsum(sizes)
        self.person: list[int] = owner[order].tolist()
        self.place: list[int] = (pairs - contest.at[owner])[order].tolist()
        self.next: list[int] = (ends - sizes).tolist()
        self.end: list[int] = ends.tolist()

    def first(self, row: int, place: list[int]) -> tuple[int, int] | None:
        """Find the best who would still rather have a seat of this row, and which choice it is."""
        while self.next[row] < self.end[row]:
            person, wanted = self.person[self.next[row]], self.place[self.next[row]]
            if place[person] == NOTHING or wanted < place[person]:
                return person, wanted
            self.next[row] += 1
        return None


def fill_vacancies(contest: Contest, allocation: Allocation, waiting: Flags) -> Allocation:
    """Fill the free seats; ``waiting`` (bool[n]) marks who may get one.

    Those are people without a place who still want one, and people with a place who are open to
    move. Whoever declined, withdrew or let it expire holds NOTHING in ``allocation`` and does not
    wait. Opportunities that hold more than their capacity, because it was lowered, keep it.
    """
    if waiting.shape != (contest.people,) or allocation.match.shape != (contest.people,):
        raise ValueError("waiting and the allocation must have one entry for each person")
    served = contest.served.tolist()
    match, place = allocation.match.tolist(), allocation.place.tolist()
    free, kept_free = _free_seats(contest, allocation)
    everybody, of_served = _lines(contest, allocation, waiting)
    rows = [row for row, seats in enumerate(free) if seats > 0]
    while rows:
        row = rows.pop()
        while free[row] > 0:
            taker = of_served.first(row, place) if kept_free[row] > 0 else None
            taker = taker or everybody.first(row, place)
            if taker is None:
                break
            person, wanted = taker
            left, match[person], place[person] = match[person], row, wanted
            free[row] -= 1
            kept_free[row] -= served[person]
            if left != NOTHING:
                free[left] += 1
                kept_free[left] += served[person]
                rows.append(left)
    return placed(contest, np.array(place, dtype=np.int32))


def moves(before: Allocation, after: Allocation) -> Iterator[Move]:
    """Tell who has something else than before, in the order of the people."""
    for person in np.flatnonzero(before.match != after.match).tolist():
        yield Move(person, int(before.match[person]), int(after.match[person]))


def _free_seats(contest: Contest, allocation: Allocation) -> tuple[list[int], list[int]]:
    """Count the seats that nobody has, and the reserved seats that none of the served has."""
    has = allocation.match != NOTHING
    held = np.bincount(allocation.match[has], minlength=contest.opportunities)
    kept = np.bincount(allocation.match[has & contest.served], minlength=contest.opportunities)
    return (contest.capacity - held).tolist(), (contest.reserve - kept).tolist()


def _lines(contest: Contest, allocation: Allocation, waiting: Flags) -> tuple[Line, Line]:
    """Line up everybody who would take a seat, and of them the served."""
    owner = contest.owners()
    number = np.arange(len(owner)) - contest.at[owner]
    mine = allocation.place[owner]
    wanted = waiting[owner] & (contest.priority != SHUT) & ((mine == NOTHING) | (number < mine))
    pairs = np.flatnonzero(wanted)
    of_served = pairs[contest.served[owner[pairs]]]
    return Line(contest, pairs, owner[pairs]), Line(contest, of_served, owner[of_served])
