"""How often we write about what is new."""

import pytest

from audit.models import Event
from matching.choices import Rhythm
from matching.models import Preference
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import a_match, learner
from tests.factories.people import CivilServantFactory, SkillFactory

pytestmark = pytest.mark.django_db
URL = "/recommended/emails"


def page(client, url):
    return " ".join(client.get(url).content.decode().split())


def test_it_is_for_people_who_signed_in(client):
    assert client.get(URL).status_code == 302


def test_it_is_not_for_hosts(as_user):
    assert as_user(host_of(OrganisationFactory())).get(URL).status_code == 403


def test_it_is_weekly_at_first(as_user):
    html = page(as_user(CivilServantFactory()), URL)

    assert html.count(" checked") == 1
    assert html.index(" checked") > html.index('value="weekly"')


@pytest.mark.parametrize("rhythm", Rhythm.values)
def test_each_choice_is_kept_and_shown(as_user, rhythm):
    user = CivilServantFactory()
    client = as_user(user)

    answer = client.post(URL, {"rhythm": rhythm}, follow=True)

    assert "Your choice is saved" in answer.content.decode()
    assert Preference.objects.get(user=user).rhythm == rhythm
    assert Event.objects.get(action="choose_rhythm").detail == {"rhythm": rhythm}


@pytest.mark.parametrize("rhythm", ["", "hourly"])
def test_a_choice_is_needed(as_user, rhythm):
    client = as_user(CivilServantFactory())

    answer = client.post(URL, {"rhythm": rhythm})

    assert "Error: " in answer.content.decode()
    assert not Preference.objects.exists()


def test_signals_that_are_off_stay_off(as_user):
    user = CivilServantFactory()
    Preference.objects.create(user=user, off=["place"])

    as_user(user).post(URL, {"rhythm": "daily"})

    assert Preference.objects.get(user=user).off == ["place"]


@pytest.mark.parametrize("url", ["/recommended", "/recommended/settings", "/saved-searches"])
def test_who_gets_no_letters_can_turn_them_on(as_user, url):
    user, _opportunity = a_match()
    Preference.objects.create(user=user, rhythm=Rhythm.NEVER)
    client = as_user(user)
    assert "Turn on email" in page(client, url)

    client.post(URL, {"rhythm": "weekly"})

    assert "Turn on email" not in page(client, url)
    assert "We email you once a week" in page(client, url)


def test_with_no_match_yet_letters_can_be_turned_on(as_user):
    user = learner(SkillFactory())
    Preference.objects.create(user=user, rhythm=Rhythm.NEVER)

    assert "Turn on email" in page(as_user(user), "/recommended")
