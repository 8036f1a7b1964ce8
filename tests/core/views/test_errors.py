"""The pages for when something went wrong need nothing but themselves."""

import time
from contextlib import contextmanager

import psycopg_pool
import pytest
from django.core.exceptions import PermissionDenied
from django.db import (
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)
from django.template.loader import render_to_string

from core.views import errors
from tests.client import faults_of

PAGES = ["400", "403", "404", "409", "410", "429", "500", "503", "csrf"]


@contextmanager
def noticing(rf):
    """Ask for the page of a failure while the failure is being handled, as Django does."""
    seen = []
    try:
        yield seen
    except OperationalError:
        seen.append(errors.server_error(rf.get("/")).status_code)
        raise


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_whole_without_any_context(name):
    assert faults_of(render_to_string(f"{name}.html")) == []


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (OperationalError("away"), 503),
        (psycopg_pool.PoolTimeout("full"), 503),
        (IntegrityError("taken"), 409),
        (DataError("NUL"), 400),
    ],
)
def test_a_database_s_error_says_what_it_means(raised, status):
    response = errors.database_response(raised)
    assert response.status_code == status
    assert (status == 503) == ("Retry-After" in response.headers)


def test_other_errors_are_left_to_django():
    assert errors.database_response(ValueError("no")) is None


def sit_in_a_transaction():
    """Do nothing inside a transaction for longer than the server allows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '50ms'")
        time.sleep(0.3)
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_away_and_the_next_one_works():
    with pytest.raises(InternalError) as raised:
        sit_in_a_transaction()

    response = errors.database_response(raised.value)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_another_internal_error_is_left_to_django():
    assert errors.database_response(InternalError("broken")) is None


def test_an_error_in_a_middleware_is_understood_too(rf):
    with pytest.raises(OperationalError), noticing(rf) as seen:
        raise OperationalError
    assert seen == [503]
    assert errors.server_error(rf.get("/")).status_code == 500


def test_too_many_tries_says_when_to_come_back(rf):
    response = errors.too_many_requests(rf.get("/"), minutes=1)
    assert response.headers["Retry-After"] == "60"
    assert "Wait 1 minute, then try again." in response.content.decode()


def test_a_refusal_gives_its_reason(rf):
    page = errors.permission_denied(rf.get("/"), PermissionDenied("Only the host can."))
    assert "Only the host can." in page.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_a_404_page(client):
    response = client.get("/nothing-here")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
