"""The log is one JSON object a line in production."""

import io
import json
import logging
import logging.config

import pytest
import structlog

from stemfutures.logs import logging_table


@pytest.fixture
def written():
    """Log into memory as production does."""
    lines = io.StringIO()
    table = logging_table(as_json=True, level="INFO")
    formatter = table["formatters"]["line"]
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.getLogger("tests.logs")
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
