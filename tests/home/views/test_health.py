"""What monitoring is told, and who may ask."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from home.live.status import note_worker_alive
from notifications import actions
from notifications.choices import MessageState
from notifications.models import Message
from placements.models import Opportunity
from tests.factories.people import UserFactory, scheme_team_member
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db
URL = "/health/deep"
TOKEN = {"X-Health-Token": "a-long-token"}


@pytest.fixture(autouse=True)
def awake(settings):
    settings.HEALTH_TOKEN = "a-long-token"
    note_worker_alive()


def test_all_is_well(client):
    with time_machine.travel(timezone.now(), tick=False):
        note_worker_alive()
        response = client.get(URL, headers=TOKEN)

    assert response.status_code == 200
    assert response.json() == {
        "healthy": True,
        "oldest_due_seconds": 0,
        "messages_refused_or_given_up": 0,
        "worker_seen_seconds_ago": 0,
        "invariants_broken": [],
    }
    assert "no-store" in response["Cache-Control"]


def test_the_scheme_team_may_ask_without_a_token(as_user):
    assert as_user(scheme_team_member()).get(URL).status_code == 200


@pytest.mark.parametrize("given", [{}, {"X-Health-Token": ""}, {"X-Health-Token": "wrong"}])
def test_nobody_else_may(client, as_user, given):
    assert client.get(URL, headers=given).status_code == 403
    assert as_user(UserFactory()).get(URL, headers=given).status_code == 403


def test_no_token_in_the_settings_lets_nobody_in(client, settings):
    settings.HEALTH_TOKEN = ""

    assert client.get(URL, headers={"X-Health-Token": ""}).status_code == 403


def test_an_old_message_is_a_reason_to_look(client):
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=6)):
        actions.queue_email("outbox/hello", to=UserFactory())

    response = client.get(URL, headers=TOKEN)

    assert response.status_code == 503
    assert response.json()["oldest_due_seconds"] >= 360


def test_a_worker_that_sleeps_is_a_reason_to_look(client):
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=6)):
        note_worker_alive()

    assert client.get(URL, headers=TOKEN).status_code == 503


def test_a_broken_invariant_is_a_reason_to_look(client, ladder):
    Opportunity.objects.filter(pk=OpportunityFactory().pk).update(held=1)

    response = client.get(URL, headers=TOKEN)

    assert response.status_code == 503
    assert response.json()["invariants_broken"] == ["held"]


def test_messages_given_up_are_counted(client):
    actions.queue_email("outbox/hello", to=UserFactory())
    Message.objects.update(state=MessageState.DEAD)

    response = client.get(URL, headers=TOKEN)

    assert response.status_code == 200
    assert response.json()["messages_refused_or_given_up"] == 1
