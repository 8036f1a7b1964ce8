"""Keeping opportunities and waiting for skills."""

import pytest

from audit.models import Event
from placements.actions import opportunities as actions
from placements.models import SavedOpportunity, SkillInterest
from tests.factories.people import SkillFactory, UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db


def events():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_saving_twice_is_one_row_and_one_event():
    user, opportunity = UserFactory(), OpportunityFactory()

    for _time in range(2):
        actions.save(opportunity, by=user)

    assert SavedOpportunity.objects.count() == 1
    assert events() == ["save"]


def test_unsaving_gives_the_note_back_and_twice_is_no_event():
    user, opportunity = UserFactory(), OpportunityFactory()
    actions.save(opportunity, by=user, note="Mine")

    assert actions.unsave(opportunity, by=user) == "Mine"
    assert actions.unsave(opportunity, by=user) == ""
    assert events() == ["save", "unsave"]


def test_a_note_never_reaches_the_audit():
    user, opportunity = UserFactory(), OpportunityFactory()
    saved = actions.save(opportunity, by=user)

    actions.note(saved, by=user, note="Canary")

    assert saved.note == "Canary"
    assert "Canary" not in str(list(Event.objects.values()))


def test_interest_is_one_row_and_can_be_taken_back():
    user, skill = UserFactory(), SkillFactory()

    for _time in range(2):
        actions.register_interest(skill, by=user)
    for _time in range(2):
        actions.withdraw_interest(skill, by=user)

    assert not SkillInterest.objects.exists()
    assert events() == ["register_interest", "withdraw_interest"]
