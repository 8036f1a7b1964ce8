"""Verbs, tokens and bodies that no page of ours sends: each is refused, and nothing is saved."""

import re

import pytest

from tests.access import ROWS
from tests.visitors import Visitors, address, entitled, holdings
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.fixture
def world(ladder):
    return Visitors(make_world())


def posts():
    """List the URLs that take a POST from somebody."""
    return [
        (name, who)
        for name in ROWS
        if ROWS[name].post is not None
        for who in [entitled(name, "post") or first_redirected(name)]
        if who
    ]


def first_redirected(name):
    statuses = ROWS[name].post
    found = [who for who, status in statuses.items() if status == 302 and who != "nobody"]
    return found[0] if found else None


def test_a_post_without_its_token_is_refused_everywhere(world):
    wrong, mine = [], world.world.mine
    for name, who in posts():
        for token in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            client, where = world.client(who, enforce_csrf_checks=True), address(name, mine)
            before = holdings()
            found = client.post(where, token)
            if found.status_code != 403 or holdings() != before:
                wrong.append(f"{name} as {who}: {found.status_code}")

    assert "\n".join(wrong) == ""


def test_a_token_counts_only_for_its_own_person_and_from_the_service_itself(world):
    where = address("saved-note", world.world.mine)
    tokens, clients = {}, {}
    for who in ("applicant", "manager"):
        clients[who] = world.client(who, enforce_csrf_checks=True)
        page = clients[who].get("/account").content.decode()
        tokens[who] = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    own, others = ({"note": "x", "csrfmiddlewaretoken": tokens[who]} for who in tokens)
    client = clients["applicant"]
    before = holdings()

    assert client.post(where, others).status_code == 403
    assert client.post(where, own, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post(where, own, HTTP_ORIGIN="null").status_code == 403
    assert holdings() == before
    assert client.post(where, own, HTTP_ORIGIN="http://testserver").status_code == 302
    assert holdings() != before


def test_a_method_cannot_be_smuggled_in(world):
    where = address("application-withdraw", world.world.mine)
    before = holdings()

    for extra in ({"_method": "POST"}, {"_method": "DELETE"}):
        assert world.client("applicant").get(where, extra).status_code == 200
    header = {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"}
    assert world.client("applicant").get(where, **header).status_code == 200
    assert holdings() == before


BODIES = [
    ("application/json", b'{"email": "a@b.example"}'),
    ("application/json", b"[" * 100_000),
    ("application/json", b'"\\ud800"'),
    ("text/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("multipart/form-data; boundary=" + "y" * 300, b""),
    ("application/x-www-form-urlencoded", b"email=%FF%FE&x=%ED%A0%80"),
    ("application/x-www-form-urlencoded", b"&".join(b"p%d=1" % n for n in range(1100))),
    ("application/x-www-form-urlencoded", b"email=" + b"x" * 3_000_000),
    ("application/x-www-form-urlencoded; charset=utf-7", b"email=a"),
    ("application/x-www-form-urlencoded; charset=no-such", b"email=a"),
    ("", b"email=a"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
@pytest.mark.parametrize("name", ["sign-in", "application-withdraw", "recommended-settings"])
def test_a_body_that_is_no_form_is_refused(world, name, kind, body):
    who = entitled(name, "post") or "nobody"
    where = address(name, world.world.mine)
    before = holdings()

    found = world.client(who).generic("POST", where, body, kind)

    assert found.status_code in {200, 400, 413}
    assert holdings() == before
