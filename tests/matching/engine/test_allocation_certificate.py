"""The certificate proves a round that is right, and finds every one that is not."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.allocation import allocate
from matching.engine.certificate import Certificate, Fault, blocking_pairs, certificate, faults
from matching.engine.contest import NOTHING, SHUT, Allocation, Contest, placed
from tests.matching.engine.contests import contests, is_stable, listed
from tests.matching.engine.instances import fairly


def kinds(found):
    return [fault.kind for fault in found]


@st.composite
def contests_and_any_places(draw):
    """A contest, and places that somebody made up."""
    contest = draw(contests(people=6))
    sizes = np.diff(contest.at).tolist()
    place = [draw(st.integers(NOTHING, size - 1)) for size in sizes]
    return contest, placed(contest, np.array(place, dtype=np.int32))


@fairly
@given(contests(people=20, offers=8))
def test_a_round_that_was_decided_has_no_faults(contest):
    got = allocate(contest)

    assert faults(contest, got, certificate(contest, got)) == []


@fairly
@given(contests_and_any_places())
def test_what_is_not_stable_has_faults_and_nothing_else_has(made):
    contest, got = made

    right = is_stable(contest, got.match.tolist())

    assert (faults(contest, got) == []) is right


@fairly
@given(contests(people=20, offers=8))
def test_everybody_has_the_first_choice_whose_cut_off_they_clear(contest):
    got = allocate(contest)
    cut = certificate(contest, got)

    for person, mine in enumerate(listed(contest)):
        open_to = [
            row
            for row, priority in mine
            if cut.clears(row, priority, contest.lottery[person], contest.served[person])
        ]
        assert got.match[person] == (open_to[0] if open_to else NOTHING)


@fairly
@given(contests(people=20, offers=8), st.data())
def test_a_certificate_that_was_changed_is_found(contest, data):
    got = allocate(contest)
    cut = certificate(contest, got)
    name = data.draw(st.sampled_from([field.name for field in fields(Certificate)]))
    row = data.draw(st.integers(0, contest.opportunities - 1))
    changed = getattr(cut, name).copy()
    changed[row] ^= data.draw(st.sampled_from([1, 2, 64]))

    found = faults(contest, got, replace(cut, **{name: changed}))

    assert found == [Fault("cut-off", NOTHING, row)]


def test_the_cut_offs_of_a_host_with_a_reserved_seat():
    # two seats, one reserved; 0 and 1 are not served, 2 and 3 are
    contest = Contest.of(
        [[(0, 9)], [(0, 8)], [(0, 5)], [(0, 4)]],
        capacity=[2],
        reserve=[1],
        served=[False, False, True, True],
    )

    got = allocate(contest)
    cut = certificate(contest, got)

    assert got.match.tolist() == [0, NOTHING, 0, NOTHING]
    assert (cut.open_priority[0], cut.open_lottery[0]) == (9, 0)
    assert (cut.reserve_priority[0], cut.reserve_lottery[0]) == (5, 2)
    assert (cut.capacity[0], cut.held[0], cut.reserve[0], cut.reserve_held[0]) == (2, 2, 1, 1)


def test_everybody_clears_the_cut_off_of_a_host_with_a_free_seat():
    contest = Contest.of([[(0, 0)], [(0, SHUT)]], capacity=[2])

    cut = certificate(contest, allocate(contest))

    clears = cut.clears(contest.choice, contest.priority, contest.lottery, contest.served)
    assert clears.tolist() == [True, False]


def test_nobody_clears_the_cut_off_of_a_host_without_seats():
    contest = Contest.of([[(0, 9)]], capacity=[0])

    cut = certificate(contest, allocate(contest))

    assert not cut.clears(0, 9, 0, served=True)


@pytest.mark.parametrize(
    ("place", "capacity", "kind"),
    [
        ([0, NOTHING], [1, 1], "shut"),
        ([1, 0], [1, 0], "over"),
        ([NOTHING, NOTHING], [1, 1], "better"),
    ],
)
def test_each_kind_of_fault_says_what_it_is(place, capacity, kind):
    contest = Contest.of([[(0, SHUT), (1, 3)], [(1, 5)]], capacity)

    found = faults(contest, placed(contest, np.array(place, dtype=np.int32)))

    assert kind in kinds(found)
    assert all(str(fault).split()[0] in {"Person", "Opportunity"} for fault in found)


@pytest.mark.parametrize(
    ("match", "place"), [([1], [0]), ([0], [1]), ([0], [NOTHING]), ([NOTHING], [0]), ([0], [-2])]
)
def test_a_place_that_is_not_that_choice_is_found(match, place):
    contest = Contest.of([[(0, 5)]], [1, 1])

    found = faults(contest, Allocation(np.array(match, np.int32), np.array(place, np.int32)))

    assert kinds(found) == ["list"]
    assert "not that choice" in str(found[0])


def test_a_pair_that_breaks_the_round_is_told():
    contest = Contest.of([[(0, 5), (1, 5)], [(0, 9)]], [1, 1])
    second = placed(contest, np.array([0, NOTHING], dtype=np.int32))

    assert blocking_pairs(contest, second).tolist() == [2]
    assert faults(contest, second) == [Fault("better", 1, 0)]


def test_a_reserved_seat_that_somebody_else_has_is_open_to_the_served():
    contest = Contest.of([[(0, 9)], [(0, 1)]], capacity=[1], reserve=[1], served=[False, True])

    found = faults(contest, placed(contest, np.array([0, NOTHING], dtype=np.int32)))

    assert found == [Fault("better", 1, 0)]


def test_what_belongs_to_another_contest_is_refused():
    one, other = Contest.of([[(0, 5)]], [1]), Contest.of([[(0, 5), (1, 5)], []], [1, 1])
    got = allocate(one)

    with pytest.raises(ValueError, match="allocation is not one of this contest"):
        faults(other, got)
    with pytest.raises(ValueError, match="certificate is not one of this contest"):
        faults(other, allocate(other), certificate(one, got))
