"""Free seats go to those who would rather have them, the best first, and push nobody out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.allocation import allocate
from matching.engine.contest import NOTHING, SHUT, Allocation, Contest
from matching.engine.vacancies import fill_vacancies, moves
from tests.matching.engine.contests import contests, is_stable, listed
from tests.matching.engine.instances import fairly


def without(allocation, leavers):
    """Take away the places of those who leave."""
    match, place = allocation.match.copy(), allocation.place.copy()
    match[leavers], place[leavers] = NOTHING, NOTHING
    return Allocation(match, place)


@st.composite
def afterwards(draw):
    """A contest, what is held once some left, and who waits: some that hold something too."""
    contest = draw(contests(people=12, offers=5))
    got = allocate(contest)
    says = np.array(
        draw(st.lists(st.sampled_from("LWF"), min_size=len(got.match), max_size=len(got.match))),
        dtype="U1",
    )
    held = without(got, says == "L")
    return contest, held, says == "W"


def by_hand(contest, held, waiting, seed):
    """Offer one free seat at a time, in any order, to whom the host would choose."""
    match, lists, draw = held.match.tolist(), listed(contest), np.random.default_rng(seed)

    def wants(one, row):
        rows = [choice for choice, _priority in lists[one]]
        if not waiting[one] or dict(lists[one]).get(row, SHUT) == SHUT:
            return False
        return match[one] == NOTHING or rows.index(row) < rows.index(match[one])

    while True:
        found = []
        for row in range(contest.opportunities):
            holds = {one for one, has in enumerate(match) if has == row}
            if len(holds) < contest.capacity[row]:
                line = {one for one in range(contest.people) if wants(one, row)}
                taken = chosen_one(contest, row, holds, line)
                found += [(taken, row)] if taken is not None else []
        if not found:
            return match
        person, row = found[draw.integers(len(found))]
        match[person] = row


def chosen_one(contest, row, holds, line):
    """Choose who gets one free seat: a reserved one goes to the served if one of them asks."""
    worth = listed(contest)
    order = sorted(line, key=lambda one: (-dict(worth[one])[row], contest.lottery[one]))
    served = [one for one in order if contest.served[one]]
    kept_free = sum(contest.served[one] for one in holds) < contest.reserve[row]
    return next(iter([*served, *order] if kept_free else order), None)


@fairly
@given(afterwards(), st.integers(0, 5))
def test_the_order_in_which_free_seats_are_offered_changes_nothing(after, seed):
    contest, held, waiting = after

    filled = fill_vacancies(contest, held, waiting)

    assert filled.match.tolist() == by_hand(contest, held, waiting, seed)


@fairly
@given(afterwards())
def test_nobody_loses_a_seat_and_whoever_does_not_wait_keeps_theirs(after):
    contest, held, waiting = after

    filled = fill_vacancies(contest, held, waiting)

    assert np.array_equal(filled.match[~waiting], held.match[~waiting])
    before = np.where(held.place == NOTHING, 99, held.place)
    assert (np.where(filled.place == NOTHING, 99, filled.place) <= before).all()
    seats = np.bincount(filled.match[filled.match >= 0], minlength=contest.opportunities)
    assert (seats <= contest.capacity).all()


@fairly
@given(afterwards())
def test_among_those_who_remain_the_round_is_still_stable(after):
    contest, held, waiting = after
    lists = [
        mine
        if waiting[one]
        else [(row, priority) for row, priority in mine if row == held.match[one]]
        for one, mine in enumerate(listed(contest))
    ]
    remaining = Contest.of(
        lists,
        contest.capacity.tolist(),
        lottery=contest.lottery,
        reserve=contest.reserve.tolist(),
        served=contest.served.tolist(),
    )

    filled = fill_vacancies(contest, held, waiting)

    assert is_stable(remaining, filled.match.tolist())


def test_a_chain_runs_until_nobody_wants_the_last_seat():
    # 0 declines the first place; 1 moves up from the second, 2 from the third; 3 gets the third
    contest = Contest.of(
        [[(0, 9)], [(0, 8), (1, 9)], [(0, 1), (1, 8), (2, 9)], [(1, 1), (2, 8)]], [1, 1, 1]
    )
    held = without(allocate(contest), [0])

    filled = fill_vacancies(contest, held, np.array([False, True, True, True]))

    assert filled.match.tolist() == [NOTHING, 0, 1, 2]
    assert list(moves(held, filled)) == [(1, 1, 0), (2, 2, 1), (3, NOTHING, 2)]


def test_a_free_reserved_seat_goes_to_the_best_of_the_served():
    contest = Contest.of(
        [[(0, 9)], [(0, 8)], [(0, 5)], [(0, 3)]],
        capacity=[1],
        reserve=[1],
        served=[True, False, True, True],
    )
    held = without(allocate(contest), [0])

    filled = fill_vacancies(contest, held, np.array([False, True, True, True]))

    assert filled.match.tolist() == [NOTHING, NOTHING, 0, NOTHING]


def test_only_as_many_of_the_free_seats_are_reserved_as_the_reserve_says():
    lists = [[(0, 5)], [(0, 4)], [(0, 3)]]
    contest = Contest.of(lists, capacity=[2], reserve=[1], served=[True, False, True])
    held = without(allocate(contest), [0, 1, 2])

    filled = fill_vacancies(contest, held, np.array([True, True, True]))

    assert filled.match.tolist() == [0, 0, NOTHING]


def test_a_free_reserved_seat_is_anybodys_when_none_of_the_served_waits():
    contest = Contest.of(
        [[(0, 9)], [(0, 8)], [(0, 5)]], capacity=[1], reserve=[1], served=[True, False, True]
    )
    held = without(allocate(contest), [0])

    filled = fill_vacancies(contest, held, np.array([False, True, False]))

    assert filled.match.tolist() == [NOTHING, 0, NOTHING]


def test_a_seat_that_was_taken_away_is_not_filled_again():
    lists = [[(0, 9)], [(0, 8)], [(0, 7)]]
    held = without(allocate(Contest.of(lists, [2])), [0])

    filled = fill_vacancies(Contest.of(lists, [1]), held, np.array([False, False, True]))

    assert filled.match.tolist() == [NOTHING, 0, NOTHING]


def test_arrays_of_another_size_are_refused():
    contest = Contest.of([[(0, 9)]], [1])

    with pytest.raises(ValueError, match="one entry for each person"):
        fill_vacancies(contest, allocate(contest), np.array([True, False]))
