"""What every test can ask for."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.client import CheckedClient
from tests.factories import people


def pytest_configure():
    """Make the folder of collected files, which WhiteNoise warns about when it is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


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
