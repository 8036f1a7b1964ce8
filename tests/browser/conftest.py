"""A browser, the whole running service and its mail, for as long as the session lasts."""

import os
from pathlib import Path

import pytest

from dev.assets import build
from tests.browser import story
from tests.browser.judging import DESKTOP, HEIGHT
from tests.browser.people import Person
from tests.browser.service import Letters, Service
from tests.browser.story import Cast
from tests.browser.walking import Findings
from tests.mailserver import mail_server

# Playwright's loop runs in this thread, and Django takes that for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Mark these tests."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.no_cover)  # the service runs in processes of its own


@pytest.fixture(scope="session")
def mail():
    """Give the mail server that the service sends to, and its port."""
    with mail_server() as (sink, port):
        yield sink, port


@pytest.fixture(scope="session")
def service(tmp_path_factory, worker_id, mail):
    """Run the service with the demo in it."""
    build()
    home = tmp_path_factory.mktemp("service")
    with Service(home, worker_id, mail[1]).running() as service:
        yield service


@pytest.fixture(scope="session")
def site(service):
    """Give the address of the service."""
    return service.site


@pytest.fixture(scope="session")
def letters(mail):
    """Give the letters as they arrive."""
    return Letters(mail[0])


@pytest.fixture(scope="session")
def browsers(chromium, site):
    """Give a maker of browsers, each without a past."""
    contexts = []

    def make(*, javascript=True):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": DESKTOP, "height": HEIGHT},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def person(browsers, letters):
    """Give a maker of people, each with a browser of their own."""

    def make(*, kind=Person, javascript=True):
        return kind(browsers(javascript=javascript).new_page(), letters)

    return make


@pytest.fixture(scope="session")
def judged_story(browsers, letters, service):
    """Tell the story of one application, and judge the pages on its way."""
    findings = Findings()
    people = [findings.person(browsers().new_page(), letters) for _each in range(4)]
    story.tell(people, Cast.of(service, 0), letters)
    return findings
