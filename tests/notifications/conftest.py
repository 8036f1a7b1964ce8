"""A letter to send and a server to send it to."""

from pathlib import Path

import pytest

from tests.mailserver import mail_server


@pytest.fixture
def letters(settings):
    """Let the tests' own letter be found, and secrets be covered as in production."""
    settings.OUTBOX_KEEPS_SECRETS = False
    settings.TEMPLATES = [
        {**engine, "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}
        if engine["BACKEND"].endswith("Jinja2")
        else engine
        for engine in settings.TEMPLATES
    ]


@pytest.fixture
def sink(settings):
    """Send mail to a real server of the test's own."""
    with mail_server() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink
