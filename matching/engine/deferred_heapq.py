"""Deferred acceptance in plain Python: the shortest way to say it, which others must equal."""

from heapq import heappop, heappush, heappushpop

import numpy as np

from matching.engine.contest import NOTHING, SHUT, Contest, Ints

# priority, minus the lottery number, person: the smallest is the first to go
Claim = tuple[int, int, int]


class Seats:
    """The seats of one opportunity: reserved ones go to the served first, then all to anybody."""

    __slots__ = ("anybody", "capacity", "kept", "reserve")

    def __init__(self, capacity: int, reserve: int) -> None:
        """Begin with every seat empty."""
        self.capacity, self.reserve = capacity, reserve
        self.kept: list[Claim] = []
        self.anybody: list[Claim] = []

    def hold(self, claim: Claim, *, served: bool) -> Claim | None:
        """Hold a claim; give back the one that there is no seat for, if there is one."""
        beaten: Claim | None = claim
        if served and len(self.kept) < self.reserve:
            heappush(self.kept, claim)
            beaten = None
        elif served and self.reserve:
            beaten = heappushpop(self.kept, claim)
        if beaten is not None:
            heappush(self.anybody, beaten)
        over = len(self.kept) + len(self.anybody) > self.capacity
        return heappop(self.anybody) if over else None


def places(contest: Contest) -> Ints:
    """Let people ask down their lists until nobody asks: each one's choice, or NOTHING."""
    at, choice, priority = contest.at.tolist(), contest.choice.tolist(), contest.priority.tolist()
    lottery, served = contest.lottery.tolist(), contest.served.tolist()
    limits = zip(contest.capacity.tolist(), contest.reserve.tolist(), strict=True)
    seats = [Seats(*limit) for limit in limits]
    asks = at[:-1]
    for somebody in range(contest.people):
        person = somebody
        while asks[person] < at[person + 1]:
            pair = asks[person]
            claim = (priority[pair], -lottery[person], person)
            refused: Claim | None = claim
            if priority[pair] != SHUT:
                refused = seats[choice[pair]].hold(claim, served=served[person])
            if refused is None:
                break
            person = refused[2]
            asks[person] += 1
    asked = np.array(asks, dtype=np.int64)
    found = np.where(asked < contest.at[1:], asked - contest.at[:-1], NOTHING)
    return found.astype(np.int32)
