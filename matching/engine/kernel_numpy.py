"""The kernel without a compiler: scipy multiplies a tile, numpy picks the best."""

import numpy as np
import numpy.typing as npt

from matching.engine.maps import unpack
from matching.engine.work import Lists, Work

Rows = npt.NDArray[np.int64]
Scores = npt.NDArray[np.int16]
# a key is points times this, less the place: the most that 32 bits hold
MOST_CANDIDATES = 65_536


def fill(work: Work, first: int, last: int, lists: Lists) -> None:
    """Fill in the lists of the groups from ``first`` to before ``last``."""
    for group in range(first, last):
        begin, end = work.groups.bounds[group : group + 2]
        people = work.groups.order[begin:end]
        eligible = work.maps.eligible(people)
        candidates = np.flatnonzero(
            unpack(np.bitwise_or.reduce(eligible, axis=0), len(work.offers))
        )
        if len(candidates):
            scores = _scores(work, people, candidates)
            allowed = unpack(eligible, len(work.offers))[:, candidates]
            _without_few(work, people, candidates, allowed)
            _keep_best(work, people, candidates, np.where(allowed, scores.T, 0), lists)


def _scores(work: Work, people: Rows, candidates: Rows) -> Scores:
    """Give the points of every candidate (rows) for every person of a group (columns)."""
    tile = np.zeros((work.features, len(people)), dtype=np.int16)
    at = work.people.feature_at
    for lane, person in enumerate(people):
        mine = slice(at[person], at[person + 1])
        tile[work.people.feature[mine], lane] = work.people.weight[mine]
    scores = np.asarray(work.index[candidates] @ tile, dtype=np.int16)
    for keys in work.tables.key[people].T:
        different, whose = np.unique(keys, return_inverse=True)
        scores += work.tables.points[different][:, candidates].T[:, whose]
    return _with_weeks(work, people, candidates, scores)


def _with_weeks(work: Work, people: Rows, candidates: Rows, scores: Scores) -> Scores:
    """Add the points of the weeks that are shared; most people share all of them."""
    start = work.offers.start_week[candidates].astype(np.int32)
    end = work.offers.end_week[candidates].astype(np.int32)
    begins, ends = work.people.from_week[people], work.people.until_week[people]
    part = np.flatnonzero((start < begins.max()) | (end > ends.min()))
    scores += work.full[people]
    latest = np.maximum(start[part, None], begins)
    shared = np.clip(np.minimum(end[part, None], ends) - latest + 1, 0, None)
    points = work.share[work.length[candidates[part], None], shared]
    missing = np.where(work.full[people] > 0, work.full[people] - points, 0)
    scores[part] -= missing.astype(np.int16)
    return scores


def _without_few(
    work: Work, people: Rows, candidates: Rows, allowed: npt.NDArray[np.bool_]
) -> None:
    """Take out the opportunities that are listed person by person."""
    for lane, person in enumerate(people):
        mine = work.maps.few[work.maps.few_at[person] : work.maps.few_at[person + 1]]
        if len(mine):
            allowed[lane, np.isin(candidates, mine)] = False


def _keep_best(work: Work, people: Rows, candidates: Rows, scores: Scores, lists: Lists) -> None:
    """Pick the best of each line; candidates stand in lottery order, so the first wins."""
    count = len(candidates)
    kind = np.dtype(np.int32 if count <= MOST_CANDIDATES else np.int64)
    step = max(MOST_CANDIDATES, count)
    keys: npt.NDArray[np.int64] = scores.astype(kind)
    keys *= step
    keys += np.arange(count - 1, -1, -1, dtype=kind)
    keys[scores < np.maximum(work.people.bar[people], 1)[:, None]] = -1
    most = min(work.k, count)
    if count > most:
        keys = np.partition(keys, count - most, axis=1)[:, count - most :]
    keys = -np.sort(-keys, axis=1)
    found = keys >= 0
    rows = candidates[np.where(found, count - 1 - keys % step, 0)]
    lists.row[people, :most] = np.where(found, rows, -1)
    lists.points[people, :most] = np.where(found, keys // step, 0)
