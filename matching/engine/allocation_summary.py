"""What a round came to, in numbers: for trial runs side by side and for the page of results."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.engine.certificate import faults
from matching.engine.contest import NOTHING, Allocation, Contest, Flags, Ints


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some people got a place."""

    label: str
    people: int
    matched: int

    @property
    def unmatched(self) -> int:
        """Count those who got none."""
        return self.people - self.matched


@dataclass(frozen=True, slots=True)
class Summary:
    """A round in numbers.

    people     who listed anything
    matched    who got a place
    first      who got their first choice
    top_three  who got one of their first three
    seats      that there were
    points     of all pairs that were matched
    stable     nobody would rather have a place whose cut-off they clear, and no limit is broken
    shares     for each label, in the order of the alphabet
    """

    people: int
    matched: int
    first: int
    top_three: int
    seats: int
    points: int
    stable: bool
    shares: tuple[Share, ...]

    @property
    def unmatched(self) -> int:
        """Count those who listed something and got nothing."""
        return self.people - self.matched


def summary(
    contest: Contest,
    allocation: Allocation,
    points: Ints,
    labels: Sequence[str] | None = None,
) -> Summary:
    """Count what a round came to; ``points`` (int32[E]) are each listed pair's.

    ``labels`` puts each person in one group, of which the share that got a place is told; who
    listed nothing counts nowhere.
    """
    if points.shape != contest.choice.shape:
        raise ValueError("points must have one number for each pair")
    asked = np.diff(contest.at) > 0
    got = allocation.match != NOTHING
    pairs = contest.at[:-1][got] + allocation.place[got]
    return Summary(
        people=int(asked.sum()),
        matched=int(got.sum()),
        first=int((allocation.place == 0).sum()),
        top_three=int((got & (allocation.place < 3)).sum()),  # noqa: PLR2004 - it is the name
        seats=int(contest.capacity.sum(dtype=np.int64)),
        points=int(points[pairs].sum(dtype=np.int64)),
        stable=not faults(contest, allocation),
        shares=_shares(contest, asked, got, labels),
    )


def _shares(
    contest: Contest, asked: Flags, got: Flags, labels: Sequence[str] | None
) -> tuple[Share, ...]:
    """Count people and places for each label."""
    if labels is None:
        return ()
    if len(labels) != contest.people:
        raise ValueError("labels must have one for each person")
    names, group = np.unique(np.array(labels, dtype=np.str_), return_inverse=True)
    people = np.bincount(group[asked], minlength=len(names)).tolist()
    matched = np.bincount(group[got], minlength=len(names)).tolist()
    return tuple(
        Share(str(name), count, places)
        for name, count, places in zip(names, people, matched, strict=True)
        if count
    )
