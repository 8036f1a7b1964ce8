"""Who may have what, as maps of bits: one row for each different answer that a rule reads.

People who are alike in what a rule reads fail it together, so every rule of the registry runs
once for each different answer, and a person's eligibility is the AND of a handful of rows.
(Bitmap indexes: O'Neil and Quass, "Improved query performance with variant indexes", 1997.)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.engine.facts import PersonFacts
from matching.engine.live import COLUMN_TERMS
from matching.engine.opportunities import Opportunities
from matching.engine.people import SCALARS, People
from matching.engine.points import TERMS, ColumnTerm
from matching.engine.reference import Reference
from matching.engine.rules import COMPARES, CompareRule

Bits = npt.NDArray[np.uint64]
Keys = npt.NDArray[np.int32]
WORD = 64
DENSE = tuple(rule for rule in COMPARES if not rule.few)
FEW = tuple(rule for rule in COMPARES if rule.few)
TABLES = tuple(term for term in COLUMN_TERMS if term.share is None)


@dataclass(frozen=True, slots=True)
class Maps:
    """Eligibility of n people for N opportunities; A maps to combine, W = ceil(N / 64) words.

    passes  uint64[D, W]  a row for each different answer; bit b of word w is row 64w + b
    key     int32[n, A]   which rows hold for each person: eligible = AND of those
    spans   int64[A + 1]  which rows of ``passes`` belong to each of the A
    few_at  int64[n + 1]  where each person's list begins in
    few     int32[m]      rows that they may not have besides, rising
    """

    passes: Bits
    key: Keys
    spans: npt.NDArray[np.int64]
    few_at: npt.NDArray[np.int64]
    few: npt.NDArray[np.int32]

    def eligible(self, people: npt.NDArray[np.int64]) -> Bits:
        """Combine the maps of some people, a row each; the lists of a few are not in them."""
        found: Bits = np.bitwise_and.reduce(self.passes[self.key[people]], axis=1)
        return found


@dataclass(frozen=True, slots=True)
class Tables:
    """Points that columns give: a row of points for each different answer, T terms.

    points  int16[D, N]  row 0 is all noughts, for whoever turned the term off
    key     int32[n, T]  which row holds for each person
    """

    points: npt.NDArray[np.int16]
    key: Keys


def pack(mask: npt.NDArray[np.bool_]) -> Bits:
    """Write masks (bool[..., N]) as words of 64 bits, the lowest first."""
    width = -mask.shape[-1] % WORD
    padded = np.pad(mask, [(0, 0)] * (mask.ndim - 1) + [(0, width)])
    packed: Bits = np.packbits(padded, axis=-1, bitorder="little").view(np.uint64)
    return packed


def unpack(bits: Bits, size: int) -> npt.NDArray[np.bool_]:
    """Read words back as masks (bool[..., size])."""
    flat = np.ascontiguousarray(bits).view(np.uint8)
    mask = np.unpackbits(flat, axis=-1, count=size, bitorder="little")
    return mask.view(np.bool_)


def map_rules(
    people: People,
    offers: Opportunities,
    reference: Reference,
    kept: npt.NDArray[np.bool_],
) -> Maps:
    """Run every rule once for each different answer; ``kept`` leaves opportunities out for all."""
    lacks, key = np.unique(people.lack, return_inverse=True)
    blocks = [pack(kept & (offers.need & lacks[:, None] == 0))]
    keys = [key]
    for rule in DENSE:
        persons, key = different(people, rule.reads)
        rows = [pack(~rule.fails(person, offers, reference)) for person in persons]
        blocks.append(np.array(rows, dtype=np.uint64).reshape(len(rows), blocks[0].shape[1]))
        keys.append(key)
    spans = np.cumsum([0, *map(len, blocks)])
    few_at, few = _few(people, offers)
    shifted = np.stack(keys, axis=1) + spans[:-1]
    return Maps(np.concatenate(blocks), shifted.astype(np.int32), spans, few_at, few)


def tabulate(people: People, offers: Opportunities, reference: Reference) -> Tables:
    """Work out the points of every column term once for each different answer."""
    rows = [np.zeros((1, len(offers)), dtype=np.int16)]
    keys = []
    for term in TABLES:
        persons, key = different(people, term.reads)
        start = sum(map(len, rows))
        points = [term.points(person, offers, reference, term.worth) for person in persons]
        rows.append(np.array(points, dtype=np.int16).reshape(len(points), len(offers)))
        keys.append(np.where(is_off(people, term), 0, key + start))
    both = np.array(keys, dtype=np.int32).reshape(len(TABLES), len(people))
    return Tables(np.concatenate(rows), np.ascontiguousarray(both.T))


def is_off(people: People, term: ColumnTerm) -> npt.NDArray[np.bool_]:
    """Tell who turned a term off."""
    bit = np.uint16(1 << TERMS.index(term))
    found: npt.NDArray[np.bool_] = people.off & bit != 0
    return found


def different(
    people: People, reads: tuple[str, ...]
) -> tuple[list[PersonFacts], npt.NDArray[np.int64]]:
    """Find the different answers to some facts, a person with each, and which is whose."""
    if all(name in SCALARS for name in reads):
        return _different_numbers(people, reads)
    (name,) = reads
    seen: dict[tuple[object, ...], int] = {(): 0}
    key = np.zeros(len(people), dtype=np.int64)
    for row, values in _lists(people, name):
        key[row] = seen.setdefault(values, len(seen))
    whole: Callable[[tuple[object, ...]], object] = tuple if name == "busy" else frozenset
    return [_with({name: whole(values)}) for values in seen], key


def _with(facts: dict[str, Any]) -> PersonFacts:
    return PersonFacts(**facts)


def _different_numbers(
    people: People, reads: tuple[str, ...]
) -> tuple[list[PersonFacts], npt.NDArray[np.int64]]:
    """Number the different combinations: each column becomes a digit of one number."""
    code = np.zeros(len(people), dtype=np.int64)
    digits = []
    for name in reads:
        values, digit = np.unique(getattr(people, name), return_inverse=True)
        code = code * max(1, len(values)) + digit
        digits.append(values)
    codes, key = np.unique(code, return_inverse=True)
    columns = []
    for values in reversed(digits):
        columns.append(values[codes % max(1, len(values))].tolist() if len(values) else [])
        codes = codes // max(1, len(values))
    rows = zip(*reversed(columns), strict=True)
    return [_with(dict(zip(reads, row, strict=True))) for row in rows], key


def _lists(people: People, name: str) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Go through the lists that are not empty."""
    at, values = getattr(people, f"{name}_at"), getattr(people, name)
    for row in np.flatnonzero(np.diff(at)).tolist():
        found = values[at[row] : at[row + 1]].tolist()
        yield row, tuple(tuple(one) if isinstance(one, list) else one for one in found)


def _few(
    people: People, offers: Opportunities
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """List for each person the rows that the rules of a few keep from them.

    Such a rule reads the keys of the opportunities that it fails, which a test holds it to.
    """
    order = np.argsort(offers.pk)
    owners, rows = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for rule in FEW:
        sizes, wanted = _listed(people, rule)
        place = np.searchsorted(offers.pk[order], wanted)
        found = place < len(offers)
        found[found] = offers.pk[order][place[found]] == wanted[found]
        owners.append(np.repeat(np.arange(len(people)), sizes)[found])
        rows.append(order[place[found]])
    owner, row = np.concatenate(owners), np.concatenate(rows)
    sort = np.lexsort((row, owner))
    counts = np.bincount(owner, minlength=len(people))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return starts, row[sort].astype(np.int32)


def _listed(
    people: People, rule: CompareRule
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    (name,) = rule.reads
    return np.diff(getattr(people, f"{name}_at")), getattr(people, name)
