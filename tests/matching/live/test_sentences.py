"""What a match is told in: each comparison, each failing rule and each changed answer."""

import datetime as dt

import pytest

from matching.engine.changes import Change, Effect
from matching.engine.facts import ANY_DISTANCE, OpportunityFacts, PersonFacts
from matching.live import sentences
from matching.live.encode import week_of
from matching.live.sentences import Said
from matching.live.world import World
from people.models import Grade
from placements.models import Opportunity

WORLD = World(
    groups=[(1, "Data"), (2, "Light")],
    skills=[
        (10, 0, "Statistics"),
        (11, 0, "Coding"),
        (12, 1, "Optics"),
        (13, 1, "Lasers"),
        (14, 1, "Photonics"),
    ],
    phrases=[],
    professions=[(1, "Science and Engineering")],
    regions=[(1, "London"), (2, "South East"), (3, "Scotland")],
    neighbours=[(0, 1)],
    towns=[],
    words={"laser": 1.0, "beam": 2.0, "fibre": 3.0, "lens": 4.0},
)


def offered(**facts):
    return OpportunityFacts(pk=1, **facts)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_a_few_things_are_named_and_the_rest_counted(names, said):
    assert sentences.listed(names) == said


@pytest.mark.parametrize(
    ("slug", "person", "offer", "said"),
    [
        ("learn", {}, {}, Said(missing="You have not said which skills you want to learn")),
        (
            "learn",
            {"learn": {0: 2}},
            {"taught": {0: 2}},
            Said(missing="Teaches none of the skills you want to learn"),
        ),
        (
            "learn",
            {"learn": {0: 0}},
            {"taught": {0: 2}},
            Said("Teaches the skill you want to learn: Statistics"),
        ),
        (
            "learn",
            {"learn": {0: 0, 1: 0, 2: 0}},
            {"taught": {0: 2, 1: 1}},
            Said(
                "Teaches 2 of the 3 skills you want to learn: Coding and Statistics",
                "Does not teach Optics",
            ),
        ),
        ("held", {}, {}, Said("Asks for no skills you would need already")),
        (
            "held",
            {"held": {0: 3}},
            {"needed": {0: 2}},
            Said("You have what it asks for: Statistics"),
        ),
        (
            "held",
            {"held": {0: 3, 1: 1}},
            {"needed": {0: 2, 1: 2}},
            Said(
                "You have 1 of the 2 skills it asks for",
                "Asks for more than you have in Coding",
            ),
        ),
        (
            "held",
            {},
            {"needed": {1: 2}},
            Said(missing="Asks for more than you have in Coding"),
        ),
        (
            "interests",
            {"learn": {0: 0}},
            {"taught": {1: 2}},
            Said("Is about subjects you chose: Data"),
        ),
        (
            "interests",
            {"learn": {0: 0}},
            {"taught": {2: 2}},
            Said(missing="Is about other subjects than your skills to learn"),
        ),
        (
            "profession",
            {"profession": 0},
            {"professions": frozenset({0})},
            Said("Names your profession: Science and Engineering"),
        ),
        ("profession", {"profession": 0}, {}, Said(missing="Does not name your profession")),
        (
            "goals",
            {"goals": frozenset({2, 3})},
            {"taught": {2: 1}},
            Said("Teaches what your development plan names: Optics"),
        ),
        (
            "goals",
            {"goals": frozenset({3})},
            {"taught": {2: 1}},
            Said(missing="Teaches no skill that your development plan names"),
        ),
        (
            "text",
            {"words": {0: 5, 1: 1, 2: 3, 3: 2}},
            {"words": {0: 1, 1: 9, 2: 1, 3: 1}},
            Said("Shares words with your plan and skills: beam, laser and fibre"),
        ),
        (
            "text",
            {"words": {0: 5}},
            {"words": {1: 9}},
            Said(missing="Shares no telling words with your plan and skills"),
        ),
        ("place", {"remote_ok": True}, {"remote": 2}, Said("You can do it remotely")),
        ("place", {}, {"region": 0}, Said(missing="You have not said where you work")),
        ("place", {"region": 0}, {"region": 0}, Said("In your region: London")),
        ("place", {"region": 0}, {"region": 1}, Said("In South East, next to your region")),
        (
            "place",
            {"region": 0},
            {"region": 2},
            Said(missing="In Scotland, away from your region"),
        ),
        (
            "time",
            {"from_week": 1, "until_week": 9},
            {"start_week": 4, "end_week": 4},
            Said("Its 1 week is inside your dates"),
        ),
        (
            "time",
            {"from_week": 1, "until_week": 9},
            {"start_week": 4, "end_week": 6},
            Said("All 3 weeks are inside your dates"),
        ),
        (
            "time",
            {"from_week": 5, "until_week": 9},
            {"start_week": 4, "end_week": 6},
            Said(missing="2 of its 3 weeks are inside your dates"),
        ),
        (
            "time",
            {"from_week": 50},
            {"start_week": 4, "end_week": 6},
            Said(missing="0 of its 3 weeks are inside your dates"),
        ),
    ],
)
def test_a_comparison_says_what_speaks_for_it_and_what_is_missing(slug, person, offer, said):
    assert sentences.said(slug, PersonFacts(**person), offered(**offer), WORLD) == said


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("grade", "It is for EO to Grade 7"),
        ("clearance", "It needs clearance: Security check (SC)"),
        ("hours", "It needs 30 hours a week, more than you can spend"),
        ("distance", "It is 120 miles from you, further than you can travel"),
        ("busy", "You are away then"),
    ],
)
def test_a_rule_that_says_no_gives_the_facts(slug, said):
    opportunity = Opportunity(
        lowest_grade=Grade(code="EO", name="EO"),
        highest_grade=Grade(code="G7", name="Grade 7"),
        clearance="sc",
        hours_a_week=30,
    )

    assert sentences.failing_rule(slug, "You are away then", opportunity, 120) == said


