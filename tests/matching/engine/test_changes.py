"""Which single answers might bring more, and what is asked of each."""

from dataclasses import replace

from matching.engine.build import build
from matching.engine.changes import (
    single_changes,
    what_would_change,
    what_would_help,
    wide_changes,
)
from matching.engine.facts import ALWAYS, ANY_DISTANCE, FOREVER, OpportunityFacts, PersonFacts
from tests.matching.engine.instances import REFERENCE, everything

OFFER = OpportunityFacts(
    pk=1,
    clearance=3,
    remote=1,
    town=1,
    region=1,
    start_week=10,
    end_week=20,
    hours=30,
    taught={0: 3, 1: 3},
)
FAR_AWAY = PersonFacts(
    grade=5,
    clearance=1,
    max_miles=10,
    town=0,
    region=0,
    from_week=15,
    until_week=18,
    hours=20,
    learn={1: 0},
    off=frozenset({"goals"}),
)
EASY = PersonFacts(remote_ok=True, learn={0: 0, 1: 0})


def told(changes):
    return [(change.slug, change.value) for change in changes]


def test_each_answer_that_stands_in_the_way_is_changed_by_itself():
    changes = list(single_changes(FAR_AWAY, OFFER, REFERENCE))

    assert told(changes) == [
        ("start", 10),
        ("end", 20),
        ("remote", 1),
        ("hours", 30),
        ("distance", 200),
        ("clearance", 3),
        ("skill", 0),
        ("signal-goals", 0),
    ]
    for change in changes:
        differing = [
            name for name in PersonFacts.__slots__
            if getattr(change.person, name) != getattr(FAR_AWAY, name)
        ]  # fmt: skip
        assert len(differing) == 1, change.slug
    assert [change.slug for change in changes if change.takes_time] == ["clearance"]


def test_nothing_is_changed_where_nothing_stands_in_the_way():
    offer = replace(OFFER, clearance=0, remote=0)

    assert list(single_changes(EASY, offer, REFERENCE)) == []


def test_work_from_anywhere_asks_nobody_to_travel_further():
    offer = replace(OFFER, remote=2)

    assert "distance" not in dict(told(single_changes(FAR_AWAY, offer, REFERENCE)))


def test_answers_that_could_be_wider_are_widened_for_somebody_with_few_matches():
    changes = told(wide_changes(replace(FAR_AWAY, max_miles=100), popular=[1, 2, 3]))

    assert changes == [
        ("remote", 1),
        ("distance", 200),
        ("distance", ANY_DISTANCE),
        ("end", 18 + 26),
        ("start", 15 - 13),
        ("hours", 37),
        ("skill", 2),
        ("skill", 3),
        ("skills", 2),
        ("signal-goals", 0),
    ]


def test_somebody_open_to_everything_is_asked_for_nothing_more():
    assert (EASY.from_week, EASY.until_week) == (ALWAYS, FOREVER)
    assert told(wide_changes(EASY, popular=[0])) == []


def test_one_more_skill_is_no_pair_of_skills():
    assert told(wide_changes(EASY, popular=[0, 4])) == [("skill", 4)]


def test_what_opens_an_opportunity_comes_first():
    person = replace(EASY, clearance=1)

    first, *others = what_would_change(person, OFFER, REFERENCE)

    assert first.change.slug == "clearance"
    assert first.becomes_possible
    assert not any(effect.becomes_possible for effect in others)


def test_the_skills_that_bring_matches_are_counted():
    nobody_yet = replace(EASY, learn={}, town=1, region=1)
    blocks = everything(build([replace(OFFER, clearance=0)], REFERENCE, seed=0))

    helping = what_would_help(nobody_yet, blocks, REFERENCE, popular=[0, 1, 5])

    assert [(change.slug, change.value, gained) for change, gained in helping] == [
        ("skill", 0, 1),
        ("skills", 2, 1),
    ]
