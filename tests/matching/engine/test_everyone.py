"""Everybody's lists are the ones that each person gets alone, whoever works them out."""

from functools import cache
from importlib.util import find_spec, module_from_spec
from sys import modules

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.build import build
from matching.engine.everyone import best_lists, kernel_named
from matching.engine.facts import PersonFacts
from matching.engine.groups import grouped
from matching.engine.live import search
from matching.engine.maps import map_rules
from matching.engine.people import People, build_people
from matching.engine.points import PARTIAL, least
from matching.engine.work import NOBODY, Lists, prepare
from tests.matching.engine import oracle
from tests.matching.engine.instances import REFERENCE, fairly, many_offers, people

needs_numba = pytest.mark.skipif(not find_spec("numba"), reason="numba is an extra")
KERNELS = ["numpy", pytest.param("numba", marks=needs_numba)]


@cache
def interpreted(name="kernel_numba"):
    """Load a compiled module anew as plain Python, in which every line can be followed."""
    import numba  # noqa: PLC0415 - an extra

    spec = find_spec(f"matching.engine.{name}")
    module = module_from_spec(spec)
    before, numba.config.DISABLE_JIT = numba.config.DISABLE_JIT, 1
    try:
        spec.loader.exec_module(module)
    finally:
        numba.config.DISABLE_JIT = before
    return module


crowds = st.lists(people(), min_size=1, max_size=12)


def arrays_of(crowd):
    return build_people(range(1, len(crowd) + 1), crowd, REFERENCE)


def found(lists, offers):
    """Write lists as pairs of key and points."""
    return [
        [(int(offers.pk[row]), int(n)) for row, n in zip(rows, points, strict=True) if row >= 0]
        for rows, points in zip(lists.row, lists.points, strict=True)
    ]


def of_the_oracle(person, offers, lottery, k):
    bar = least(PARTIAL, person.off)
    worth = []
    for offer in offers:
        total = sum(oracle.points(person, offer, REFERENCE).values())
        if total >= bar and not oracle.failures(person, offer, REFERENCE):
            worth.append((-total, lottery[offer.pk], offer.pk))
    return [(pk, -minus) for minus, _number, pk in sorted(worth)[:k]]


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(crowds, many_offers(most=30), st.integers(1, 8), st.sampled_from([1, 2, 3, 128]))
def test_a_list_is_the_oracles_and_the_one_the_person_gets_alone(kernel, crowd, facts, k, size):
    offers = build(facts, REFERENCE, seed=11)
    lottery = dict(zip(offers.pk.tolist(), offers.lottery.tolist(), strict=True))

    work = prepare(arrays_of(crowd), offers, REFERENCE, k=k, size=size)
    lists = found(best_lists(work, kernel=kernel), offers)

    everything = [(offers, np.ones(len(offers), dtype=np.bool_))]
    for person, mine in zip(crowd, lists, strict=True):
        alone = search(person, everything, REFERENCE, k).matches
        assert mine == [(one.pk, one.points) for one in alone]
        assert mine == of_the_oracle(person, facts, lottery, k)


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(crowds, many_offers(most=30), st.data())
def test_groups_threads_and_the_order_of_rows_change_nothing(kernel, crowd, facts, data):
    size, threads = data.draw(st.sampled_from([1, 4, 128])), data.draw(st.integers(1, 4))
    offers = build(facts, REFERENCE, seed=11)
    once = best_lists(prepare(arrays_of(crowd), offers, REFERENCE), kernel="numpy")
    turned = data.draw(st.permutations(range(len(crowd))))
    shuffled = build(data.draw(st.permutations(facts)), REFERENCE, seed=11)

    some = arrays_of([crowd[place] for place in turned])
    work = prepare(some, shuffled, REFERENCE, size=size)
    again = found(best_lists(work, kernel=kernel, threads=threads), shuffled)

    lists = found(once, offers)
    assert again == [lists[place] for place in turned]


