"""A round is decided as the rule says, by every kernel, whoever asks first."""

from functools import cache
from importlib.util import find_spec, module_from_spec

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.engine import deferred_heapq, deferred_numpy
from matching.engine.allocation import FEW, MANY, allocate, kernel_named
from matching.engine.contest import MOST_PRIORITY, NOTHING, SHUT, Contest, draw_lottery
from tests.matching.engine.contests import (
    best_for_everybody,
    contests,
    is_stable,
    listed,
    places_of,
)
from tests.matching.engine.instances import fairly

needs_numba = pytest.mark.skipif(not find_spec("numba"), reason="numba is an extra")
KERNELS = ["heapq", "numpy", pytest.param("numba", marks=needs_numba)]


@cache
def interpreted():
    """Load the compiled kernel anew as plain Python, in which every line can be followed."""
    import numba  # noqa: PLC0415 - an extra

    spec = find_spec("matching.engine.deferred_numba")
    module = module_from_spec(spec)
    before, numba.config.DISABLE_JIT = numba.config.DISABLE_JIT, 1
    try:
        spec.loader.exec_module(module)
    finally:
        numba.config.DISABLE_JIT = before
    return module


def changed(contest, **fields):
    """Give a contest with some arrays changed."""
    arrays = {name: getattr(contest, name) for name in Contest.__slots__}
    return Contest(**arrays | fields)


def with_list(contest, person, mine):
    """Give a contest in which one person says something else."""
    lists = listed(contest)
    lists[person] = mine
    return Contest.of(
        lists,
        contest.capacity.tolist(),
        lottery=contest.lottery,
        reserve=contest.reserve.tolist(),
        served=contest.served.tolist(),
    )


def cost(contest, allocation):
    """Tell how far down their list each person is; nothing is the furthest."""
    return np.where(allocation.place == NOTHING, np.diff(contest.at), allocation.place)


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(contests())
def test_the_allocation_is_the_stable_one_that_is_best_for_everybody(kernel, contest):
    got = allocate(contest, kernel=kernel)

    assert tuple(got.match.tolist()) == best_for_everybody(contest)


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(contests(people=30, offers=8, seats=5))
def test_every_kernel_decides_the_same_and_tells_the_choice(kernel, contest):
    got = allocate(contest, kernel=kernel)

    assert got.match.tolist() == allocate(contest, kernel="heapq").match.tolist()
    assert is_stable(contest, got.match.tolist())
    for one, mine in enumerate(listed(contest)):
        found = NOTHING if got.place[one] == NOTHING else mine[got.place[one]][0]
        assert got.match[one] == found


@needs_numba
@fairly
@given(contests(people=30, offers=8, seats=5))
def test_the_compiled_kernel_says_what_it_does(contest):
    place = interpreted().places(contest)

    assert place.tolist() == deferred_heapq.places(contest).tolist()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kernel", KERNELS)
def test_kernels_agree_on_a_round_of_thousands(kernel, seed):
    draw = np.random.default_rng(seed)
    size = draw.integers(0, 12, 4_000)
    lists = [
        [(row, int(draw.integers(SHUT, 50))) for row in draw.permutation(300)[:count].tolist()]
        for count in size.tolist()
    ]
    capacity = draw.integers(0, 12, 300)
    contest = Contest.of(
        lists,
        capacity.tolist(),
        lottery=draw.permutation(4_000),
        reserve=(capacity * draw.random(300)).astype(int).tolist(),
        served=(draw.random(4_000) < 0.3).tolist(),
    )

    got = allocate(contest, kernel=kernel)

    assert got.match.tolist() == allocate(contest, kernel="heapq").match.tolist()


@fairly
@given(contests(people=12, offers=5), st.data())
def test_the_order_of_rows_and_people_changes_nothing(contest, data):
    people = data.draw(st.permutations(range(contest.people)))
    rows = data.draw(st.permutations(range(contest.opportunities)))
    lists, new = listed(contest), {row: number for number, row in enumerate(rows)}

    turned = Contest.of(
        [[(new[row], priority) for row, priority in lists[one]] for one in people],
        contest.capacity[rows].tolist(),
        lottery=contest.lottery[people],
        reserve=contest.reserve[rows].tolist(),
        served=contest.served[people].tolist(),
    )

    assert allocate(turned).place.tolist() == allocate(contest).place[people].tolist()


