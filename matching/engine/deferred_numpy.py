"""Deferred acceptance in rounds: everybody without a place asks at once, numpy chooses.

Pairs are put in one order first, opportunity by opportunity with its best person before the
others, so that a pair's number says which opportunity it is and whom that would rather have.
"""

from dataclasses import dataclass

import numpy as np

from matching.engine.contest import NOTHING, SHUT, Contest, Flags, Ints, Longs


@dataclass(frozen=True, slots=True)
class Order:
    """The m pairs that may be, numbered in the order of the hosts.

    number  int64[m]  in the order of the people's lists: each pair's number
    pair    int64[m]  in the order of the people's lists: which pair of the contest
    row     int32[m]  by number: the opportunity
    owner   int64[m]  by number: the person
    """

    number: Longs
    pair: Longs
    row: Ints
    owner: Longs


class Seats:
    """Who is held: numbers of pairs, each opportunity's best first, NOTHING where none is."""

    def __init__(self, contest: Contest, order: Order) -> None:
        """Begin with empty seats, no more of them than somebody may ask for."""
        asked = np.bincount(order.row, minlength=contest.opportunities)
        self.capacity = np.minimum(contest.capacity, asked)
        self.reserve = np.minimum(contest.reserve, self.capacity)
        ends = np.cumsum(self.capacity)
        self.at = ends - self.capacity
        self.held = np.full(int(ends[-1]) if len(ends) else 0, NOTHING, dtype=np.int64)
        # the last who is held where every seat is taken, and whether reserved seats are
        self.last = np.where(self.capacity > 0, len(order.row), NOTHING)
        self.kept_full = self.reserve == 0

    def of(self, rows: Ints) -> Longs:
        """Give the seats of some opportunities."""
        sizes = self.capacity[rows]
        ends = np.cumsum(sizes)
        seats: Longs = np.arange(int(ends[-1])) + np.repeat(self.at[rows] - ends + sizes, sizes)
        return seats

    def choose(self, asking: Longs, order: Order, served: Flags) -> Longs:
        """Hold the best of who is held and who asks; give back the numbers of the others."""
        rows = np.unique(order.row[asking])
        seats = self.of(rows)
        claims = np.concatenate((asking, self.held[seats]))
        claims = np.sort(claims[claims != NOTHING])
        group = np.searchsorted(rows, order.row[claims])
        starts = np.searchsorted(group, np.arange(len(rows)))
        first = _count(served[order.owner[claims]], starts, group)
        kept = served[order.owner[claims]] & (first <= self.reserve[rows][group])
        kept_seats = np.bincount(group[kept], minlength=len(rows))
        rest = _count(~kept, starts, group)
        held = kept | (rest <= (self.capacity[rows] - kept_seats)[group])
        self.held[seats] = NOTHING
        stays = group[held]
        taken = _count(held, starts, group)[held] - 1
        self.held[self.at[rows][stays] + taken] = claims[held]
        total = np.bincount(stays, minlength=len(rows))
        full = total == self.capacity[rows]
        ends = self.held[self.at[rows] + total - 1]
        self.last[rows] = np.where(full, ends, len(order.row))
        self.kept_full[rows] = kept_seats == self.reserve[rows]
        refused: Longs = claims[~held]
        return refused

    def hopeless(self, asking: Longs, order: Order, served: Flags) -> Flags:
        """Tell who asks where nobody who is held would make room for them."""
        row = order.row[asking]
        shut = ~served[order.owner[asking]] | self.kept_full[row]
        beaten: Flags = shut & (asking > self.last[row])
        return beaten


def places(contest: Contest) -> Ints:
    """Let people ask down their lists until nobody asks: each one's choice, or NOTHING."""
    order, asks, ends = _ordered(contest)
    seats = Seats(contest, order)
    people = np.arange(contest.people)
    while True:
        people = people[asks[people] < ends[people]]
        if len(people) == 0:
            break
        asking = order.number[asks[people]]
        hopeless = seats.hopeless(asking, order, contest.served)
        refused = people[hopeless]
        if not hopeless.all():
            beaten = seats.choose(asking[~hopeless], order, contest.served)
            refused = np.concatenate((refused, order.owner[beaten]))
        asks[refused] += 1
        people = refused
    place = np.full(contest.people, NOTHING, dtype=np.int32)
    got = np.flatnonzero(asks < ends)
    place[got] = order.pair[asks[got]] - contest.at[got]
    return place


def _ordered(contest: Contest) -> tuple[Order, Longs, Longs]:
    """Put the pairs in order; tell where each person's list begins and ends without the shut."""
    pair = np.flatnonzero(contest.priority != SHUT)
    owner, row = contest.owners()[pair], contest.choice[pair]
    rank = contest.people - 1 - contest.lottery[owner]
    worth = (contest.priority[pair].astype(np.int64) << 32) + rank
    order = np.lexsort((-worth, row))
    number = np.empty(len(pair), dtype=np.int64)
    number[order] = np.arange(len(pair))
    ends = np.cumsum(np.bincount(owner, minlength=contest.people))
    begins = np.concatenate(([0], ends))[:-1]
    return Order(number, pair, row[order], owner[order]), begins, ends


def _count(marked: Flags, starts: Longs, group: Longs) -> Longs:
    """Number the marked from 1 in each group; groups stand together."""
    total = np.concatenate(([0], np.cumsum(marked)))
    numbers: Longs = total[1:] - total[starts][group]
    return numbers
