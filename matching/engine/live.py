"""One person against every opportunity: who may, how many points, which are the best, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.build import FEATURE_TERMS, PersonVector, vector
from matching.engine.facts import PersonFacts
from matching.engine.opportunities import Opportunities
from matching.engine.points import PARTIAL, TERMS, ColumnTerm, least
from matching.engine.reference import Reference
from matching.engine.rules import (
    BitRule,
    CompareRule,
    failing,
    failure_counts,
    failures,
)

Scores = npt.NDArray[np.int16]
COLUMN_TERMS = tuple(term for term in TERMS if isinstance(term, ColumnTerm))


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One opportunity found; sorting puts the most points first, then the lottery decides."""

    minus_points: int
    lottery: int
    pk: int

    @property
    def points(self) -> int:
        """Give the points."""
        return -self.minus_points


def scores(person: PersonFacts, offers: Opportunities, reference: Reference) -> Scores:
    """Add up the points of every opportunity, whether the person may have it or not."""
    total = _feature_points(vector(person, reference), offers)
    for term in COLUMN_TERMS:
        if term.slug not in person.off:
            total += term.points(person, offers, reference, term.worth)
    return total


def _feature_points(wanted: PersonVector, offers: Opportunities) -> Scores:
    begins, ends = offers.starts[wanted.features], offers.starts[wanted.features + 1]
    lists = [slice(begin, end) for begin, end in zip(begins, ends, strict=True) if end > begin]
    weights = wanted.weights[ends > begins]
    if not lists:
        return np.zeros(len(offers), dtype=np.int16)
    rows = np.concatenate([offers.rows[span] for span in lists])
    values = np.concatenate(
        [offers.values[span] * weight for span, weight in zip(lists, weights, strict=True)]
    )
    # sums of whole numbers this small are exact as floats
    return np.bincount(rows, weights=values, minlength=len(offers)).astype(np.int16)


def best(
    offers: Opportunities, points: Scores, mask: npt.NDArray[np.bool_], k: int
) -> list[Found]:
    """Find the k opportunities with most points; rows stand in lottery order, so first wins."""
    rows = np.flatnonzero(mask)
    keys = (points[rows].astype(np.int64) << 32) - rows
    if len(rows) > k:
        chosen = np.argpartition(keys, len(rows) - k)[len(rows) - k :]
        rows, keys = rows[chosen], keys[chosen]
    return [
        Found(-int(points[row]), int(offers.lottery[row]), int(offers.pk[row]))
        for row in rows[np.argsort(-keys)]
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person is shown: matches, near misses and how many there are."""

    matches: list[Found]
    near: list[Found]
    eligible: int
    total: int


def search(
    person: PersonFacts,
    blocks: Iterable[tuple[Opportunities, npt.NDArray[np.bool_]]],
    reference: Reference,
    k: int,
) -> Answer:
    """Find a person's matches and near misses in blocks; a block's mask keeps what still holds."""
    bar = least(PARTIAL, person.off)
    matches: list[Found] = []
    near: list[Found] = []
    eligible = total = 0
    for offers, kept in blocks:
        points = scores(person, offers, reference)
        failed, fixed = failures(person, offers, reference)
        worth_showing = kept & (points >= bar)
        may = kept & (failed == 0)
        matches += best(offers, points, worth_showing & may, k)
        near += best(offers, points, worth_showing & (failed == 1) & ~fixed, k)
        eligible += int(may.sum())
        total += int(kept.sum())
    return Answer(sorted(matches)[:k], sorted(near)[:k], eligible, total)


def count(
    person: PersonFacts,
    blocks: Iterable[tuple[Opportunities, npt.NDArray[np.bool_]]],
    reference: Reference,
) -> int:
    """Count a person's matches."""
    bar = least(PARTIAL, person.off)
    return sum(
        int(
            (
                kept
                & (scores(person, offers, reference) >= bar)
                & (failure_counts(person, offers, reference) == 0)
            ).sum()
        )
        for offers, kept in blocks
    )


def explain(
    person: PersonFacts, offers: Opportunities, reference: Reference, row: int
) -> dict[str, int]:
    """Give the points of each term for one opportunity; they add up to its score."""
    wanted = vector(person, reference)
    parts = dict.fromkeys((term.slug for term in TERMS), 0)
    for feature, weight, term in zip(wanted.features, wanted.weights, wanted.terms, strict=True):
        begin, end = offers.starts[feature], offers.starts[feature + 1]
        place = begin + np.searchsorted(offers.rows[begin:end], row)
        if place < end and offers.rows[place] == row:
            parts[FEATURE_TERMS[term].slug] += int(offers.values[place]) * int(weight)
    one = offers.only(np.array([row]))
    for column in COLUMN_TERMS:
        if column.slug not in person.off:
            parts[column.slug] = int(column.points(person, one, reference, column.worth)[0])
    return parts


def why_not(
    person: PersonFacts, offers: Opportunities, reference: Reference, row: int
) -> list[BitRule | CompareRule]:
    """List the hard rules that one opportunity fails; one alone is a near miss."""
    return failing(person, offers, reference, row)