@fairly
@given(contests(people=5, offers=3, fewest=1), st.data())
def test_nobody_gains_by_listing_anything_but_what_they_want(contest, data):
    person = data.draw(st.integers(0, contest.people - 1))
    truth = listed(contest)[person]
    told = places_of(contest, allocate(contest).match.tolist())

    # every order of every part of the list
    for lie in orders(truth):
        match = allocate(with_list(contest, person, lie)).match.tolist()
        assert places_of(contest, match)[person] >= told[person]


def orders(pairs):
    """Give every order of every part of a list."""
    yield []
    for one in pairs:
        for rest in orders([other for other in pairs if other != one]):
            yield [one, *rest]


@fairly
@given(contests(people=15, offers=5), st.data())
def test_one_more_seat_hurts_nobody(contest, data):
    row = data.draw(st.integers(0, contest.opportunities - 1))
    more = contest.capacity.copy()
    more[row] += 1

    before, after = allocate(contest), allocate(changed(contest, capacity=more))

    assert (cost(contest, after) <= cost(contest, before)).all()


@fairly
@given(contests(people=15, offers=5))
def test_no_seat_is_empty_that_somebody_would_rather_have(contest):
    got = allocate(contest)

    held = np.bincount(got.match[got.match >= 0], minlength=contest.opportunities)
    assert (held <= contest.capacity).all()
    for one, mine in enumerate(listed(contest)):
        better = mine[: cost(contest, got)[one]]
        assert all(
            held[row] == contest.capacity[row] for row, priority in better if priority != SHUT
        )


@fairly
@given(contests(people=15, offers=5))
def test_reserved_seats_go_to_the_served_while_one_of_them_would_rather_have_one(contest):
    got = allocate(contest)

    has_served = got.match[contest.served & (got.match >= 0)]
    kept = np.bincount(has_served, minlength=contest.opportunities)
    for one in np.flatnonzero(contest.served).tolist():
        better = listed(contest)[one][: cost(contest, got)[one]]
        for row, priority in better:
            assert priority == SHUT or kept[row] >= contest.reserve[row]


@fairly
@given(contests(people=15, offers=1, seats=6))
def test_at_one_host_a_reserve_takes_no_place_from_the_served_and_leaves_no_seat_empty(contest):
    none = changed(contest, reserve=np.zeros_like(contest.reserve))

    with_reserve, without = allocate(contest).match, allocate(none).match

    served = contest.served
    assert (with_reserve[served] >= 0).sum() >= (without[served] >= 0).sum()
    assert (with_reserve >= 0).sum() == (without >= 0).sum()


@fairly
@given(contests(people=15, offers=5))
def test_reserves_do_not_make_all_of_the_served_worse_off(contest):
    none = changed(contest, reserve=np.zeros_like(contest.reserve))

    after, before = cost(contest, allocate(contest)), cost(none, allocate(none))

    served = contest.served
    assert not served.any() or not (after[served] > before[served]).all()


@fairly
@given(contests(people=15, offers=5))
def test_reserves_for_nobody_change_nothing(contest):
    nobody = np.zeros_like(contest.served)
    none = changed(contest, served=nobody, reserve=np.zeros_like(contest.reserve))

    assert (
        allocate(changed(contest, served=nobody)).match.tolist() == allocate(none).match.tolist()
    )


@fairly
@given(contests(people=15, offers=5, fewest=1), st.data())
def test_the_one_who_is_first_everywhere_gets_their_first_choice(contest, data):
    person = data.draw(st.integers(0, contest.people - 1))
    lists = listed(contest)
    assume(lists[person] and contest.capacity[lists[person][0][0]])
    # nobody is served, so that being first is enough
    first = with_list(
        changed(contest, served=np.zeros_like(contest.served)),
        person,
        [(row, MOST_PRIORITY) for row, _priority in lists[person]],
    )

    assert allocate(first).place[person] == 0


