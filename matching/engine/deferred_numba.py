"""Deferred acceptance compiled: everybody asks in turn, and whoever is pushed out asks next time.

Each opportunity keeps two heaps with the least on top: who has its reserved seats, and who has
the others. A claim is the priority above 32 bits of the lottery, so that one number compares.
People stand in memory in the order in which they ask, so that the processor reads ahead.
"""

import os

import numba
import numpy as np

from matching.engine.contest import NOTHING, Contest, Ints

# a claim of nobody, which beats none, and what no claim beats
FREE = -1
CLOSED = np.iinfo(np.int64).max
LOTTERY = 32
NUMBER = (1 << LOTTERY) - 1
compiled = numba.njit(nogil=True, cache=bool(os.environ.get("NUMBA_CACHE_DIR")), boundscheck=False)


def places(contest: Contest) -> Ints:
    """Let people ask down their lists until nobody asks: each one's choice, or NOTHING."""
    place = np.empty(contest.people, dtype=np.int32)
    _decide(
        contest.at, contest.choice, contest.priority, contest.lottery,
        contest.served.astype(np.int64), contest.capacity, contest.reserve, place,
    )  # fmt: skip
    return place


@compiled
def _decide(at, choice, priority, lottery, served, capacity, reserve, place):
    """Ask until nobody is pushed out, and write down what everybody has."""
    people = len(lottery)
    hosts, kept, anybody, bars = _seats(choice, capacity, reserve)
    person_of = np.empty(people, dtype=np.int64)
    for person in range(people):
        person_of[people - 1 - lottery[person]] = person
    asks = at[:-1].copy()
    queue = np.arange(people)
    waiting = people
    while waiting > 0:
        waiting = _ask(
            queue[:waiting], asks, at, choice, priority, lottery, served,
            hosts, kept, anybody, bars,
        )  # fmt: skip
        for one in range(waiting):
            queue[one] = person_of[queue[one] & NUMBER]
        queue[:waiting].sort()
        for one in range(waiting):
            asks[queue[one]] += 1
    for person in range(people):
        got = asks[person] < at[person + 1]
        place[person] = asks[person] - at[person] if got else NOTHING


@compiled
def _seats(choice, capacity, reserve):
    """Lay out seats, no more of them than somebody may ask for, and who gets past each host.

    hosts    int64[N, 5]  seats, reserved seats, where the heaps begin, and the size of the two
    bars     int64[2, N]  the claim that one must beat: of anybody, and of the served
    """
    hosts = np.zeros((len(capacity), 5), dtype=np.int64)
    bars = np.empty((2, len(capacity)), dtype=np.int64)
    for row in choice:
        hosts[row, 0] += 1
    total = 0
    for row in range(len(capacity)):
        hosts[row, 0] = min(hosts[row, 0], capacity[row])
        hosts[row, 1] = min(hosts[row, 0], reserve[row])
        hosts[row, 2] = total
        total += hosts[row, 0]
        bars[0, row] = bars[1, row] = FREE if hosts[row, 0] else CLOSED
    return hosts, np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64), bars


@compiled
def _ask(queue, asks, at, choice, priority, lottery, served, hosts, kept, anybody, bars):
    """Let each in the queue ask until somebody holds them; claims that lose stand in it after."""
    highest = len(lottery) - 1
    left = 0
    for person in queue:
        pair, end, rank = asks[person], at[person + 1], highest - lottery[person]
        keeps = served[person]
        row, claim = np.int32(0), np.int64(FREE)
        while pair < end:
            row = choice[pair]
            # who is shut out claims less than nothing
            claim = (np.int64(priority[pair]) << LOTTERY) | rank
            if claim > bars[keeps, row]:
                break
            pair += 1
        asks[person] = pair
        if pair == end:
            continue
        if hosts[row, 1] == 0:
            loser = _take(claim, anybody, hosts[row, 2], hosts[row, 0], hosts, row, 4)
        else:
            loser = _keep(claim, keeps, row, hosts, kept, anybody)
        _raise_bars(row, hosts, kept, anybody, bars)
        # each who asks pushes one out at most, so this stands where the loop has been
        if loser != FREE:
            queue[left] = loser
            left += 1
    return left


@compiled
def _take(claim, heap, start, seats, hosts, row, count):
    """Hold a claim in a heap of so many seats; give back the one without a seat, or FREE."""
    size = hosts[row, count]
    if size < seats:
        _push(heap, start, size, claim)
        hosts[row, count] += 1
        return FREE
    if size == 0 or claim < heap[start]:
        return claim
    loser = heap[start]
    _sink(heap, start, size, claim)
    return loser


@compiled
def _keep(claim, keeps, row, hosts, kept, anybody):
    """Hold a claim where seats are reserved; give back the one without a seat, or FREE."""
    seats, reserve, start = hosts[row, 0], hosts[row, 1], hosts[row, 2]
    if keeps:
        claim = _take(claim, kept, start, reserve, hosts, row, 3)
        if claim == FREE:
            if hosts[row, 3] + hosts[row, 4] <= seats:
                return FREE
            # a reserved seat was taken that somebody else had
            loser = anybody[start]
            hosts[row, 4] -= 1
            _sink(anybody, start, hosts[row, 4], anybody[start + hosts[row, 4]])
            return loser
    return _take(claim, anybody, start, seats - hosts[row, 3], hosts, row, 4)


@compiled
def _raise_bars(row, hosts, kept, anybody, bars):
    """Say what must be beaten now: nothing while a seat is free."""
    seats, reserve, start = hosts[row, 0], hosts[row, 1], hosts[row, 2]
    if hosts[row, 3] + hosts[row, 4] < seats:
        return
    bar = anybody[start] if hosts[row, 4] > 0 else CLOSED
    bars[0, row] = bar
    if reserve > 0:
        bar = min(bar, kept[start]) if hosts[row, 3] == reserve else FREE
    bars[1, row] = bar


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
