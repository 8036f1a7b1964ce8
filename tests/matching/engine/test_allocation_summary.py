"""A round in numbers."""

import numpy as np
import pytest

from matching.engine.allocation import allocate
from matching.engine.allocation_summary import Share, summary
from matching.engine.contest import NOTHING, Contest, placed

LISTS = [[(0, 9), (1, 9)], [(0, 8), (1, 8)], [(0, 7), (1, 7), (2, 7), (3, 7)], [(0, 1)], []]
CONTEST = Contest.of(LISTS, [1, 1, 0, 5])
POINTS = np.array([90, 10, 80, 20, 1, 2, 3, 4, 5], dtype=np.int32)


def test_choices_seats_and_points_are_counted():
    found = summary(CONTEST, allocate(CONTEST), POINTS)

    assert (found.people, found.matched, found.unmatched) == (4, 3, 1)
    assert (found.first, found.top_three) == (1, 2)
    assert (found.seats, found.points) == (7, 90 + 20 + 4)
    assert found.stable
    assert found.shares == ()


def test_a_third_choice_is_one_of_the_first_three_and_a_fourth_is_not():
    contest = Contest.of([[(0, 1), (1, 1), (2, 1), (3, 1)]] * 2, [0, 0, 1, 1])

    found = summary(contest, allocate(contest), np.ones(8, dtype=np.int32))

    assert (found.matched, found.first, found.top_three) == (2, 0, 1)


def test_shares_are_told_by_label_and_leave_out_who_listed_nothing():
    labels = ["Wales", "Leeds", "Leeds", "Wales", "Kent"]

    found = summary(CONTEST, allocate(CONTEST), POINTS, labels)

    assert found.shares == (Share("Leeds", 2, 2), Share("Wales", 2, 1))
    assert [share.unmatched for share in found.shares] == [0, 1]


def test_what_is_not_stable_says_so():
    nothing = placed(CONTEST, np.full(5, NOTHING, dtype=np.int32))

    found = summary(CONTEST, nothing, POINTS)

    assert (found.matched, found.first, found.points, found.stable) == (0, 0, 0, False)


def test_an_empty_round_has_noughts():
    empty = Contest.of([], [])

    found = summary(empty, allocate(empty), np.zeros(0, np.int32), [])

    assert (found.people, found.seats, found.stable, found.shares) == (0, 0, True, ())


def test_points_and_labels_of_another_size_are_refused():
    with pytest.raises(ValueError, match="each pair"):
        summary(CONTEST, allocate(CONTEST), POINTS[:3])
    with pytest.raises(ValueError, match="each person"):
        summary(CONTEST, allocate(CONTEST), POINTS, ["Wales"])
