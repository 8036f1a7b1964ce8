"""Everybody as arrays: what they may carry, who is in them, and that one and many read alike."""

from dataclasses import fields

import numpy as np
import pytest

from matching.engine.facts import PersonFacts
from matching.engine.opportunities import Opportunities
from matching.engine.people import People, build_people
from matching.engine.reference import Reference
from matching.live.crowd import in_parts
from matching.live.encode import person_facts
from matching.live.text import by_first_word, phrases_found, phrases_in
from matching.live.world import World
from matching.models import Preference
from people.models import Profile
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import learner
from tests.factories.people import CivilServantFactory, SkillFactory, TownFactory
from tests.factories.placements import ApplicationFactory, PlacementFactory

pytestmark = pytest.mark.django_db

# a key, what the rules and points read, and nothing that says who somebody is
MAY_BE_CARRIED = {
    "applied",
    "applied_at",
    "bar",
    "busy",
    "busy_at",
    "department",
    "feature",
    "feature_at",
    "from_week",
    "hours",
    "lack",
    "max_miles",
    "off",
    "organisations",
    "organisations_at",
    "pk",
    "region",
    "remote_ok",
    "town",
    "until_week",
    "weight",
}
MAY_BE_CARRIED_OF_AN_OPPORTUNITY = {
    "closing_day",
    "department",
    "end_week",
    "exclusive",
    "hours",
    "lottery",
    "need",
    "organisation",
    "pk",
    "region",
    "remote",
    "rows",
    "start_week",
    "starts",
    "town",
    "values",
}


def test_nothing_else_may_be_carried():
    assert {column.name for column in fields(People)} == MAY_BE_CARRIED
    assert {column.name for column in fields(Opportunities)} == MAY_BE_CARRIED_OF_AN_OPPORTUNITY


def test_everything_carried_is_a_number():
    skill = SkillFactory()
    learner(skill, development_plan="Lasers")

    (part,) = in_parts(World.now())

    kinds = {getattr(part, column.name).dtype.kind for column in fields(People)}
    assert kinds <= set("iub")


def test_people_with_nothing_to_learn_or_without_an_account_are_left_out():
    skill = SkillFactory()
    wanting, gone = learner(skill), learner(skill)
    gone.is_active = False
    gone.save()
    CivilServantFactory()

    (part,) = in_parts(World.now())

    assert part.pk.tolist() == [wanting.pk]


def test_many_are_read_as_one_is():
    skills = SkillFactory.create_batch(3)
    plain = learner(*skills, town=TownFactory(), max_distance_miles=50)
    applied = ApplicationFactory(applicant=learner(skills[0])).applicant
    placed = PlacementFactory(person=learner(skills[1]), is_exclusive=True).person
    hosting = host_of(OrganisationFactory())
    Profile.objects.create(user=hosting).profile_skills.create(skill=skills[2], use="learn")
    Preference.objects.create(user=plain, off=["place", "text"])
    world = World.now()

    together = People.joined(list(in_parts(world, size=2)))

    users = [plain, applied, placed, hosting]
    alone = {
        user.pk: person_facts(user, Profile.objects.with_answers().get(user=user), world)
        for user in users
    }
    assert set(together.pk.tolist()) == set(alone)
    assert alone[applied.pk].applied
    assert alone[placed.pk].busy
    assert alone[hosting.pk].organisations
    wanted = build_people(
        together.pk.tolist(), [alone[pk] for pk in together.pk.tolist()], world.reference
    )
    for column in fields(People):
        found = getattr(together, column.name)
        assert np.array_equal(found, getattr(wanted, column.name)), column.name


def test_equal_sets_of_goals_make_equal_arrays():
    one, other = frozenset([8, 0, 16, 24]), frozenset([24, 16, 8, 0])
    reference = Reference(skill_groups=(0,) * 40, groups=1)

    first, second = (
        build_people([1], [PersonFacts(goals=goals)], reference) for goals in (one, other)
    )

    assert one == other
    assert first.feature.tolist() == second.feature.tolist() == sorted(first.feature.tolist())


def test_phrases_by_first_word_find_what_all_phrases_find():
    phrases = [(" data ", 0), (" data science ", 1), (" c++ ", 2), ("  ", 3), (" lasers ", 4)]
    index = by_first_word(phrases)

    for text in ("", "Data science, and C++", "lasers", "science of data", "nothing", "data"):
        assert phrases_found(text, index) == phrases_in(text, phrases)
