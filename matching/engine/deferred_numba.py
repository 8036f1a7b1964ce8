"""Deferred acceptance compiled: one person asks at a time (McVitie and Wilson, 1971).

Each opportunity keeps two heaps with the least on top: who has its reserved seats, and who has
the others. A claim is the priority above 32 bits of the lottery, so that one number compares.
"""

import os

import numba
import numpy as np

from matching.engine.contest import NOTHING, SHUT, Contest, Ints

# a claim of nobody
FREE = -1
LOTTERY = 32
compiled = numba.njit(nogil=True, cache=bool(os.environ.get("NUMBA_CACHE_DIR")), boundscheck=False)


def places(contest: Contest) -> Ints:
    """Let people ask down their lists until nobody asks: each one's choice, or NOTHING."""
    # no more seats than somebody may ask for
    asked = np.bincount(contest.choice, minlength=contest.opportunities)
    capacity = np.minimum(contest.capacity, asked)
    rank = contest.people - 1 - contest.lottery
    place: Ints = _decide(
        contest.at,
        contest.choice,
        contest.priority,
        (rank, np.argsort(rank), contest.served),
        (capacity, np.cumsum(capacity) - capacity),
        np.minimum(contest.reserve, capacity),
    )
    return place


@compiled
def _decide(at, choice, priority, people, seats, reserve):
    """Go through the people; who is pushed out asks next, until somebody is content or done."""
    rank, person_of, served = people
    capacity, start = seats
    total = np.int64(0)
    for seat in capacity:
        total += seat
    kept, anybody = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    kept_size = np.zeros(len(capacity), dtype=np.int64)
    size = np.zeros(len(capacity), dtype=np.int64)
    # the least claim that is held where every seat is taken and none is reserved
    bar = np.full(len(capacity), FREE, dtype=np.int64)
    asks = at[:-1].copy()
    for somebody in range(len(rank)):
        person = somebody
        while asks[person] < at[person + 1]:
            row, worth = choice[asks[person]], np.int64(priority[asks[person]])
            claim = (worth << LOTTERY) | rank[person]
            if worth == SHUT or capacity[row] == 0 or claim < bar[row]:
                asks[person] += 1
                continue
            beaten = _hold(
                claim, served[person] and reserve[row] > 0, row, reserve[row],
                capacity[row], start[row], kept, kept_size, anybody, size,
            )  # fmt: skip
            if reserve[row] == 0 and size[row] == capacity[row]:
                bar[row] = anybody[start[row]]
            if beaten == FREE:
                break
            person = person_of[beaten & 0xFFFF_FFFF]
            asks[person] += 1
    place = np.full(len(rank), NOTHING, dtype=np.int32)
    for person in range(len(rank)):
        if asks[person] < at[person + 1]:
            place[person] = asks[person] - at[person]
    return place


@compiled
def _hold(claim, keeps, row, reserve, capacity, start, kept, kept_size, anybody, size):
    """Hold a claim; give back the one that there is no seat for, or FREE."""
    beaten = claim
    if keeps and kept_size[row] < reserve:
        _push(kept, start, kept_size[row], claim)
        kept_size[row] += 1
        beaten = FREE
    elif keeps and claim > kept[start]:
        beaten = kept[start]
        _sink(kept, start, kept_size[row], claim)
    over = kept_size[row] + size[row] - capacity
    if beaten == FREE:
        if over <= 0:
            return FREE
        # a reserved seat was taken that somebody else had
        beaten = anybody[start]
        size[row] -= 1
        _sink(anybody, start, size[row], anybody[start + size[row]])
        return beaten
    if over < 0:
        _push(anybody, start, size[row], beaten)
        size[row] += 1
        return FREE
    if size[row] > 0 and beaten > anybody[start]:
        loser = anybody[start]
        _sink(anybody, start, size[row], beaten)
        return loser
    return beaten


@compiled
def _push(heap, start, size, claim):
    """Add a claim to a heap that begins at ``start``: parents rise out of its way."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if heap[start + parent] <= claim:
            break
        heap[start + place] = heap[start + parent]
        place = parent
    heap[start + place] = claim


@compiled
def _sink(heap, start, size, claim):
    """Put a claim in the place of the least: lesser children rise."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[start + child + 1] < heap[start + child]:
            child += 1
        if heap[start + child] >= claim:
            break
        heap[start + place] = heap[start + child]
        place = child
    heap[start + place] = claim
