"""The proof of a round: each opportunity's cut-offs, and a check of them against every list.

A cut-off is who got in last. Everybody has the best of their choices whose cut-off they clear, so
whoever has the lists, the lottery and the cut-offs can check the whole round without running it
(Azevedo and Leshno, "A supply and demand framework for two-sided matching markets", 2016). That
is also the answer to "why not this place". Nothing here shares code with what decides a round.
"""

from dataclasses import dataclass, fields

import numpy as np

from matching.engine.contest import (
    MOST_PRIORITY,
    NOTHING,
    SHUT,
    Allocation,
    Contest,
    Flags,
    Ints,
    Longs,
)

# a cut-off that everybody clears who is not shut out, and one that nobody does
EVERYBODY = (SHUT, -1)
NOBODY = (MOST_PRIORITY + 1, -1)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What each of N opportunities took, and who could have had it.

    One clears a cut-off with more priority than it says, or with the same and a lottery number
    that is not larger; the served may clear either of the two.

    open_priority     int32[N]  of the last who got in without a reserved seat
    open_lottery      int64[N]  and their number
    reserve_priority  int32[N]  of the last who got a reserved seat
    reserve_lottery   int64[N]  and their number
    capacity          int32[N]  seats
    held              int32[N]  seats that are taken
    reserve           int32[N]  reserved seats
    reserve_held      int32[N]  reserved seats that served people have
    """

    open_priority: Ints
    open_lottery: Longs
    reserve_priority: Ints
    reserve_lottery: Longs
    capacity: Ints
    held: Ints
    reserve: Ints
    reserve_held: Ints

    def clears(
        self,
        row: int | Ints,
        priority: int | Ints,
        lottery: int | Longs,
        served: bool | Flags,  # noqa: FBT001 - a column like the others
    ) -> Flags:
        """Tell who clears a cut-off, for one pair or for columns of them."""
        bar, last = self.open_priority[row], self.open_lottery[row]
        openly = (priority > bar) | ((priority == bar) & (lottery <= last))
        bar, last = self.reserve_priority[row], self.reserve_lottery[row]
        kept = (priority > bar) | ((priority == bar) & (lottery <= last))
        found: Flags = np.not_equal(priority, SHUT) & (openly | (served & kept))
        return found


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not be, about a person, an opportunity, or both (NOTHING: neither)."""

    kind: str
    person: int
    row: int

    def __str__(self) -> str:
        """Say it."""
        return SENTENCES[self.kind].format(person=self.person, row=self.row)


SENTENCES = {
    "list": "Person {person} has opportunity {row}, which is not that choice of theirs",
    "shut": "Person {person} has opportunity {row}, which they may not have",
    "over": "Opportunity {row} holds more people than it has seats",
    "cut-off": "What is published about opportunity {row} is not what its people show",
    "better": "Person {person} would rather have opportunity {row} and clears its cut-off",
}


def certificate(contest: Contest, allocation: Allocation) -> Certificate:
    """Work out the cut-offs from who holds what."""
    holder = np.flatnonzero(allocation.match != NOTHING)
    row = allocation.match[holder]
    priority = contest.priority[contest.at[holder] + allocation.place[holder]]
    order = np.lexsort((contest.lottery[holder], -priority.astype(np.int64), row))
    holder, row, priority = holder[order], row[order], priority[order]
    served = contest.served[holder]
    held = np.bincount(row, minlength=contest.opportunities)
    starts = np.cumsum(held) - held
    rank = _count_within(served, row, starts)
    kept = served & (rank <= contest.reserve[row])
    reserve_held = np.bincount(row[kept], minlength=contest.opportunities)
    full = held >= contest.capacity
    last = (priority, contest.lottery[holder], row)
    # while a reserved seat is empty, all the served may have one
    kept_shut = (contest.reserve == 0) | (reserve_held >= contest.reserve)
    open_priority, open_lottery = _cut_offs(last, ~kept, full)
    reserve_priority, reserve_lottery = _cut_offs(last, kept, full & kept_shut)
    return Certificate(
        open_priority=open_priority,
        open_lottery=open_lottery,
        reserve_priority=reserve_priority,
        reserve_lottery=reserve_lottery,
        capacity=contest.capacity,
        held=held.astype(np.int32),
        reserve=contest.reserve,
        reserve_held=reserve_held.astype(np.int32),
    )


