"""A code proves the registered address: short-lived, counted, never kept in the clear."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Message
from placements.actions import codes
from placements.choices import ApplicationStatus
from placements.models import DecisionCode
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return ApplicationFactory(status=ApplicationStatus.WITH_MANAGER).manager_requests.get()


def sent_code():
    return Message.objects.first().secret["code"]


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_works_once(asked):
    assert codes.send_code(asked)

    proof = codes.check_code(asked, sent_code())

    assert proof is not None
    assert DecisionCode.objects.prove(asked, proof.pk)
    assert codes.check_code(asked, sent_code()) is None


def test_it_goes_to_the_registered_address_and_stands_nowhere_in_the_clear(asked):
    codes.send_code(asked)

    message = Message.objects.get()
    assert message.recipient == asked.manager
    assert "code" not in message.context
    assert sent_code() not in DecisionCode.objects.get().code_hash


def test_five_wrong_tries_end_a_code(asked):
    codes.send_code(asked)
    code = sent_code()

    for _number in range(5):
        assert codes.check_code(asked, wrong(code)) is None

    assert codes.check_code(asked, code) is None
    assert "expired" in codes.why_refused(asked)


def test_a_code_lives_15_minutes(asked):
    codes.send_code(asked)
    code = sent_code()

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=15, seconds=1)):
        assert codes.check_code(asked, code) is None


def test_a_new_code_replaces_the_old_one(asked):
    codes.send_code(asked)
    old = sent_code()
    codes.send_code(asked)

    assert old == sent_code() or codes.check_code(asked, old) is None


def test_at_most_five_codes_an_hour(asked):
    assert [codes.send_code(asked) for _number in range(6)] == [True] * 5 + [False]

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        assert codes.send_code(asked)


def test_a_code_of_another_question_proves_nothing(asked):
    other = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER).manager_requests.get()
    codes.send_code(asked)
    code = sent_code()
    codes.send_code(other)

    assert codes.check_code(other, code) is None or code == sent_code()
