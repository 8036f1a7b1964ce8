"""A round is decided as the rule says, by every kernel, whoever asks first."""

import pytest
from hypothesis import given

from matching.engine.allocation import allocate
from tests.matching.engine.contests import (
    best_for_everybody,
    contests,
    is_stable,
    listed,
)
from tests.matching.engine.instances import fairly

KERNELS = ["heapq"]


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(contests())
def test_the_allocation_is_the_stable_one_that_is_best_for_everybody(kernel, contest):
    got = allocate(contest, kernel=kernel)

    assert tuple(got.match.tolist()) == best_for_everybody(contest)


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(contests(people=20, offers=8))
def test_the_place_is_the_number_of_the_choice(kernel, contest):
    got = allocate(contest, kernel=kernel)

    assert is_stable(contest, got.match.tolist())
    for one, mine in enumerate(listed(contest)):
        if got.match[one] >= 0:
            assert mine[got.place[one]][0] == got.match[one]
        else:
            assert got.place[one] == -1
