"""A message is a row first; a worker claims it, sends it, and writes down what came of it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from notifications import actions, tasks
from notifications.choices import MAX_ATTEMPTS, MessageState
from notifications.models import Message
from notifications.rendering import COVERED, render
from tests.factories.people import CivilServantFactory
from tests.factories.placements import ApplicationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


@pytest.fixture
def person():
    return CivilServantFactory(name="Zoë O'Neill")


@pytest.fixture
def message(person):
    return actions.queue_email("outbox/hello", to=person, department=person.department, code="x")


def later(seconds):
    return time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds), tick=False)


def test_a_letter_arrives_as_plain_text_with_a_message_id_of_its_own(sink, message, person):
    assert tasks.deliver(message.pk) == MessageState.SENT

    (letter,) = sink.letters
    message.refresh_from_db()
    assert letter["Subject"] == "=?utf-8?q?Hello_Zo=C3=AB_O=27Neill?="
    assert letter["To"] == person.email
    assert str(message.uid) in letter["Message-ID"]
    assert person.department.name in letter.get_payload()
    assert "Why you got this: you asked for a greeting." in letter.get_payload()
    assert message.sent_at is not None


def test_a_second_delivery_does_nothing(sink, message):
    tasks.deliver(message.pk)

    assert tasks.deliver(message.pk) == "taken"
    assert len(sink.letters) == 1


def test_what_is_secret_is_sent_and_then_covered_with_dots(sink, person):
    message = actions.queue_email(
        "outbox/hello", to=person, department=person.department, secret={"code": "424242"}
    )

    tasks.deliver(message.pk)

    message.refresh_from_db()
    assert "424242" in sink.letters[0].get_payload()
    assert message.secret == {"code": COVERED}
    assert COVERED in render(message)[1]


def test_the_subject_is_kept_when_it_is_sent_without_its_secrets(sink, person):
    message = actions.queue_email("outbox/code", to=person, secret={"code": "424242"})
    assert message.subject == ""

    tasks.deliver(message.pk)

    message.refresh_from_db()
    assert sink.letters[0]["Subject"] == "424242 is your code"
    assert message.subject == f"{COVERED} is your code"
    assert "424242" not in str(Message.objects.values().get())


def test_what_was_given_up_is_sent_when_it_is_asked_for_again(sink, message):
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.DEAD, attempts=MAX_ATTEMPTS, error="OSError"
    )

    assert actions.retry(message)
    assert not actions.retry(message)

    assert actions.hint_due() == [message.pk]
    assert tasks.deliver(message.pk) == MessageState.SENT
    assert len(sink.letters) == 1


@pytest.mark.parametrize("state", [MessageState.PENDING, MessageState.SENDING])
def test_what_is_on_its_way_is_not_put_back(message, state):
    Message.objects.filter(pk=message.pk).update(state=state)

    assert not actions.retry(message)


def test_the_same_key_makes_one_message(person):
    first = actions.queue_email("outbox/hello", to=person, dedupe_key="hello:1", code="")
    second = actions.queue_email("outbox/hello", to=person, dedupe_key="hello:1", code="")

    assert first is not None
    assert second is None
    assert Message.objects.count() == 1


def test_a_server_that_says_later_is_asked_again_later_with_the_same_id(sink, message, person):
    sink.answers[person.email] = "451 greylisted"

    assert tasks.deliver(message.pk) == MessageState.PENDING
    assert tasks.deliver(message.pk) == "taken"

    sink.answers.clear()
    with later(61):
        assert tasks.deliver(message.pk) == MessageState.SENT
    assert sink.message_ids == [f"<{message.uid}@stemfutures.example>"]


def test_a_server_that_says_never_is_not_asked_again(sink, message, person):
    sink.answers[person.email] = "550 no such person"

    assert tasks.deliver(message.pk) == MessageState.FAILED

    with later(90_000):
        assert actions.hint_due() == []
    message.refresh_from_db()
    assert message.error == "SMTPRecipientsRefused"


def test_a_server_that_is_down_is_tried_as_often_as_allowed_and_then_given_up(settings, message):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    for day in range(MAX_ATTEMPTS):
        with later(day * 90_000):
            state = tasks.deliver(message.pk)

    assert state == MessageState.DEAD
    with later(900_000):
        assert tasks.deliver(message.pk) == "taken"


def test_a_worker_that_died_while_sending_is_replaced_when_its_lease_is_over(sink, message):
    assert Message.objects.claim(message.pk) is not None
    assert Message.objects.claim(message.pk) is None

    with later(91):
        assert tasks.deliver(message.pk) == MessageState.SENT
    assert len(sink.letters) == 1


def test_a_worker_that_comes_back_late_does_not_overwrite_the_one_that_took_over(sink, message):
    late = Message.objects.claim(message.pk)
    with later(91):
        tasks.deliver(message.pk)

    actions._put_off(late, OSError(), permanent=False)  # noqa: SLF001 - what the late one would do

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_what_was_tried_too_often_is_given_up_when_it_is_due(message):
    Message.objects.filter(pk=message.pk).update(attempts=MAX_ATTEMPTS)

    assert actions.hint_due() == []
    message.refresh_from_db()
    assert message.state == MessageState.DEAD


def test_a_worker_hears_of_a_message_once_in_a_while_not_at_every_look(message):
    assert actions.hint_due() == [message.pk]
    assert actions.hint_due() == []
    with later(31):
        assert actions.hint_due() == [message.pk]


def test_a_person_sees_their_own_messages_only(message, person):
    assert list(Message.objects.visible_to(person)) == [message]
    assert not Message.objects.visible_to(CivilServantFactory()).exists()


def test_the_demo_keeps_a_code_so_that_its_mail_page_can_show_it(sink, person, settings):
    settings.OUTBOX_KEEPS_SECRETS = True
    message = actions.queue_email("outbox/code", to=person, secret={"code": "424242"})

    tasks.deliver(message.pk)

    message.refresh_from_db()
    assert message.secret == {"code": "424242"}


@pytest.mark.usefixtures("at_once")
def test_beat_hands_every_due_letter_to_a_worker_once(sink, person):
    for code in ({}, {"code": "424242"}):
        actions.queue_email(
            "outbox/hello", to=person, department=person.department, secret={"code": "", **code}
        )

    assert (tasks.deliver_due(), tasks.deliver_due()) == (2, 0)

    assert len(set(sink.message_ids)) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 busy", MessageState.PENDING), ("554 we take no such letters", MessageState.FAILED)],
)
def test_a_server_that_refuses_the_letter_itself_is_understood(sink, message, answer, state):
    sink.answer = answer

    assert tasks.deliver(message.pk) == state

    message.refresh_from_db()
    assert (message.error, message.lease_until) == ("SMTPDataError", None)
    assert sink.letters == []


def test_a_letter_about_dates_brings_them_as_a_calendar_file(sink):
    placement = ApplicationFactory(status="confirmed").placement
    message = actions.queue_email(
        "outbox/hello",
        to=placement.person,
        department=placement.application.department,
        code="",
        dates_of=placement,
    )

    tasks.deliver(message.pk)

    text, dates = sink.letters[0].get_payload()
    assert text.get_content_type() == "text/plain"
    assert (dates.get_content_type(), dates.get_filename()) == ("text/calendar", "dates.ics")
    assert placement.application.reference in dates.get_payload(decode=True).decode()


def test_a_name_with_a_line_break_adds_no_header(sink):
    person = CivilServantFactory(name="Eve\r\nBcc: everybody@example.org")
    message = actions.queue_email("outbox/hello", to=person, department=person.department, code="")

    assert tasks.deliver(message.pk) == MessageState.SENT

    (letter,) = sink.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Eve Bcc: everybody@example.org"
