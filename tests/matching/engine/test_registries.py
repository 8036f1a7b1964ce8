"""The tables of rules and points: what may enter, what fits, what a change must announce."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine import points, rules
from matching.engine.build import build
from matching.engine.facts import OpportunityFacts, PersonFacts
from matching.engine.live import COLUMN_TERMS
from matching.engine.reference import mile_table, neighbour_table
from tests.matching.engine.instances import REFERENCE, fairly, many_offers, people

MAY_BE_KNOWN_OF_A_PERSON = {
    "applied",
    "busy",
    "clearance",
    "department",
    "from_week",
    "goals",
    "grade",
    "held",
    "hours",
    "learn",
    "max_miles",
    "off",
    "organisations",
    "part_time",
    "profession",
    "region",
    "remote_ok",
    "town",
    "until_week",
    "words",
}
PROTECTED = (
    "age",
    "sex",
    "gender",
    "ethnic",
    "race",
    "disab",
    "relig",
    "belief",
    "carer",
    "caring",
)


def test_nothing_else_may_be_known_of_a_person():
    assert {field.name for field in fields(PersonFacts)} == MAY_BE_KNOWN_OF_A_PERSON


def test_no_protected_characteristic_has_a_name_in_the_registries():
    names = [row.slug for row in (*rules.BITS, *rules.COMPARES, *points.TERMS)]
    names += [field.name for kind in (PersonFacts, OpportunityFacts) for field in fields(kind)]

    assert not [name for name in names if any(name.startswith(word) for word in PROTECTED)]


def test_points_fit_sixteen_bits_with_room_for_a_bias():
    assert points.highest() <= points.CEILING
    assert points.highest() + points.BIAS < np.iinfo(np.int16).max


def test_changed_weights_ask_for_a_new_version():
    assert (points.WEIGHTS_VERSION, points.weights_digest()) == (1, "403c87dcbaeb8d00")


def test_bits_are_different_and_fit_a_word():
    bits = [rule.bit for rule in rules.BITS]

    assert len(set(bits)) == len(bits)
    assert max(bits) < rules.WORD_BITS


def test_slugs_of_terms_are_different():
    assert len(set(points.SLUGS)) == len(points.SLUGS)


def test_a_match_without_anything_to_learn_is_never_shown():
    others = {"held", "profession", "place", "time"}
    most = sum(term.worth for term in points.TERMS if term.slug in others)

    assert most < points.least(points.PARTIAL)


@fairly
@given(people(), many_offers())
def test_rules_and_columns_read_the_facts_that_they_say_and_no_others(person, facts):
    offers = build(facts, REFERENCE, seed=7)

    for rule in rules.COMPARES:
        alike = PersonFacts(**{name: getattr(person, name) for name in rule.reads})
        told = rule.fails(alike, offers, REFERENCE), rule.fails(person, offers, REFERENCE)
        assert np.array_equal(*told), rule.slug
        if rule.few:
            (name,) = rule.reads
            assert set(offers.pk[told[0]].tolist()) <= getattr(person, name)
    for term in COLUMN_TERMS:
        alike = PersonFacts(**{name: getattr(person, name) for name in term.reads})
        points_of = [term.points(one, offers, REFERENCE, term.worth) for one in (alike, person)]
        assert np.array_equal(*points_of), term.slug


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30))
def test_neighbours_are_neighbours_both_ways(pairs):
    table = neighbour_table(12, pairs)

    assert (table == table.T).all()
    assert not table.diagonal().any()


def test_places_count_the_same_both_ways():
    at_home = [PersonFacts(region=here) for here in range(REFERENCE.regions)]
    table = np.array([points.place_points(one, REFERENCE, 700)[0, :-1] for one in at_home])

    assert (table == table.T).all()
    assert set(table.diagonal()) == {700}


def test_miles_are_whole_and_the_same_both_ways():
    miles = mile_table([51.507, 55.953, 51.481], [-0.128, -3.188, -3.179])

    assert (miles == miles.T).all()
    assert miles[0, 1] == pytest.approx(332, abs=3)
    assert miles[0, 2] == pytest.approx(131, abs=3)