def _count_within(marked: Flags, row: Ints, starts: Longs) -> Longs:
    """Number the marked from 1 within each row; rows stand together."""
    total = np.concatenate(([0], np.cumsum(marked)))
    numbers: Longs = total[1:] - total[starts[row]]
    return numbers


def _cut_offs(last: tuple[Ints, Longs, Ints], among: Flags, limited: Flags) -> tuple[Ints, Longs]:
    """Find who got in last: with the least priority and of those the largest number."""
    bar = np.where(limited, NOBODY[0], EVERYBODY[0]).astype(np.int32)
    number = np.full(len(limited), -1, dtype=np.int64)
    priority, lottery, row = (column[among] for column in last)
    # the best stand first, so that the last who is written stays
    counts = limited[row]
    bar[row[counts]], number[row[counts]] = priority[counts], lottery[counts]
    return bar, number


def blocking_pairs(
    contest: Contest, allocation: Allocation, cut_offs: Certificate | None = None
) -> Longs:
    """List the pairs that break the round: the person would rather have it, and clears it."""
    cut_offs = cut_offs or certificate(contest, allocation)
    owner = contest.owners()
    number = np.arange(len(owner)) - contest.at[owner]
    mine = allocation.place[owner]
    better = np.flatnonzero((mine == NOTHING) | (number < mine))
    who = owner[better]
    clears = cut_offs.clears(
        contest.choice[better],
        contest.priority[better],
        contest.lottery[who],
        contest.served[who],
    )
    return better[clears]


def faults(
    contest: Contest, allocation: Allocation, published: Certificate | None = None
) -> list[Fault]:
    """Check a round against every list; nothing in the list means that the round is right.

    With a published certificate, that must also be what the people who hold places show.
    """
    found = _not_listed(contest, allocation)
    if found:
        return found
    cut_offs = certificate(contest, allocation)
    holder = np.flatnonzero(allocation.match != NOTHING)
    pairs = contest.at[holder] + allocation.place[holder]
    found += [
        Fault("shut", int(person), int(allocation.match[person]))
        for person in holder[contest.priority[pairs] == SHUT]
    ]
    found += _each("over", cut_offs.held > contest.capacity)
    if published is not None:
        found += _each("cut-off", _differ(cut_offs, published))
    blocking = blocking_pairs(contest, allocation, cut_offs)
    owner = np.searchsorted(contest.at, blocking, side="right") - 1
    return found + [
        Fault("better", int(person), int(contest.choice[pair]))
        for person, pair in zip(owner, blocking, strict=True)
    ]


def _each(kind: str, wrong: Flags) -> list[Fault]:
    """Make a fault of each opportunity that is marked."""
    return [Fault(kind, NOTHING, int(row)) for row in np.flatnonzero(wrong)]


def _not_listed(contest: Contest, allocation: Allocation) -> list[Fault]:
    """List who holds what is not the choice that it is said to be."""
    match, place = allocation.match, allocation.place
    if match.shape != (contest.people,) or place.shape != (contest.people,):
        raise ValueError("The allocation is not one of this contest")
    inside = (place >= 0) & (place < np.diff(contest.at))
    right = (match == NOTHING) & (place == NOTHING)
    asked = contest.at[:-1][inside] + place[inside]
    right[inside] = match[inside] == contest.choice[asked]
    return [Fault("list", int(one), int(match[one])) for one in np.flatnonzero(~right)]


def _differ(one: Certificate, other: Certificate) -> Flags:
    """Tell which opportunities two certificates do not agree on."""
    names = [field.name for field in fields(Certificate)]
    if any(getattr(one, name).shape != getattr(other, name).shape for name in names):
        raise ValueError("The certificate is not one of this contest")
    different: Flags = np.any(
        [getattr(one, name) != getattr(other, name) for name in names], axis=0
    )
    return different
