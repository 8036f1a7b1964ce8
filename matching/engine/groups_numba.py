"""The compiled search for the best cut of a node: the one that numpy finds, ten times as fast."""

import os

import numba
import numpy as np

compiled = numba.njit(nogil=True, cache=bool(os.environ.get("NUMBA_CACHE_DIR")), boundscheck=False)


@compiled
def best_cut(axes, key, sample, rows, seen, lanes):
    """Try every cut of every axis; give the axis (-1: none), the cut's cost and what it does.

    axes is where each axis begins (int64[X + 1]) and the answers in its order (int64[...]), as
    rows of ``sample``. What comes back besides: bool[D], which answers go left, and what either
    half must look at (uint64[words]).
    """
    starts, order = axes
    counts = np.zeros(len(sample), dtype=np.int64)
    for person in rows:
        for rule in range(key.shape[1]):
            counts[key[person, rule]] += 1
    there = np.empty(len(order), dtype=np.int64)
    costs = np.empty(len(order), dtype=np.int64)
    least, found, at = 0, -1, 0
    for axis in range(len(starts) - 1):
        number = _present(starts[axis], starts[axis + 1], order, counts, there)
        if number <= 1:
            continue
        costs[:number] = 0
        _add_costs(there[:number], costs, 0, counts, sample, seen, lanes)
        _add_costs(there[:number][::-1], costs[: number - 1][::-1], 0, counts, sample, seen, lanes)
        place = int(costs[: number - 1].argmin())
        if found == -1 or costs[place] < least:
            least, found, at = int(costs[place]), axis, place
    goes_left = np.zeros(len(sample), dtype=np.bool_)
    left, right = np.zeros_like(seen), np.zeros_like(seen)
    if found != -1:
        number = _present(starts[found], starts[found + 1], order, counts, there)
        for place in range(number):
            goes_left[there[place]] = place <= at
            if place <= at:
                left |= sample[there[place]] & seen
            else:
                right |= sample[there[place]] & seen
    return found, least, goes_left, left, right


@compiled
def _present(first, last, order, counts, there):
    """List the answers of an axis that somebody of the node gave."""
    number = 0
    for place in range(first, last):
        if counts[order[place]]:
            there[number] = order[place]
            number += 1
    return number


@compiled
def _add_costs(answers, costs, people, counts, sample, seen, lanes):
    """Add what the people up to each answer must look at, from one end of the axis."""
    looked = np.zeros_like(seen)
    for place in range(len(answers) - 1):
        people += counts[answers[place]]
        bits = 0
        for word in range(len(seen)):
            looked[word] |= sample[answers[place], word] & seen[word]
            bits += _ones(looked[word])
        costs[place] += (people + lanes - 1) // lanes * lanes * bits


@compiled
def _ones(word):
    """Count the ones of a word (Warren, "Hacker's Delight", 2002)."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    fours = np.uint64(0x3333333333333333)
    word = (word & fours) + ((word >> np.uint64(2)) & fours)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))
