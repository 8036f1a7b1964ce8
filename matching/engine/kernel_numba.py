"""The compiled kernel: a tile of at most 128 people in the processor's cache, one pass over it.

Compiled functions release the interpreter's lock and never start threads of their own, so that
threads and forked workers may both run them. They are kept compiled between runs where
``NUMBA_CACHE_DIR`` names a directory for it, one for each kind of processor.
"""

import os

import numba
import numpy as np

from matching.engine.groups import LANES
from matching.engine.work import Lists, Work

WIDTH = 128
SIGNS = np.uint64(0x8000_8000_8000_8000)
SHUT = np.iinfo(np.int16).max
compiled = numba.njit(nogil=True, cache=bool(os.environ.get("NUMBA_CACHE_DIR")), boundscheck=False)


def fill(work: Work, first: int, last: int, lists: Lists) -> None:
    """Fill in the lists of the groups from ``first`` to before ``last``."""
    people, offers, maps = work.people, work.offers, work.maps
    if np.diff(work.groups.bounds[first : last + 1]).max(initial=0) > WIDTH:
        raise ValueError(f"The compiled kernel takes groups of at most {WIDTH}")
    _fill(
        (work.groups.order, work.groups.bounds, first, last),
        (maps.passes, maps.key, maps.few_at, maps.few),
        (people.feature_at, people.feature, people.weight, people.bar),
        (work.index.indptr.astype(np.int64), work.index.indices, work.index.data),
        (work.tables.points, work.tables.key, work.features),
        (people.from_week, people.until_week, work.full),
        (offers.start_week, offers.end_week, work.length, work.share),
        lists.row,
        lists.points,
    )


@compiled
def _fill(groups, maps, wanted, index, tables, windows, weeks, out_row, out_points):
    """Go through groups, each with its own tile; the scratch of one serves the next."""
    order, bounds, first, last = groups
    passes, key, few_at, few = maps
    slot = np.zeros(tables[2], dtype=np.int32)
    tile = np.zeros((1024, WIDTH), dtype=np.int16)
    bits = np.empty((WIDTH, passes.shape[1]), dtype=np.uint64)
    candidates = np.empty(passes.shape[1] * 64, dtype=np.int32)
    for group in range(first, last):
        people = order[bounds[group] : bounds[group + 1]]
        count = _candidates(people, passes, key, bits, candidates)
        if count == 0:
            continue
        _strike(people, few_at, few, bits)
        tile, height = _fill_tile(people, wanted, slot, tile)
        tile, marks = _mark_tables(people, tables[1], height, tile)
        _stream(
            people, candidates[:count], bits, tile, slot, height, marks,
            wanted[3], index, tables[0], windows, weeks, out_row, out_points,
        )  # fmt: skip
        for person in people:
            for place in range(wanted[0][person], wanted[0][person + 1]):
                slot[wanted[1][place]] = 0


@compiled
def _candidates(people, passes, key, bits, candidates):
    """Combine each person's maps in ``bits``; list what anybody may have, rising."""
    words = passes.shape[1]
    any_of = np.zeros(words, dtype=np.uint64)
    for lane in range(len(people)):
        person = people[lane]
        mine = bits[lane]
        mine[:] = passes[key[person, 0]]
        for rule in range(1, key.shape[1]):
            other = passes[key[person, rule]]
            for word in range(words):
                mine[word] &= other[word]
        for word in range(words):
            any_of[word] |= mine[word]
    count = 0
    for word in range(words):
        left = any_of[word]
        if left:
            for bit in range(64):
                candidates[count] = word * 64 + bit
                count += (left >> np.uint64(bit)) & np.uint64(1)
    return count


@compiled
def _strike(people, few_at, few, bits):
    """Take out what is listed person by person."""
    for lane in range(len(people)):
        for place in range(few_at[people[lane]], few_at[people[lane] + 1]):
            row = few[place]
            bits[lane, row >> 6] &= ~(np.uint64(1) << np.uint64(row & 63))


@compiled
def _fill_tile(people, wanted, slot, tile):
    """Give each feature of the group a line of weights; line 0 is nobody's."""
    at, feature, weight, _bar = wanted
    height = 1
    for person in people:
        for place in range(at[person], at[person + 1]):
            if slot[feature[place]] == 0:
                slot[feature[place]] = height
                height += 1
    tile = _cleared(tile, height)
    for lane in range(len(people)):
        for place in range(at[people[lane]], at[people[lane] + 1]):
            tile[slot[feature[place]], lane] = weight[place]
    return tile, height


@compiled
def _cleared(tile, height):
    """Give a tile with noughts, and room for the lines of the tables beneath."""
    if tile.shape[0] < height + 2 * WIDTH:
        return np.zeros((2 * (height + 2 * WIDTH), WIDTH), dtype=np.int16)
    tile[:height] = 0
    return tile


