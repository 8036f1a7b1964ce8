"""One opportunity against everybody says what each person's own search says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.build import build
from matching.engine.everyone import best_lists
from matching.engine.live import Found, scores, search
from matching.engine.people import build_people
from matching.engine.points import PARTIAL, least
from matching.engine.reversed import (
    BARRED,
    Floors,
    candidates,
    entering,
    may_have,
    reached,
)
from matching.engine.rules import COMPARES, failure_counts
from matching.engine.work import prepare
from tests.matching.engine import oracle
from tests.matching.engine.instances import REFERENCE, fairly, many_offers, offers, people

crowds = st.lists(people(), min_size=1, max_size=12)


def arrays_of(crowd):
    return build_people(range(101, len(crowd) + 101), crowd, REFERENCE)


def test_each_comparison_is_written_for_both_sides():
    assert set(BARRED) == {rule.slug for rule in COMPARES}


@fairly
@given(crowds, many_offers())
def test_who_may_have_it_is_what_the_person_and_the_oracle_say(crowd, facts):
    arrays, by_pk = build(facts, REFERENCE, seed=3), {offer.pk: offer for offer in facts}

    for row, pk in enumerate(arrays.pk.tolist()):
        found = may_have(arrays_of(crowd), arrays, row, REFERENCE).tolist()

        counts = [failure_counts(person, arrays, REFERENCE)[row] for person in crowd]
        assert found == [place for place, count in enumerate(counts) if count == 0]
        judged = [oracle.failures(person, by_pk[pk], REFERENCE) for person in crowd]
        assert found == [place for place, failed in enumerate(judged) if not failed]


@fairly
@given(crowds, many_offers())
def test_the_points_are_those_of_the_person_and_of_the_oracle(crowd, facts):
    arrays, by_pk = build(facts, REFERENCE, seed=3), {offer.pk: offer for offer in facts}

    for row, pk in enumerate(arrays.pk.tolist()):
        found = reached(arrays_of(crowd), arrays, row, REFERENCE)

        told = dict(zip(found.rows.tolist(), found.points.tolist(), strict=True))
        wanted = {}
        for place, person in enumerate(crowd):
            points = sum(oracle.points(person, by_pk[pk], REFERENCE).values())
            assert points == scores(person, arrays, REFERENCE)[row]
            worth = points >= max(1, least(PARTIAL, person.off))
            if worth and not oracle.failures(person, by_pk[pk], REFERENCE):
                wanted[place] = points
        assert told == wanted


@st.composite
def worlds(draw):
    """Opportunities as they were, the keys of those that are gone, and those that are new."""
    before = draw(many_offers(most=14))
    gone = draw(st.sets(st.sampled_from([offer.pk for offer in before]), max_size=4))
    edited = [draw(offers(pk)) for pk in sorted(gone) if draw(st.booleans())]
    fresh = [draw(offers(pk)) for pk in range(50, 50 + draw(st.integers(0, 3)))]
    return before, gone, [*edited, *fresh]


def lists_of(arrays, crowd, k):
    found = best_lists(prepare(arrays_of(crowd), arrays, REFERENCE, k=k), kernel="numpy")
    return [
        [
            Found(-int(n), int(arrays.lottery[row]), int(arrays.pk[row]))
            for row, n in zip(rows, points, strict=True)
            if row >= 0
        ]
        for rows, points in zip(found.row, found.points, strict=True)
    ]


def floors_of(lists, k):
    last = [each[-1] if len(each) == k else None for each in lists]
    return Floors(
        np.array([one.points if one else -1 for one in last], dtype=np.int16),
        np.array([one.lottery if one else 0 for one in last], dtype=np.uint64),
    )


@fairly
@given(crowds, worlds(), st.integers(1, 6))
def test_whose_list_it_enters_is_what_each_persons_search_finds(crowd, world, k):
    before, gone, after = world
    old, new = build(before, REFERENCE, seed=3), build(after, REFERENCE, seed=3)
    lists, kept = lists_of(old, crowd, k), ~np.isin(old.pk, list(gone))
    blocks = [(new, np.ones(len(new), dtype=np.bool_)), (old, kept)]

    floors, missing = floors_of(lists, k), np.flatnonzero(~kept).tolist()
    found = candidates(arrays_of(crowd), floors, old, gone=missing, new=new, reference=REFERENCE)

    for place, person in enumerate(crowd):
        mine = found.people == place
        pairs = zip(found.offers[mine].tolist(), found.points[mine].tolist(), strict=True)
        worth = [Found(-n, int(new.lottery[row]), int(new.pk[row])) for row, n in pairs]
        sure, doubtful = entering(lists[place], gone, worth, k)
        now = search(person, blocks, REFERENCE, k).matches
        wanted = {one for one in now if one.pk in set(new.pk.tolist())}
        assert set(sure) <= wanted <= {*sure, *doubtful}
        if not gone:
            assert doubtful == []


def test_a_place_that_became_free_leaves_a_doubt():
    listed = [Found(-900, 1, 1), Found(-800, 2, 2)]

    sure, doubtful = entering(listed, {2}, [Found(-700, 3, 3)], k=2)

    assert (sure, doubtful) == ([], [Found(-700, 3, 3)])
    assert entering(listed, {2}, [Found(-850, 3, 3)], k=2)[0] == [Found(-850, 3, 3)]


def test_nobody_and_nothing_are_no_trouble():
    nobody, nothing = build_people([], [], REFERENCE), build([], REFERENCE, seed=3)
    floors = floors_of([], 5)

    found = candidates(nobody, floors, nothing, gone=[], new=nothing, reference=REFERENCE)

    assert len(found.people) == len(found.offers) == len(found.points) == 0
