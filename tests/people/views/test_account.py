"""The account: where somebody is signed in, and ending it elsewhere."""

import pytest

from tests.client import CheckedClient
from tests.factories.people import CivilServantFactory, UserFactory
from tests.people.codes import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return CivilServantFactory(email="sam@tides.gov.uk")


def signed_in(person, browser=""):
    client = CheckedClient(headers={"user-agent": browser})
    sign_in(client, person.email)
    return client


def key_of(client):
    return client.session.session_key


def test_an_account_lists_where_its_owner_is_signed_in(person):
    phone = signed_in(person, "Mozilla/5.0 (iPhone) AppleWebKit Safari/604")
    here = signed_in(person, "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140")

    page = here.get("/account").text

    assert "Safari on iPhone" in page
    assert "Firefox on Windows" in page
    assert page.count("This is where you are now") == 1
    assert key_of(phone) in page


def test_a_session_is_ended_from_elsewhere(person):
    phone, here = signed_in(person), signed_in(person)

    here.post("/account/sessions/end", {"session": key_of(phone)})

    assert phone.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_all_others_are_ended_at_once(person):
    others = [signed_in(person), signed_in(person)]
    here = signed_in(person)

    page = here.post("/account/sessions/end-others", follow=True)

    assert "You are signed out in 2 other places" in page.text
    assert {other.get("/account").status_code for other in others} == {302}


def test_nobody_ends_the_session_of_another_person(person):
    victim = signed_in(person)
    attacker = signed_in(UserFactory())

    response = attacker.post("/account/sessions/end", {"session": key_of(victim)})

    assert response.status_code == 404
    assert victim.get("/account").status_code == 200


@pytest.mark.parametrize("address", ["/account", "/account/sessions/end"])
def test_an_account_is_its_owners(client, address):
    assert client.post(address).headers["Location"].startswith("/sign-in")


def test_an_account_that_is_closed_is_signed_out_at_the_next_page(person):
    client = signed_in(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/account").status_code == 302
