"""The list of skills: doing the same thing twice is doing it once."""

import pytest

from audit.models import Event
from people.actions import skills
from tests.factories.people import SkillFactory, scheme_team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return scheme_team_member()


@pytest.fixture
def skill():
    return SkillFactory()


def actions_about(skill):
    return list(Event.objects.about(skill).order_by("pk").values_list("action", flat=True))


def test_a_skill_is_retired_once_and_restored_once(skill, team):
    for act in (skills.retire, skills.retire, skills.restore, skills.restore):
        changed = act(skill, by=team)

    assert not changed.is_retired
    assert actions_about(skill) == ["retire_skill", "restore_skill"]


def test_another_name_is_added_once(skill, team):
    first = skills.add_synonym(skill, name="Telegraphy", by=team)

    assert skills.add_synonym(skill, name="Telegraphy", by=team) == first
    assert actions_about(skill) == ["add_synonym"]


def test_a_name_that_is_gone_is_left_at_that(skill, team):
    skills.add_synonym(skill, name="Telegraphy", by=team)

    for _time in range(2):
        skills.remove_synonym(skill, name="Telegraphy", by=team)

    assert not skill.synonyms.exists()
    assert actions_about(skill) == ["add_synonym", "remove_synonym"]
