"""The scheme team sees what waits and what was done, and nobody else does."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from audit.models import Event
from core.calendar import today
from notifications import actions, tasks
from notifications.choices import MAX_ATTEMPTS, MessageState
from notifications.models import Message
from placements.choices import ApplicationStatus as S
from placements.models import Application
from tests.factories.people import (
    DepartmentFactory,
    SkillFactory,
    UserFactory,
    department_admin,
    scheme_team_member,
)
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def team():
    return scheme_team_member()


@pytest.fixture
def client(as_user, team):
    return as_user(team)


@pytest.fixture
def refused(db):
    message = actions.queue_email("home/emails/admin_ended", to=UserFactory(email="a@b.example"))
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, attempts=3, error="SMTPRecipientsRefused"
    )
    message.refresh_from_db()
    return message


def addresses():
    department, skill = DepartmentFactory(), SkillFactory()
    message = actions.queue_email("home/emails/admin_ended", to=UserFactory())
    return [
        reverse("scheme-overview"),
        reverse("scheme-messages"),
        reverse("scheme-message-retry", args=[message.uid]),
        reverse("scheme-activity"),
        reverse("scheme-departments"),
        reverse("scheme-department", args=[department.slug]),
        reverse("scheme-admin-end", args=[department.slug]),
        reverse("scheme-skills"),
        reverse("scheme-skill", args=[skill.slug]),
        reverse("scheme-skill-retire", args=[skill.slug]),
    ]


def test_the_team_sees_every_page_and_reading_writes_nothing(client):
    for address in addresses():
        events, messages = Event.objects.count(), list(Message.objects.values())

        assert client.get(address).status_code == 200, address
        assert (Event.objects.count(), list(Message.objects.values())) == (events, messages)


def test_nobody_else_sees_or_does_anything(as_user):
    others = [as_user(UserFactory()), as_user(department_admin(DepartmentFactory()))]
    skill = SkillFactory()
    posts = [
        reverse("scheme-skill-restore", args=[skill.slug]),
        reverse("scheme-synonym-remove", args=[skill.slug]),
    ]

    for other in others:
        for address in addresses():
            assert other.get(address).status_code == 403, address
            assert other.post(address).status_code in {403, 405}, address
        for address in posts:
            assert other.post(address).status_code == 403, address


def test_an_empty_service_says_so(client):
    page = text_of(client.get("/scheme"))

    assert "Nothing is overdue" in page
    assert "Nobody has applied yet" in page
    assert "There are no opportunities yet" in page
    assert "No message is due" in page


def test_the_overview_counts_and_tells_the_oldest(client, refused):
    with time_machine.travel(timezone.now() - dt.timedelta(days=8)):
        ApplicationFactory(status=S.SENT)
    Application.objects.update(due_on=today() + dt.timedelta(days=1))
    late = ApplicationFactory(status=S.WITH_DEPARTMENT)
    Application.objects.filter(pk=late.pk).update(due_on=today() - dt.timedelta(days=2))
    with time_machine.travel(timezone.now() - dt.timedelta(hours=2)):
        actions.queue_email("home/emails/admin_ended", to=UserFactory())

    page = text_of(client.get("/scheme"))

    assert "Departments 1" in page
    assert "1 message did not go out" in page
    assert "Due for 2 hours Late" in page
    since = timezone.localtime(Application.objects.get(status=S.SENT).status_since)
    assert f"Sent Hosts 1 {since.day} {since:%B %Y} 0" in page


def test_queries_of_the_overview_do_not_grow(client):
    counts = []
    for rows in (1, 9):
        for status in [S.SENT, S.WITH_DEPARTMENT, S.OFFERED] * rows:
            ApplicationFactory(status=status)
        with CaptureQueriesContext(connection) as queries:
            client.get("/scheme")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_nothing_is_stuck(client):
    actions.queue_email("home/emails/admin_ended", to=UserFactory())

    assert "Nothing is stuck" in text_of(client.get("/scheme/messages"))


def test_what_is_stuck_is_listed_with_the_reason_in_words(client, refused):
    page = text_of(client.get("/scheme/messages"))

    assert "a@b.example" in page
    assert "The mail server of the address does not take it" in page
    assert "SMTP" not in page


def test_a_reason_nobody_thought_of_still_reads(client, refused):
    Message.objects.update(error="KeyError")

    assert "The mail server could not be used" in text_of(client.get("/scheme/messages"))


def test_trying_again_asks_then_sends_and_writes_down_who(client, team):
    department = DepartmentFactory()
    message = actions.queue_email(
        "home/emails/admin_ended", to=UserFactory(), department=department
    )
    Message.objects.update(state=MessageState.DEAD, attempts=MAX_ATTEMPTS)
    address = reverse("scheme-message-retry", args=[message.uid])
    assert "Do you want to send this message again?" in text_of(client.get(address))

    response = client.post(address, follow=True)

    assert "The message is in the queue again" in text_of(response)
    assert tasks.deliver(message.pk) == MessageState.SENT
    event = Event.objects.get(action="retry_message")
    assert event.actor == team
    assert event.detail == {"template": "home/emails/admin_ended", "was": "dead"}


def test_trying_again_what_is_on_its_way_changes_nothing(client, refused):
    address = reverse("scheme-message-retry", args=[refused.uid])
    client.post(address)

    response = client.post(address, follow=True)

    assert "on its way already" in text_of(response)
    assert Event.objects.filter(action="retry_message").count() == 1


def test_the_activity_tells_who_did_what_to_what(client, team):
    application = ApplicationFactory(status=S.SENT)
    record("support", application, by=team, before="with_manager", after="sent")
    record("note_by_host", OpportunityFactory(), by=UserFactory(name=""), places=3)

    page = text_of(client.get("/scheme/activity"))

    assert f"{team.name} Support Application {application.reference}" in page
    assert "from with manager to sent" in page
    assert "Somebody without a name yet Note by host Opportunity OP-" in page
    assert "places: 3" in page
    assert "@" not in page.replace("help@stemfutures.example", "")


def test_the_activity_is_filtered_by_action_kind_and_day(client, team):
    day = timezone.localtime().date()
    record("pause", OpportunityFactory(), by=team)
    record("retire_skill", SkillFactory(name="Welding"), by=team)
    parts = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
    past = day - dt.timedelta(days=1)
    until = {"until_day": past.day, "until_month": past.month, "until_year": past.year}

    assert "OP-" not in text_of(client.get("/scheme/activity", {"action": "retire_skill"}))
    assert "Skill Welding" not in text_of(
        client.get("/scheme/activity", {"kind": "placements.opportunity"})
    )
    assert "Skill Welding" in text_of(client.get("/scheme/activity", parts))
    assert "Nothing was found" in text_of(client.get("/scheme/activity", until))


@pytest.mark.parametrize(
    "asked", [{"action": "no-such"}, {"kind": "x"}, {"page": "many"}, {"since_day": "41"}]
)
def test_what_cannot_be_asked_is_no_failure(client, asked):
    assert client.get("/scheme/activity", asked).status_code == 200


def test_a_kind_that_is_no_longer_there_still_reads(client, team):
    Event.objects.create(actor=team, action="x", subject_type="old.thing", subject_id="1")

    assert "X Thing" in text_of(client.get("/scheme/activity"))


def test_queries_of_the_activity_do_not_grow(client, team):
    counts = []
    for rows in (1, 49):
        for _number in range(rows):
            record("pause", OpportunityFactory(), by=UserFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get("/scheme/activity")
        counts.append(len(queries))

    assert counts[0] == counts[1]
