"""A browser, the whole running service and its mail, for as long as the session lasts."""

import os
from pathlib import Path

import pytest

from dev.assets import build
from tests.browser.people import Person
from tests.browser.service import Letters, Service
from tests.mailserver import mail_server

# Playwright's loop runs in this thread, and Django takes that for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Mark these tests, and keep them together: they share one running service."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


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


@pytest.fixture
def person(chromium, site, letters):
    """Give a maker of people, each with a browser of their own."""
    contexts = []

    def make(*, kind=Person, width=1280, javascript=True):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return kind(context.new_page(), letters)

    yield make
    for context in contexts:
        context.close()
