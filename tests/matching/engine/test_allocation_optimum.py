"""The most points that capacities allow, against every way there is and against another solver."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.engine import optimum as module
from matching.engine.contest import NOTHING, SHUT, Contest
from matching.engine.optimum import optimum, suggest_pairs
from tests.matching.engine.contests import contests, listed
from tests.matching.engine.instances import fairly


def best_total(contest, points):
    """Try every way of giving places."""
    lists = listed(contest)
    worth = [
        {NOTHING: 0}
        | {
            mine[place][0]: int(points[contest.at[one] + place])
            for place in range(len(mine))
            if mine[place][1] != SHUT
        }
        for one, mine in enumerate(lists)
    ]
    return max(
        sum(of[row] for of, row in zip(worth, match, strict=True))
        for match in product(*worth)
        if all(match.count(row) <= seats for row, seats in enumerate(contest.capacity))
    )


@fairly
@given(contests(people=5), st.data())
def test_no_other_way_has_more_points(contest, data):
    size = len(contest.choice)
    points = np.array(
        data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)), dtype=np.int32
    )

    got = optimum(contest, points)

    pairs = (contest.at[:-1] + got.place)[got.match != NOTHING]
    assert (contest.priority[pairs] != SHUT).all()
    held = np.bincount(got.match[got.match >= 0], minlength=contest.opportunities)
    assert (held <= contest.capacity).all()
    assert points[pairs].sum() == best_total(contest, points)


def test_a_large_round_has_the_points_that_another_solver_finds():
    draw = np.random.default_rng(3)
    points = draw.integers(1, 10_000, (120, 40), dtype=np.int32)
    capacity = draw.integers(1, 5, 40).astype(np.int32)
    contest = Contest.of([[(row, 0) for row in range(40)]] * 120, capacity.tolist())
    slots = np.repeat(np.arange(40), capacity)

    got = optimum(contest, points.ravel())

    has = got.match != NOTHING
    rows, columns = linear_sum_assignment(points[:, slots], maximize=True)
    assert points[has, got.match[has]].sum() == points[rows, slots[columns]].sum()


def test_points_of_another_size_are_refused():
    with pytest.raises(ValueError, match="each pair"):
        optimum(Contest.of([[(0, 1)]], [1]), np.zeros(2, dtype=np.int32))


@fairly
@given(st.data(), st.integers(0, 3), st.integers(0, 3))
def test_the_pairs_that_are_suggested_have_the_most_points(data, left, right):
    points = np.array(
        [[data.draw(st.integers(-2, 9)) for _right in range(right)] for _left in range(left)],
        dtype=np.int64,
    ).reshape(left, right)
    may = points % 4 != 0
    limits = [[data.draw(st.integers(0, 3)) for _one in range(size)] for size in (left, right)]

    pairs = suggest_pairs(points, may, *limits)

    assert may[pairs[:, 0], pairs[:, 1]].all()
    assert len({tuple(pair) for pair in pairs.tolist()}) == len(pairs)
    best = 0
    for way in product([False, True], repeat=points.size):
        chosen = np.array(way, dtype=np.bool_).reshape(points.shape) & may
        if (chosen.sum(axis=1) <= limits[0]).all() and (chosen.sum(axis=0) <= limits[1]).all():
            best = max(best, int(points[chosen].sum()))
    assert int(points[pairs[:, 0], pairs[:, 1]].sum()) == best
    assert all((pairs[:, 0] == one).sum() <= most for one, most in enumerate(limits[0]))
    assert all((pairs[:, 1] == one).sum() <= most for one, most in enumerate(limits[1]))


def test_a_mentor_with_two_places_is_suggested_twice():
    points = np.array([[9, 8], [7, 1]])

    once = suggest_pairs(points, points > 0, [1, 1], [1, 1])
    twice = suggest_pairs(points, points > 0, [2, 1], [1, 1])

    assert once.tolist() == [[0, 1], [1, 0]]
    assert twice.tolist() == [[0, 0], [0, 1]]


def test_sizes_and_limits_that_cannot_be_are_refused():
    one = np.ones((1, 1), dtype=np.int64)

    with pytest.raises(ValueError, match="a row for each"):
        suggest_pairs(one, one > 0, [1, 1], [1])
    with pytest.raises(ValueError, match="fewer than no pairs"):
        suggest_pairs(one, one > 0, [-1], [1])


def test_a_solver_that_gives_up_is_told(monkeypatch):
    class GaveUp:
        x, message = None, "no time"

    monkeypatch.setattr(module, "linprog", lambda *_args, **_kwargs: GaveUp)

    with pytest.raises(RuntimeError, match="no time"):
        optimum(Contest.of([[(0, 1)]], [1]), np.ones(1, dtype=np.int32))
