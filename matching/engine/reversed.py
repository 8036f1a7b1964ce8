"""One opportunity against everybody: who may have it, for how many points, whose best it enters.

The hard rules are written once more, from the opportunity's side: a column of people at a time,
the rule that leaves fewest first. Tests hold them to the rules and points of one person's search.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.build import feature_starts
from matching.engine.facts import ANY_DISTANCE, UNKNOWN
from matching.engine.live import Found
from matching.engine.maps import TABLES, different, is_off
from matching.engine.opportunities import Opportunities
from matching.engine.people import People
from matching.engine.reference import Reference
from matching.engine.rules import REMOTE_ONLY
from matching.engine.work import SPANS

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Reached:
    """The people that one opportunity is worth showing to: their rows, rising, and points."""

    rows: Rows
    points: Scores


@dataclass(frozen=True, slots=True)
class Floors:
    """What an opportunity must beat to enter each person's list; points of -1 beat nothing.

    points   int16[n]   of the last of a list that is full
    lottery  uint64[n]  its number, which decides between equals
    """

    points: npt.NDArray[np.int16]
    lottery: npt.NDArray[np.uint64]

    def beaten(self, found: Reached, lottery: np.uint64) -> Mask:
        """Tell which of the people reached would have it before the last of their list."""
        points, drawn = self.points[found.rows], self.lottery[found.rows]
        better: Mask = (found.points > points) | ((found.points == points) & (lottery <= drawn))
        return better


@dataclass(frozen=True, slots=True)
class One:
    """One opportunity of some, for people in some rows."""

    people: People
    offers: Opportunities
    row: int
    reference: Reference


def _ends_before(one: One, rows: Rows) -> Mask:
    mask: Mask = one.people.from_week[rows] > one.offers.end_week[one.row]
    return mask


def _starts_after(one: One, rows: Rows) -> Mask:
    mask: Mask = one.people.until_week[rows] < one.offers.start_week[one.row]
    return mask


def _too_many_hours(one: One, rows: Rows) -> Mask:
    hours = one.people.hours[rows]
    mask: Mask = (hours > 0) & (hours < one.offers.hours[one.row])
    return mask


def _too_far(one: One, rows: Rows) -> Mask:
    town, table = int(one.offers.town[one.row]), one.reference.miles
    if town == UNKNOWN or one.offers.remote[one.row] == REMOTE_ONLY or not table.size:
        return np.zeros(len(rows), dtype=np.bool_)
    most, home = one.people.max_miles[rows], one.people.town[rows]
    far: Mask = (table[:, town][home] > most) & (home != UNKNOWN) & (most < ANY_DISTANCE)
    return far


def _own_department(one: One, rows: Rows) -> Mask:
    offering = one.offers.department[one.row]
    mask: Mask = (one.people.department[rows] == offering) & (offering != 0)
    return mask


def _own_organisation(one: One, rows: Rows) -> Mask:
    mine = one.people.organisations == one.offers.organisation[one.row]
    return _owners(one.people.organisations_at, mine, rows)


def _applied(one: One, rows: Rows) -> Mask:
    return _owners(one.people.applied_at, one.people.applied == one.offers.pk[one.row], rows)


def _busy(one: One, rows: Rows) -> Mask:
    if not one.offers.exclusive[one.row]:
        return np.zeros(len(rows), dtype=np.bool_)
    first, last = one.people.busy[:, 0], one.people.busy[:, 1]
    clash = (first <= one.offers.end_week[one.row]) & (last >= one.offers.start_week[one.row])
    return _owners(one.people.busy_at, clash, rows)


def _owners(begins: Rows, found: Mask, rows: Rows) -> Mask:
    """Tell who of some people owns an entry that was found."""
    places = np.flatnonzero(found)
    if not len(places):
        return np.zeros(len(rows), dtype=np.bool_)
    return np.isin(rows, np.searchsorted(begins, places, side="right") - 1)


# the same rules as in ``rules.COMPARES``, which a test holds them to; the cheap ones first
BARRED: dict[str, Callable[[One, Rows], Mask]] = {
    "after": _starts_after,
    "before": _ends_before,
    "hours": _too_many_hours,
    "distance": _too_far,
    "department": _own_department,
    "organisation": _own_organisation,
    "applied": _applied,
    "busy": _busy,
}


def may_have(people: People, offers: Opportunities, row: int, reference: Reference) -> Rows:
    """List the people who may have one opportunity."""
    one = One(people, offers, row, reference)
    rows = np.flatnonzero(people.lack & offers.need[row] == 0)
    for barred in BARRED.values():
        rows = rows[~barred(one, rows)]
    return rows


def reached(people: People, offers: Opportunities, row: int, reference: Reference) -> Reached:
    """Find whom one opportunity is worth showing to: those who may have it and match."""
    rows = may_have(people, offers, row, reference)
    some = people.take(rows)
    points = _feature_points(some, offers, row, feature_starts(reference)[-1])
    one = offers.only(np.array([row]))
    for term in TABLES:
        persons, key = different(some, term.reads)
        each = [int(term.points(person, one, reference, term.worth)[0]) for person in persons]
        points += np.where(is_off(some, term), 0, np.array([*each, 0], dtype=np.int32)[key])
    points += _week_points(some, one)
    worth = points >= np.maximum(some.bar, 1)
    return Reached(rows[worth], points[worth])


def _feature_points(some: People, offers: Opportunities, row: int, features: int) -> Scores:
    places = np.flatnonzero(offers.rows == row)
    values = np.zeros(features + 1, dtype=np.int32)
    values[np.searchsorted(offers.starts, places, side="right") - 1] = offers.values[places]
    sums = np.concatenate(([0], np.cumsum(values[some.feature] * some.weight)))
    return (sums[some.feature_at[1:]] - sums[some.feature_at[:-1]]).astype(np.int32)


def _week_points(some: People, one: Opportunities) -> Scores:
    (term,) = SPANS
    assert term.share is not None  # noqa: S101 - for the type checker: that is what a span is
    start, end = int(one.start_week[0]), int(one.end_week[0])
    first = np.maximum(some.from_week.astype(np.int32), start)
    last = np.minimum(some.until_week.astype(np.int32), end)
    weeks = np.full(len(some), end - start + 1, dtype=np.int32)
    return np.where(is_off(some, term), 0, term.share(term.worth, last - first + 1, weeks))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs worth a look: rows of people, rows of opportunities, points."""

    people: Rows
    offers: Rows
    points: Scores


