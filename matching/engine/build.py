"""Turns facts into arrays: opportunities in lottery order, a person as features and weights."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.engine.facts import OpportunityFacts, PersonFacts
from matching.engine.opportunities import Opportunities, lottery_numbers
from matching.engine.points import TERMS, FeatureTerm
from matching.engine.reference import Reference
from matching.engine.rules import need_word

FEATURE_TERMS = tuple(term for term in TERMS if isinstance(term, FeatureTerm))


@dataclass(frozen=True, slots=True)
class PersonVector:
    """A person's features with their weights, and which term each belongs to."""

    features: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int32]
    terms: npt.NDArray[np.int8]


def feature_starts(reference: Reference) -> list[int]:
    """Give where each term's features begin in the common numbering; the last is the count."""
    starts = [0]
    for term in FEATURE_TERMS:
        starts.append(starts[-1] + term.size(reference))
    return starts


def build(facts: Iterable[OpportunityFacts], reference: Reference, seed: int) -> Opportunities:
    """Store opportunities as arrays, in the order of the lottery."""
    offers = list(facts)
    pks = np.array([offer.pk for offer in offers], dtype=np.int64)
    lottery = lottery_numbers(pks, seed)
    order = np.lexsort((pks, lottery))
    offers = [offers[place] for place in order]
    starts, rows, values = _index(offers, reference)
    return Opportunities(
        pk=pks[order],
        lottery=lottery[order],
        need=np.array([need_word(offer) for offer in offers], dtype=np.uint64),
        organisation=np.array([offer.organisation for offer in offers], dtype=np.int32),
        department=np.array([offer.department for offer in offers], dtype=np.int32),
        exclusive=np.array([offer.exclusive for offer in offers], dtype=np.bool_),
        start_week=np.array([offer.start_week for offer in offers], dtype=np.int16),
        end_week=np.array([offer.end_week for offer in offers], dtype=np.int16),
        hours=np.array([offer.hours for offer in offers], dtype=np.uint8),
        closing_day=np.array([offer.closing_day for offer in offers], dtype=np.int32),
        remote=np.array([offer.remote for offer in offers], dtype=np.uint8),
        town=np.array([offer.town for offer in offers], dtype=np.int16),
        region=np.array([offer.region for offer in offers], dtype=np.int8),
        starts=starts,
        rows=rows,
        values=values,
    )


def _index(
    offers: list[OpportunityFacts], reference: Reference
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int16]]:
    """List, feature by feature, the rows that have it and their values."""
    bounds = feature_starts(reference)
    features: list[int] = []
    rows: list[int] = []
    values: list[int] = []
    for start, term in zip(bounds, FEATURE_TERMS, strict=False):
        for row, offer in enumerate(offers):
            found = term.offered(offer, reference, term.worth)
            features.extend(start + feature for feature in found)
            values.extend(found.values())
            rows.extend([row] * len(found))
    column = np.array(features, dtype=np.int64)
    order = np.argsort(column, kind="stable")
    counts = np.bincount(column, minlength=bounds[-1]) if len(column) else np.zeros(bounds[-1])
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return (
        starts,
        np.array(rows, dtype=np.int32)[order],
        np.array(values, dtype=np.int16)[order],
    )


def vector(person: PersonFacts, reference: Reference) -> PersonVector:
    """Store a person as features; a signal turned off has none."""
    features: list[int] = []
    weights: list[int] = []
    terms: list[int] = []
    bounds = feature_starts(reference)
    for number, term in enumerate(FEATURE_TERMS):
        if term.slug in person.off:
            continue
        wanted = term.wanted(person, reference)
        features.extend(bounds[number] + feature for feature in wanted)
        weights.extend(wanted.values())
        terms.extend([number] * len(wanted))
    return PersonVector(
        features=np.array(features, dtype=np.int64),
        weights=np.array(weights, dtype=np.int32),
        terms=np.array(terms, dtype=np.int8),
    )
