"""Prices change the order of lists; not the points, and not what is good enough for one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.crowd import make
from matching.engine.build import build
from matching.engine.everyone import best_lists
from matching.engine.points import BIAS
from matching.engine.prices import exposure, gini, lists_at, priced_lists
from matching.engine.work import prepare
from tests.matching.engine.instances import REFERENCE, fairly, many_offers
from tests.matching.engine.test_everyone import KERNELS, arrays_of, crowds


def by_hand(everything, price, k):
    """Sort all that is good enough by points less price; of equals the first in the lottery."""
    rows, points = everything.row, everything.points
    for mine, worth in zip(rows.tolist(), points.tolist(), strict=True):
        has = [(price[row] - point, row, point) for row, point in zip(mine, worth, strict=True)]
        has = [one for one in has if one[1] >= 0]
        yield [(row, point) for _less, row, point in sorted(has)[:k]]


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(crowds, many_offers(most=30), st.integers(1, 4), st.data())
def test_a_list_has_the_best_by_points_less_price_of_what_is_good_enough(
    kernel, crowd, facts, k, data
):
    offers = build(facts, REFERENCE, seed=11)
    prices = st.integers(-BIAS // 2, BIAS // 2)
    price = np.array([data.draw(prices) for _offer in facts], dtype=np.int16)
    people = arrays_of(crowd)
    everything = best_lists(prepare(people, offers, REFERENCE, k=len(facts)), kernel="numpy")

    lists = lists_at(prepare(people, offers, REFERENCE, k=k), price, kernel=kernel)

    found = [
        [(row, point) for row, point in zip(mine, worth, strict=True) if row >= 0]
        for mine, worth in zip(lists.row.tolist(), lists.points.tolist(), strict=True)
    ]
    assert found == list(by_hand(everything, price.tolist(), k))


@pytest.fixture(scope="module")
def work():
    people, offers, reference = make(1_500, 600)
    return prepare(people, offers, reference, k=4)


def test_prices_spread_people_over_opportunities(work):
    priced = priced_lists(work, 3, kernel="numpy")

    assert priced.gini_after < priced.gini_before - 0.02
    assert priced.after.max() < priced.before.max()
    assert (priced.after > 0).sum() >= (priced.before > 0).sum()
    # nobody's list gets shorter
    plain = best_lists(work, kernel="numpy")
    assert ((plain.row >= 0).sum(axis=1) == (priced.lists.row >= 0).sum(axis=1)).all()


def test_a_list_is_as_long_as_it_can_be_whatever_the_prices_lift_above_it(work):
    chance = np.random.default_rng(2)
    price = chance.integers(-BIAS // 2, BIAS // 2, 600).astype(np.int16)

    lists = lists_at(replace(work, k=1), price, kernel="numpy")

    plain = best_lists(replace(work, k=1), kernel="numpy")
    assert ((lists.row >= 0) == (plain.row >= 0)).all()


def test_what_has_more_seats_may_be_on_more_lists(work):
    popular = int(exposure(best_lists(work, kernel="numpy"), 600).argmax())
    seats = np.ones(600, dtype=np.int32)
    seats[popular] = 100

    alike, by_seats = priced_lists(work, 2), priced_lists(work, 2, seats=seats)

    assert by_seats.price[popular] < alike.price[popular]
    assert by_seats.after[popular] >= alike.after[popular]


def test_no_pass_leaves_lists_as_they_are(work):
    plain, priced = best_lists(work, kernel="numpy"), priced_lists(work, 0, kernel="numpy")

    assert np.array_equal(priced.lists.row, plain.row)
    assert np.array_equal(priced.lists.points, plain.points)
    assert not priced.price.any()
    assert priced.gini_before == priced.gini_after


def test_a_price_out_of_range_is_refused(work):
    with pytest.raises(ValueError, match="from -1000 to 1000"):
        lists_at(work, np.full(600, 1_001, dtype=np.int16))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([3, 3, 3], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([0, 0], 0)],
)
def test_how_unequal_counts_are(counts, expected):
    assert gini(np.array(counts)) == pytest.approx(expected)
