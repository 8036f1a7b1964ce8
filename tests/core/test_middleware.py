"""The guards at the door."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from core import middleware

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address", ["/gallery?q=a%00b", "/gallery?%00=1", "/gall%00ery", "/gallery?q=%ED%A0%80"]
)
def test_text_that_cannot_be_stored_is_a_400(client, address):
    assert client.get(address).status_code == 400


def test_a_form_with_nul_is_a_400(client):
    assert client.post("/gallery", {"name": "a\x00b"}).status_code == 400


def test_other_text_goes_through(client, settings):
    settings.DEMO = True
    assert client.get("/gallery?q=%C5%B4+%F0%9F%98%80+%FF").status_code == 200


def test_a_view_that_loses_the_database_is_a_503(rf):
    guard = middleware.DatabaseErrorsMiddleware(lambda _request: HttpResponse())
    assert guard.process_exception(rf.get("/"), OperationalError()).status_code == 503
    assert guard.process_exception(rf.get("/"), ValueError()) is None
    assert guard(rf.get("/")).status_code == 200


def test_a_page_within_a_session_is_never_stored(rf, settings):
    guard = middleware.NoStoreMiddleware(lambda _request: HttpResponse())
    assert "Cache-Control" not in guard(rf.get("/")).headers
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert "no-store" in guard(request).headers["Cache-Control"]


def test_every_answer_has_the_further_headers(client):
    headers = client.get("/nothing-here").headers
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