def changed(slug, value):
    return Change(slug, value, PersonFacts())


@pytest.mark.parametrize(
    ("slug", "value", "said"),
    [
        ("remote", 1, "If remote work suited you"),
        ("hours", 37, "If you could spend 37 hours a week"),
        ("distance", 100, "If you could travel 100 miles"),
        ("distance", ANY_DISTANCE, "If you could travel any distance"),
        ("clearance", 3, "If you held this clearance: Security check (SC)"),
        ("skill", 4, "If you also wanted to learn Photonics"),
        ("skills", 2, "If you added 2 more skills to learn"),
        ("signal-place", 0, "If you turned on the signal ‘Place’"),
    ],
)
def test_a_changed_answer_is_a_condition(slug, value, said):
    assert sentences.condition(changed(slug, value), WORLD) == said


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("start", "If you could start in September 2026"),
        ("end", "If you could stay until September 2026"),
    ],
)
def test_a_changed_date_names_its_month(slug, said):
    assert sentences.condition(changed(slug, week_of(dt.date(2026, 9, 16))), WORLD) == said


@pytest.mark.parametrize(
    ("before", "after", "opens", "said"),
    [
        ((0, 0), (900, 3), True, ", you could apply, and it would be a strong match"),
        ((0, 0), (90, 0), True, ", you could apply"),
        ((400, 1), (900, 2), False, ", this would become a good match"),
        ((400, 1), (450, 1), False, ", this would gain 50 points"),
    ],
)
def test_an_effect_says_the_most_that_would_change(before, after, opens, said):
    found = Effect(
        changed("remote", 1),
        before=before[0],
        after=after[0],
        strength_before=before[1],
        strength_after=after[1],
        becomes_possible=opens,
    )

    assert sentences.effect(found, WORLD) == f"If remote work suited you{said}"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "If remote work suited you: 1 match"), (4, "If remote work suited you: 4 matches")],
)
def test_help_is_counted_in_matches(count, said):
    assert sentences.help_sentence(changed("remote", 1), count, WORLD) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Grade: stands in the way of 1 opportunity"),
        (4, "Grade: stands in the way of 4 opportunities"),
    ],
)
def test_a_hurdle_is_counted_in_opportunities(count, said):
    assert sentences.hurdle("Grade", count) == said
