"""A person reads again what the service wrote to them, and nobody else does."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications import actions, tasks
from notifications.choices import MessageState
from notifications.models import Message
from tests.factories.people import CivilServantFactory, DepartmentFactory, scheme_team_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
URL = "/notifications"


@pytest.fixture
def person():
    return CivilServantFactory(name="Zoë O'Neill")


def hello(person, **facts):
    return actions.queue_email(
        "outbox/hello", to=person, department=person.department, **{"code": ""} | facts
    )


def test_nothing_written_yet(as_user, person):
    page = as_user(person).get(URL).content.decode()

    assert "There are no messages yet" in page


def test_queries_do_not_grow_with_messages(as_user, person):
    client = as_user(person)
    counts = []
    for rows in (1, 49):
        for _number in range(rows):
            hello(person)
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert sum("notifications_message" in query["sql"] for query in queries) == 2


def test_the_newest_stands_first_and_the_rest_on_further_pages(as_user, person):
    for number in range(21):
        Message.objects.create(
            recipient=person,
            template="outbox/hello",
            subject=f"Letter number {number}",
            state=MessageState.SENT,
            sent_at=timezone.now(),
            created_at=timezone.now() + dt.timedelta(minutes=number),
        )

    client = as_user(person)
    first, second = client.get(URL).content.decode(), client.get(f"{URL}?page=2").content.decode()

    assert first.index("Letter number 20") < first.index("Letter number 19")
    assert "Letter number 0" not in first
    assert "Letter number 0" in second
    assert "Messages (page 2 of 2)" in second


def test_a_page_that_is_not_there_is_the_last_one(as_user, person):
    hello(person)

    assert as_user(person).get(f"{URL}?page=many").status_code == 200


def test_a_message_is_shown_as_it_was_sent_without_its_secrets(as_user, sink, person):
    message = actions.queue_email(
        "outbox/hello", to=person, department=person.department, secret={"code": "424242"}
    )
    before = as_user(person).get(message.get_absolute_url()).content.decode()
    tasks.deliver(message.pk)
    after = as_user(person).get(message.get_absolute_url()).content.decode()

    for page in (before, after):
        assert person.department.name in page
        assert "······" in page
        assert "424242" not in page
    assert "On its way" in before
    assert f"to {person.email}" in after


def test_text_in_a_message_is_not_taken_for_html_and_addresses_are_links(as_user, person):
    message = hello(person, code="<b>bold</b> https://stemfutures.example/home?a=1&b=2")

    page = as_user(person).get(message.get_absolute_url()).content.decode()

    assert "&lt;b&gt;bold" in page
    assert 'class="govuk-link" href="https://stemfutures.example/home?a=1&amp;b=2"' in page


def test_reading_changes_nothing(as_user, person):
    message = hello(person)
    before = Message.objects.values().get()

    as_user(person).get(message.get_absolute_url())

    assert Message.objects.values().get() == before


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.DEAD])
def test_what_did_not_arrive_says_so(as_user, person, state):
    message = hello(person)
    Message.objects.update(state=state)

    page = as_user(person).get(message.get_absolute_url()).content.decode()

    assert "Not delivered" in page
    assert "read it here" in page


def test_what_it_was_about_may_be_gone(as_user, person):
    department = DepartmentFactory()
    message = actions.queue_email("outbox/hello", to=person, department=department, code="")
    department.domains.all().delete()
    department.delete()

    page = as_user(person).get(message.get_absolute_url()).content.decode()

    assert "no longer there" in page


def test_nobody_else_reads_it(as_user, person):
    message = hello(person)

    for other in (CivilServantFactory(), scheme_team_member()):
        assert as_user(other).get(message.get_absolute_url()).status_code == 404