@needs_numba
@fairly
@given(crowds, many_offers(most=12), st.integers(1, 4))
def test_the_compiled_kernel_says_what_it_does(crowd, facts, k):
    work = prepare(arrays_of(crowd), build(facts, REFERENCE, seed=11), REFERENCE, k=k)
    lists = Lists(np.full((len(crowd), k), NOBODY, np.int32), np.zeros((len(crowd), k), np.int16))

    with np.errstate(over="ignore"):
        interpreted().fill(work, 0, len(work.groups), lists)

    compiled = best_lists(work, kernel="numba")
    assert np.array_equal(lists.row, compiled.row)
    assert np.array_equal(lists.points, compiled.points)


@needs_numba
@fairly
@given(st.lists(people(), min_size=1, max_size=40), many_offers(), st.integers(1, 8))
def test_the_compiled_search_finds_the_same_groups(crowd, facts, size):
    offers = build(facts, REFERENCE, seed=11)
    everything = np.ones(len(offers), dtype=np.bool_)
    maps = map_rules(arrays_of(crowd), offers, REFERENCE, everything)

    once, again = grouped(maps, size, kernel="numpy"), grouped(maps, size)
    with np.errstate(over="ignore"), pytest.MonkeyPatch.context() as patched:
        patched.setitem(modules, "matching.engine.groups_numba", interpreted("groups_numba"))
        plain = grouped(maps, size)

    for groups in (again, plain):
        assert np.array_equal(once.order, groups.order)
        assert np.array_equal(once.bounds, groups.bounds)


@needs_numba
def test_the_compiled_kernel_refuses_a_group_that_is_too_large():
    crowd = [PersonFacts()] * 300
    work = prepare(arrays_of(crowd), build([], REFERENCE, seed=11), REFERENCE, size=300)

    with pytest.raises(ValueError, match="at most 128"):
        best_lists(work, kernel="numba")


@pytest.mark.parametrize("kernel", KERNELS)
@fairly
@given(crowds, many_offers(most=30), st.data())
def test_what_is_not_kept_is_on_no_list(kernel, crowd, facts, data):
    offers = build(facts, REFERENCE, seed=11)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(offers), max_size=len(offers))))

    work = prepare(arrays_of(crowd), offers, REFERENCE, kept=kept)
    lists = found(best_lists(work, kernel=kernel), offers)

    for person, mine in zip(crowd, lists, strict=True):
        alone = search(person, [(offers, kept)], REFERENCE, 20).matches
        assert mine == [(one.pk, one.points) for one in alone]


@fairly
@given(crowds, st.data())
def test_people_can_be_taken_apart_and_put_together(crowd, data):
    whole = arrays_of(crowd)
    cut = data.draw(st.integers(0, len(crowd)))
    rows = np.arange(len(crowd))

    again = People.joined([whole.take(rows[:cut]), whole.take(rows[cut:])])

    for name in People.__slots__:
        assert np.array_equal(getattr(again, name), getattr(whole, name)), name


@pytest.mark.parametrize("kernel", KERNELS)
def test_nobody_and_nothing_are_no_trouble(kernel):
    nobody = best_lists(
        prepare(arrays_of([]), build([], REFERENCE, seed=1), REFERENCE), kernel=kernel
    )

    assert nobody.row.shape == nobody.points.shape == (0, 20)


def test_the_fastest_kernel_that_is_installed_is_taken():
    name = "numba" if find_spec("numba") else "numpy"

    assert kernel_named("best") is kernel_named(name)


def test_a_negative_weight_is_refused():
    some = arrays_of([])
    offers = build([], REFERENCE, seed=1)
    negative = type(offers)(
        **{name: getattr(offers, name) for name in offers.__slots__}
        | {"values": np.array([-1], dtype=np.int16)}
    )

    with pytest.raises(ValueError, match="sixteen bits"):
        prepare(some, negative, REFERENCE)
