"""Choose what we compare."""

import re

import pytest

from audit.models import Event
from matching.engine.points import SLUGS
from matching.models import Preference
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import a_match
from tests.factories.people import CivilServantFactory

pytestmark = pytest.mark.django_db
URL = "/recommended/settings"


def test_it_is_for_people_who_signed_in(client):
    assert client.get(URL).status_code == 302


def test_it_is_not_for_hosts(as_user):
    assert as_user(host_of(OrganisationFactory())).get(URL).status_code == 403


def test_everything_is_on_at_first(as_user):
    html = as_user(CivilServantFactory()).get(URL).content.decode()

    assert len(re.findall(r"<input[^>]* checked", html)) == len(SLUGS)


def test_a_signal_turned_off_is_left_out_and_said(as_user):
    user, opportunity = a_match()
    client = as_user(user)
    before = client.get(f"/recommended/{opportunity.reference}/why").content.decode()
    assert "You turned this off." not in before

    answer = client.post(URL, {"used": [slug for slug in SLUGS if slug != "place"]}, follow=True)

    assert answer.redirect_chain[-1][0] == "/recommended"
    assert "Your choices are saved" in answer.content.decode()
    assert "so we did not compare it: Place." in " ".join(answer.content.decode().split())
    why = client.get(f"/recommended/{opportunity.reference}/why").content.decode()
    assert "You turned this off." in why
    assert Preference.objects.get(user=user).off == ["place"]
    assert Event.objects.filter(action="choose_signals", actor=user).count() == 1


def test_one_signal_must_stay(as_user):
    response = as_user(CivilServantFactory()).post(URL, {})

    assert "Error: " in response.content.decode()
    assert "Select at least one thing to compare" in response.content.decode()