@compiled
def _mark_tables(people, key, height, tile):
    """Add a line for each different row of the tables: a one for whoever has it."""
    marks = np.empty(WIDTH * key.shape[1], dtype=np.int32)
    count = 0
    if tile.shape[0] < height + WIDTH * key.shape[1]:
        taller = np.zeros((height + WIDTH * key.shape[1], WIDTH), dtype=np.int16)
        taller[:height] = tile[:height]
        tile = taller
    for term in range(key.shape[1]):
        begin = count
        for lane in range(len(people)):
            mine = key[people[lane], term]
            line = begin
            while line < count and marks[line] != mine:
                line += 1
            if line == count:
                marks[count] = mine
                tile[height + count] = 0
                count += 1
            tile[height + line, lane] = 1
    return tile, marks[:count]


@compiled
def _stream(
    people, candidates, bits, tile, slot, height, marks,
    bar, index, tables, windows, weeks, out_row, out_points,
):  # fmt: skip
    """Score each candidate for all of the group at once, and keep the best of each person."""
    starts, features, values = index
    lanes = (len(people) + LANES - 1) // LANES * LANES
    beat, begins, ends, full = _lanes_of(people, bar, windows)
    latest, earliest = begins[: len(people)].max(), ends[: len(people)].min()
    score = np.zeros(WIDTH, dtype=np.int16)
    short = np.zeros(WIDTH, dtype=np.int16)
    signs = short.view(np.uint64)
    lines = np.zeros(4096, dtype=np.int32)
    worth = np.zeros(4096, dtype=np.int16)
    for row in candidates:
        found = len(marks)
        for mark in range(found):
            lines[mark] = height + mark
            worth[mark] = tables[marks[mark], row]
        for place in range(starts[row], starts[row + 1]):
            line = slot[features[place]]
            lines[found] = line
            worth[found] = values[place]
            found += line > 0
        score[:lanes] = full[:lanes]
        if weeks[0][row] < latest or weeks[1][row] > earliest:
            _weeks(row, begins, ends, weeks, full, score, lanes)
        _add(score, tile, lines, worth, found, lanes)
        for lane in range(lanes):
            short[lane] = beat[lane] - score[lane]
        above = np.uint64(0)
        for word in range(lanes // 4):
            above |= signs[word]
        if above & SIGNS:
            _insert(row, people, bits, score, short, beat, out_row, out_points)


@compiled
def _lanes_of(people, bar, windows):
    """Lay out each lane's bar and window; empty lanes let nothing in."""
    beat = np.full(WIDTH, SHUT, dtype=np.int16)
    begins = np.zeros(WIDTH, dtype=np.int32)
    ends = np.zeros(WIDTH, dtype=np.int32)
    full = np.zeros(WIDTH, dtype=np.int16)
    for lane in range(len(people)):
        person = people[lane]
        beat[lane] = max(bar[person], 1) - 1
        begins[lane] = windows[0][person]
        ends[lane] = windows[1][person]
        full[lane] = windows[2][person]
    return beat, begins, ends, full


@compiled
def _weeks(row, begins, ends, weeks, full, score, lanes):
    """Look up the points of the weeks that each lane shares with one opportunity."""
    start, end = np.int32(weeks[0][row]), np.int32(weeks[1][row])
    share = weeks[3][weeks[2][row]]
    for lane in range(lanes):
        shared = max(min(end, ends[lane]) - max(start, begins[lane]) + 1, 0)
        score[lane] = share[shared] if full[lane] else 0


@compiled
def _add(score, tile, lines, worth, found, lanes):
    """Add lines of the tile, each times its worth, four in one pass; 16 bits hold every sum."""
    four = found // 4 * 4
    for at in range(0, four, 4):
        one, two, three, last = (
            tile[lines[at]], tile[lines[at + 1]], tile[lines[at + 2]], tile[lines[at + 3]]
        )  # fmt: skip
        a, b, c, d = worth[at], worth[at + 1], worth[at + 2], worth[at + 3]
        for lane in range(lanes):
            score[lane] += a * one[lane] + b * two[lane] + c * three[lane] + d * last[lane]
    for at in range(four, found):
        line, times = tile[lines[at]], worth[at]
        for lane in range(lanes):
            score[lane] += times * line[lane]


@compiled
def _insert(row, people, bits, score, short, beat, out_row, out_points):
    """Put one opportunity in the lists that it enters; equals stay before it."""
    word, bit = row >> 6, np.uint64(row & 63)
    for lane in range(len(people)):
        if short[lane] < 0 and (bits[lane, word] >> bit) & np.uint64(1):
            rows, points = out_row[people[lane]], out_points[people[lane]]
            place = len(points) - 1
            while place > 0 and points[place - 1] < score[lane]:
                points[place] = points[place - 1]
                rows[place] = rows[place - 1]
                place -= 1
            points[place] = score[lane]
            rows[place] = row
            beat[lane] = max(beat[lane], points[-1])
