"""What the kernels read and write when everybody is matched."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.engine.build import feature_starts
from matching.engine.groups import GROUP, Groups, grouped
from matching.engine.live import COLUMN_TERMS
from matching.engine.maps import Maps, Tables, is_off, map_rules, tabulate
from matching.engine.opportunities import Opportunities
from matching.engine.people import People
from matching.engine.points import BIAS, CEILING
from matching.engine.reference import Reference

K = 20
NOBODY = -1
SPANS = tuple(term for term in COLUMN_TERMS if term.share is not None)
Sparse = sparse.csr_array[np.int16]


@dataclass(frozen=True, slots=True)
class Lists:
    """The best of n people, the most points first; after the last stand -1 and 0.

    row     int32[n, k]  row of the opportunity, in lottery order
    points  int16[n, k]  0 to 10,000
    """

    row: npt.NDArray[np.int32]
    points: npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Work:
    """What a kernel needs, for n people, N opportunities and F features.

    index   int16[N, F]   sparse: what each opportunity has, and its points for a weight of one
    full    int16[n]      points of the weeks if all of them are shared; 0 if turned off
    share   int16[d, w]   points of the weeks, by kind of length and weeks shared, 0 to w - 1
    length  int32[N]      kind of length of each opportunity
    """

    people: People
    offers: Opportunities
    features: int
    maps: Maps
    tables: Tables
    index: Sparse
    full: npt.NDArray[np.int16]
    share: npt.NDArray[np.int16]
    length: npt.NDArray[np.int32]
    groups: Groups
    k: int


def prepare(  # noqa: PLR0913 - what is compared, and three ways to cut it
    people: People,
    offers: Opportunities,
    reference: Reference,
    *,
    kept: npt.NDArray[np.bool_] | None = None,
    k: int = K,
    size: int = GROUP,
) -> Work:
    """Turn people and opportunities into what the kernels read."""
    features = feature_starts(reference)[-1]
    _check_headroom(people, offers)
    kept = np.ones(len(offers), dtype=np.bool_) if kept is None else kept
    maps = map_rules(people, offers, reference, kept)
    full, share, length = _weeks(people, offers)
    return Work(
        people=people,
        offers=offers,
        features=features,
        maps=maps,
        tables=tabulate(people, offers, reference),
        index=index_by_row(offers, features),
        full=full,
        share=share,
        length=length,
        groups=grouped(maps, size),
        k=k,
    )


def index_by_row(offers: Opportunities, features: int) -> Sparse:
    """Turn the index around: for each opportunity, the features it has."""
    by_feature = sparse.csc_array(
        (offers.values, offers.rows, offers.starts), shape=(len(offers), features)
    )
    turned: Sparse = by_feature.tocsr()
    turned.sort_indices()
    return turned


def _weeks(
    people: People, offers: Opportunities
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16], npt.NDArray[np.int32]]:
    """Tabulate the points of shared weeks with the term's own function."""
    (term,) = SPANS
    assert term.share is not None  # noqa: S101 - for the type checker: that is what a span is
    weeks = offers.end_week.astype(np.int32) - offers.start_week + 1
    kinds, length = np.unique(weeks, return_inverse=True)
    shared = np.arange(int(kinds.max(initial=0)) + 1, dtype=np.int32)
    share = term.share(term.worth, np.minimum(shared, kinds[:, None]), kinds[:, None])
    full = np.where(is_off(people, term), 0, term.worth).astype(np.int16)
    return full, np.ascontiguousarray(share), length.astype(np.int32)


def _check_headroom(people: People, offers: Opportunities) -> None:
    """See that no score can leave sixteen bits: all parts are positive and below the ceiling."""
    room = np.iinfo(np.int16).max
    if room <= CEILING + BIAS or (offers.values < 0).any() or (people.weight < 0).any():
        raise ValueError("The points do not fit sixteen bits")