def test_an_empty_round_is_decided():
    for kernel in ("heapq", "numpy", "best"):
        assert allocate(Contest.of([], []), kernel=kernel).match.tolist() == []
        assert allocate(Contest.of([[]], [3]), kernel=kernel).match.tolist() == [NOTHING]


def test_a_compiler_starts_only_for_a_round_that_is_worth_its_while():
    assert kernel_named("best", FEW) is deferred_heapq.places
    assert kernel_named("best", FEW + 1) is deferred_numpy.places
    assert kernel_named("best", MANY) is deferred_numpy.places
    largest = kernel_named("best", MANY + 1).__module__
    assert largest == f"matching.engine.deferred_{'numba' if find_spec('numba') else 'numpy'}"


def test_a_kernel_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="quantum"):
        kernel_named("quantum", 1)


ONE = Contest.of([[(0, 5), (1, 5)]], [1, 1])
WRONG = {
    "at must rise": {"at": np.array([0, 1])},
    "at must rise from": {"at": np.zeros(0, dtype=np.int64)},
    "at must be a list of numbers of the kind int64": {"at": [0, 2]},
    "priority must have one": {"priority": np.zeros(3, dtype=np.int32)},
    "priority must be from": {"priority": np.array([-2, 0], dtype=np.int32)},
    "priority must be from -1": {"priority": np.array([0, MOST_PRIORITY + 1], dtype=np.int32)},
    "choice names an opportunity that is not": {"choice": np.array([0, 2], dtype=np.int32)},
    "choice names an opportunity twice": {"choice": np.array([1, 1], dtype=np.int32)},
    "choice must be a list": {"choice": np.array([[0, 1]], dtype=np.int32)},
    "lottery must be a list of numbers": {"lottery": np.zeros(1)},
    "lottery must hold": {"lottery": np.array([1])},
    "lottery and served": {"served": np.zeros(2, dtype=np.bool_)},
    "capacity must not be negative": {"capacity": np.array([1, -1], dtype=np.int32)},
    "reserve must have one": {"reserve": np.zeros(1, dtype=np.int32)},
    "reserve must be from 0": {"reserve": np.array([0, 2], dtype=np.int32)},
    "reserve must be": {"reserve": np.array([0, -1], dtype=np.int32)},
}


@pytest.mark.parametrize("message", WRONG)
def test_a_contest_that_cannot_be_is_refused(message):
    with pytest.raises(ValueError, match=message):
        changed(ONE, **WRONG[message])


def test_weights_that_would_overflow_are_refused():
    with pytest.raises(ValueError, match="priority does not fit 32 bits"):
        Contest.of([[(0, 2**31)]], [1])


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_most_and_the_least_priority_can_be_told_apart(kernel):
    contest = Contest.of(
        [[(0, MOST_PRIORITY - 1)], [(0, MOST_PRIORITY)], [(0, 0)], [(0, SHUT)]],
        [1],
        lottery=[0, 3, 2, 1],
    )

    assert allocate(contest, kernel=kernel).match.tolist() == [NOTHING, 0, NOTHING, NOTHING]


def test_the_lottery_is_the_same_for_the_same_seed_and_swaps_nobody_when_others_leave():
    keys = np.array([31, 4, 15, 92, 65], dtype=np.int64)

    drawn = draw_lottery(keys, seed=7)

    assert sorted(drawn.tolist()) == [0, 1, 2, 3, 4]
    assert np.array_equal(draw_lottery(keys, seed=7), drawn)
    assert any(not np.array_equal(draw_lottery(keys, seed), drawn) for seed in range(5))
    some = draw_lottery(keys[[0, 2, 4]], seed=7)
    assert np.argsort(some).tolist() == np.argsort(drawn[[0, 2, 4]]).tolist()


def test_two_people_cannot_have_one_key_in_the_lottery():
    with pytest.raises(ValueError, match="keys must not stand twice"):
        draw_lottery(np.array([3, 3]), seed=1)
