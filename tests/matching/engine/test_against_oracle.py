"""The arrays say what a plain loop over people and opportunities says."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.build import build
from matching.engine.live import explain, scores, search, why_not
from matching.engine.points import PARTIAL, highest, least
from matching.engine.rules import failure_counts
from tests.matching.engine import oracle
from tests.matching.engine.instances import REFERENCE, everything, fairly, many_offers, people


@fairly
@given(people(), many_offers())
def test_every_score_is_the_oracles(person, offers):
    arrays = build(offers, REFERENCE, seed=7)
    by_pk = {offer.pk: offer for offer in offers}

    found = dict(zip(arrays.pk.tolist(), scores(person, arrays, REFERENCE).tolist(), strict=True))

    wanted = {pk: sum(oracle.points(person, o, REFERENCE).values()) for pk, o in by_pk.items()}
    assert found == wanted


@fairly
@given(people(), many_offers())
def test_the_parts_are_the_oracles_and_add_up_to_the_score(person, offers):
    arrays = build(offers, REFERENCE, seed=7)
    totals = scores(person, arrays, REFERENCE)
    by_pk = {offer.pk: offer for offer in offers}

    for row, pk in enumerate(arrays.pk.tolist()):
        parts = explain(person, arrays, REFERENCE, row)
        assert parts == oracle.points(person, by_pk[pk], REFERENCE)
        assert sum(parts.values()) == totals[row]
        assert 0 <= sum(parts.values()) <= highest(person.off)


@fairly
@given(people(), many_offers())
def test_every_failing_rule_is_the_oracles(person, offers):
    arrays = build(offers, REFERENCE, seed=7)
    counts = failure_counts(person, arrays, REFERENCE)
    by_pk = {offer.pk: offer for offer in offers}

    for row, pk in enumerate(arrays.pk.tolist()):
        wanted = oracle.failures(person, by_pk[pk], REFERENCE)
        rules = why_not(person, arrays, REFERENCE, row)
        assert {rule.slug for rule in rules} == wanted
        assert len(rules) == counts[row] == len(wanted)


@fairly
@given(people(), many_offers(most=30), st.integers(1, 8), st.integers(0, 3))
def test_the_lists_are_the_oracles(person, offers, k, seed):
    arrays = build(offers, REFERENCE, seed=seed)
    lottery = dict(zip(arrays.pk.tolist(), arrays.lottery.tolist(), strict=True))
    bar = least(PARTIAL, person.off)
    lists = {0: [], 1: []}
    for offer in offers:
        total = sum(oracle.points(person, offer, REFERENCE).values())
        failed = oracle.failures(person, offer, REFERENCE)
        if total >= bar and len(failed) in lists and not failed & oracle.FIXED:
            lists[len(failed)].append((-total, lottery[offer.pk], offer.pk))

    answer = search(person, everything(arrays), REFERENCE, k)

    assert [one.pk for one in answer.matches] == [pk for *_, pk in sorted(lists[0])[:k]]
    assert [one.pk for one in answer.near] == [pk for *_, pk in sorted(lists[1])[:k]]


@fairly
@given(people(), many_offers(most=30), st.data())
def test_it_does_not_matter_how_opportunities_are_split_or_ordered(person, offers, data):
    whole = search(person, everything(build(offers, REFERENCE, seed=5)), REFERENCE, 10)
    shuffled = data.draw(st.permutations(offers))
    cut = data.draw(st.integers(0, len(offers)))
    parts = [build(part, REFERENCE, seed=5) for part in (shuffled[:cut], shuffled[cut:])]

    again = search(person, [b for part in parts for b in everything(part)], REFERENCE, 10)

    assert again == whole
