"""The log is one JSON object a line in production."""

import io
import json
import logging
import logging.config
import re

import pytest
import structlog
from django.db import IntegrityError, transaction

from people.models import User
from stemfutures.logs import logging_table
from tests.client import CheckedClient
from tests.factories.people import UserFactory
from tests.factories.placements import ManagerRequestFactory


@pytest.fixture
def written():
    """Log into memory as production does."""
    lines = io.StringIO()
    table = logging_table(as_json=True, level="INFO")
    formatter = table["formatters"]["line"]
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger()
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_our_own_lines_and_the_librarys_have_one_shape(written):
    structlog.stdlib.get_logger("tests.logs").info("letter sent", message=7)
    logging.getLogger("tests.logs").warning("a library's line")

    ours, theirs = written()
    assert (ours["event"], ours["message"], ours["level"]) == ("letter sent", 7, "info")
    assert (theirs["event"], theirs["level"]) == ("a library's line", "warning")
    assert ours["timestamp"]


def test_an_error_stays_one_line(written):
    try:
        int("no")
    except ValueError:
        logging.getLogger("tests.logs").exception("it failed")

    (line,) = written()
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert "locals" not in json.dumps(line)


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_told(written):
    somebody = UserFactory(email="canary-4471@example.gov.uk")
    try:
        with transaction.atomic():
            User.objects.create(email=somebody.email)
    except IntegrityError:
        logging.getLogger("tests.logs").exception("it failed")

    (line,) = written()
    assert "people_user" in line["exception"][0]["exc_value"]
    assert "canary-4471" not in json.dumps(line)


@pytest.mark.django_db
def test_nothing_that_opens_something_or_tells_about_somebody_is_logged(written, ladder):
    asked = ManagerRequestFactory()
    client = CheckedClient()
    client.post("/sign-in", {"email": "canary-4472@example.gov.uk"})
    client.post("/sign-in/check-your-email", {"code": "447331"})
    client.get("/opportunities", {"q": "canary-4474"})
    client.get(f"/manager-decision/{asked.token}")
    client.get(f"/manager-decision/{asked.token}x")

    said = json.dumps(written())
    assert said.count("request_finished") == 5
    assert "/manager-decision/" in said
    assert not re.search("canary|447331", said)
    assert asked.token not in said
