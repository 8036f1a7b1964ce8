"""What every test can ask for."""

import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from stemfutures.celery import app
from tests.client import CheckedClient
from tests.factories import people


def pytest_configure():
    """Make the folder of collected files, which WhiteNoise warns about when it is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item):
    """Take away the tracer that a paused coverage leaves behind: it costs half as much."""
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    return (yield)


@pytest.fixture
def client():
    """Return a client that holds every page to the rules of a page."""
    return CheckedClient()


@pytest.fixture
def as_user():
    """Give a maker of clients that are signed in."""

    def sign_in(user):
        client = CheckedClient()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def ladder(db):
    """Lay the default approval ladder."""
    return people.default_ladder()


@pytest.fixture
def at_once(monkeypatch):
    """Do what is given to the worker on the spot."""
    for name in ("task_always_eager", "task_eager_propagates"):
        monkeypatch.setitem(app.conf, name, value=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let tests that commit clean up behind them: the audit may be emptied in their database."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass"
            " AND tgname LIKE 'pgtrigger_append_only%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE audit_event ENABLE TRIGGER "{name}"')
