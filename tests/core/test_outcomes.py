"""What an action raised becomes a page."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from core.errors import Conflict, StepNotOpen
from core.outcomes import OutcomesMiddleware


class Thing:
    def get_absolute_url(self):
        return "/things/1"


@pytest.fixture
def request_with_messages():
    request = RequestFactory().post("/things/1/open")
    request._messages = CookieStorage(request)  # noqa: SLF001 - what the middleware would set
    return request


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StepNotOpen(Thing(), "open"), "has changed since you opened the page"),
        (Conflict(Thing(), "Priya decided it at 10:42am."), "Priya decided it"),
    ],
)
def test_the_person_goes_back_to_the_thing_and_reads_what_happened(
    request_with_messages, error, words
):
    response = OutcomesMiddleware(lambda _request: None).process_exception(
        request_with_messages, error
    )

    assert response.status_code == 302
    assert response.url == "/things/1"
    assert words in str(next(iter(get_messages(request_with_messages))))


def test_other_errors_are_left_to_django(request_with_messages):
    middleware = OutcomesMiddleware(lambda _request: None)

    assert middleware.process_exception(request_with_messages, ValueError()) is None
