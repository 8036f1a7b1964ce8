"""Many people as arrays, for the re-match of everybody: a column a fact, lists of features."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate, chain
from typing import Self

import numpy as np
import numpy.typing as npt

from matching.engine.build import vector
from matching.engine.facts import PersonFacts
from matching.engine.points import PARTIAL, TERMS, least
from matching.engine.reference import Reference
from matching.engine.rules import lack_word

Whole = npt.NDArray[np.int64]

# facts that are one number each, and the lists that are several: name and width of a row
SCALARS: dict[str, type[np.generic]] = {
    "department": np.int32,
    "from_week": np.int16,
    "until_week": np.int16,
    "hours": np.uint8,
    "town": np.int16,
    "max_miles": np.uint16,
    "region": np.int8,
    "remote_ok": np.bool_,
}
LISTS = ("organisations", "applied", "busy")
MOST_FEATURES = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class People:
    """People in any order, n of them; ``x_at`` (int64[n + 1]) tells where each one's x begin.

    lack       uint64[n]   the bits of ``rules.BITS`` that the person lacks
    bar        int16[n]    the fewest points that are worth a word, 0 to 10,000
    off        uint16[n]   a bit for each of ``points.TERMS`` that is turned off
    feature    uint16[m]   positions in the common numbering of features, 0 to 65,534
    weight     int16[m]    the person's weight of each, 1 to 31
    busy       int16[b, 2] first and last week of each placement, whole weeks since the epoch
    the rest is as in ``PersonFacts``.
    """

    pk: npt.NDArray[np.int64]
    lack: npt.NDArray[np.uint64]
    bar: npt.NDArray[np.int16]
    off: npt.NDArray[np.uint16]
    department: npt.NDArray[np.int32]
    from_week: npt.NDArray[np.int16]
    until_week: npt.NDArray[np.int16]
    hours: npt.NDArray[np.uint8]
    town: npt.NDArray[np.int16]
    max_miles: npt.NDArray[np.uint16]
    region: npt.NDArray[np.int8]
    remote_ok: npt.NDArray[np.bool_]
    organisations_at: Whole
    organisations: Whole
    applied_at: Whole
    applied: Whole
    busy_at: Whole
    busy: npt.NDArray[np.int16]
    feature_at: Whole
    feature: npt.NDArray[np.uint16]
    weight: npt.NDArray[np.int16]

    def __len__(self) -> int:
        """Count the people."""
        return len(self.pk)

    def take(self, rows: Whole) -> Self:
        """Give some of the people, in the order of ``rows``."""
        columns = {name: getattr(self, name)[rows] for name in PLAIN}
        for at, names in RAGGED.items():
            begin, end = getattr(self, at)[rows], getattr(self, at)[rows + 1]
            starts = np.concatenate(([0], np.cumsum(end - begin)))
            where = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], end - begin)
            columns[at] = starts
            columns |= {name: getattr(self, name)[where] for name in names}
        return type(self)(**columns)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put several sets of people one after the other."""
        columns = {}
        for column in fields(cls):
            arrays = [getattr(part, column.name) for part in parts]
            if column.name in RAGGED:
                sizes = np.concatenate([np.diff(array) for array in arrays])
                columns[column.name] = np.concatenate(([0], np.cumsum(sizes)))
            else:
                columns[column.name] = np.concatenate(arrays)
        return cls(**columns)


RAGGED = {f"{name}_at": (name,) for name in LISTS} | {"feature_at": ("feature", "weight")}
PLAIN = ("pk", "lack", "bar", "off", *SCALARS)


def build_people(pks: Iterable[int], facts: Iterable[PersonFacts], reference: Reference) -> People:
    """Store people as arrays, by the same registries that search for one of them."""
    persons = list(facts)
    vectors = [vector(person, reference) for person in persons]
    weight = _joined([one.weights for one in vectors])
    feature = _joined([one.features for one in vectors])
    if len(feature) and (feature.max() >= MOST_FEATURES or weight.min() < 0):
        raise ValueError("A feature does not fit sixteen bits")
    columns: dict[str, npt.NDArray[np.generic]] = {
        name: np.array([getattr(person, name) for person in persons], dtype=kind)
        for name, kind in SCALARS.items()
    }
    for name in LISTS:
        lists = [sorted(getattr(person, name)) for person in persons]
        columns[f"{name}_at"] = _starts(map(len, lists))
        columns[name] = np.array(list(chain(*lists)), dtype=np.int64)
    return People(
        pk=np.array(list(pks), dtype=np.int64),
        lack=np.array([lack_word(person) for person in persons], dtype=np.uint64),
        bar=np.array([least(PARTIAL, person.off) for person in persons], dtype=np.int16),
        off=np.array([_off_bits(person) for person in persons], dtype=np.uint16),
        feature_at=_starts(len(one.features) for one in vectors),
        feature=feature.astype(np.uint16),
        weight=weight.astype(np.int16),
        **(columns | {"busy": columns["busy"].astype(np.int16).reshape(-1, 2)}),  # type: ignore[arg-type] # by name
    )


def _off_bits(person: PersonFacts) -> int:
    return sum(1 << number for number, term in enumerate(TERMS) if term.slug in person.off)


def _starts(sizes: Iterable[int]) -> Whole:
    return np.array([0, *accumulate(sizes)], dtype=np.int64)


def _joined(parts: Sequence[npt.NDArray[np.int32]] | Sequence[Whole]) -> Whole:
    whole: Whole = np.concatenate([*parts, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    return whole