def candidates(  # noqa: PLR0913 - both sides, what is gone from them, and what is new
    people: People,
    floors: Floors,
    listed: Opportunities,
    *,
    gone: Sequence[int],
    new: Opportunities,
    reference: Reference,
) -> Candidates:
    """Find whose lists some new opportunities might enter.

    ``gone`` are rows of the opportunities that the lists were made from and that are no more, or
    are among the new ones as they are now. Somebody who may have lost one from their list is
    kept, whatever their floor.
    """
    lost = np.zeros(len(people), dtype=np.bool_)
    for row in gone:
        found = reached(people, listed, row, reference)
        lost[found.rows[floors.beaten(found, listed.lottery[row])]] = True
    found_rows, found_offers, found_points = [], [], []
    for row in range(len(new)):
        found = reached(people, new, row, reference)
        kept = floors.beaten(found, new.lottery[row]) | lost[found.rows]
        found_rows.append(found.rows[kept])
        found_offers.append(np.full(int(kept.sum()), row, dtype=np.int64))
        found_points.append(found.points[kept])
    nothing = np.zeros(0, dtype=np.int64)
    return Candidates(
        np.concatenate([nothing, *found_rows]),
        np.concatenate([nothing, *found_offers]),
        np.concatenate([nothing.astype(np.int32), *found_points]),
    )


def entering(
    listed: Sequence[Found], gone: Collection[int], new: Sequence[Found], k: int
) -> tuple[list[Found], list[Found]]:
    """Tell which new opportunities enter a list of ``k`` for certain, and which may.

    What was not on a full list comes after its last one. So where places of the list have become
    free, a new opportunity that is worse than that last one may or may not be among the best:
    a search for this one person decides.
    """
    floor = max(listed) if len(listed) >= k else None
    kept = [one for one in listed if one.pk not in gone]
    wanted = {one.pk for one in new}
    best = [one for one in sorted([*kept, *new])[:k] if one.pk in wanted]
    sure = [one for one in best if floor is None or one <= floor]
    return sure, [one for one in best if one not in sure]
