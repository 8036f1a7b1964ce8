"""Saved searches: keep, see, remove, undo."""

import pytest

from audit.models import Event
from matching import actions
from matching.models import SavedSearch
from placements.models import Opportunity
from tests.client import QuickClient
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import SavedSearchFactory
from tests.factories.people import CivilServantFactory, UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db
URL = "/saved-searches"
NEW = f"{URL}/new?q=lasers&type=shadowing&sort=title&page=3"


@pytest.fixture
def user():
    return CivilServantFactory()


@pytest.fixture
def client(user, as_user):
    return as_user(user)


def page(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def opening(**fields):
    """Make an opportunity that the search finds."""
    opportunity = OpportunityFactory(**fields)
    Opportunity.objects.refresh_search([opportunity.pk])
    return opportunity


def test_who_has_not_signed_in_comes_back_to_the_same_search():
    response = QuickClient().get(NEW)

    assert response.status_code == 302
    assert "q%3Dlasers" in response["Location"]


def test_the_list_of_opportunities_offers_it(client):
    opening(title="Lasers")

    html = page(client, "/opportunities?q=lasers&sort=title")

    assert 'href="/saved-searches/new?q=lasers"' in html
    assert "Tell me about new ones" in html


def test_a_search_that_finds_nothing_offers_it(client):
    html = page(client, "/opportunities?q=zzzz")

    assert "Email me when one opens" in html
    assert 'href="/saved-searches/new?q=zzzz"' in html


def test_a_host_is_not_offered_what_is_not_for_them(as_user):
    client = as_user(host_of(OrganisationFactory()))

    assert "saved-searches" not in page(client, "/opportunities?q=zzzz")


def test_it_says_what_the_search_looks_for(client):
    html = page(client, NEW)

    assert "‘lasers’" in html
    assert "Shadowing" in html
    assert 'value="‘lasers’, Shadowing"' in html


def test_it_keeps_words_and_filters_but_no_order_or_page(client, user):
    response = client.post(NEW, {"name": "Light"}, follow=True)

    search = SavedSearch.objects.get()
    assert (search.user, search.name, search.query) == (user, "Light", "q=lasers&type=shadowing")
    assert "Search saved" in response.content.decode()
    assert Event.objects.get(action="save_search").actor == user


def test_a_search_without_words_or_filters_finds_everything(client):
    opening()

    assert "it finds every opportunity" in page(client, f"{URL}/new")
    client.post(f"{URL}/new", {"name": "Everything"})
    assert "Finds 1 opportunity today" in page(client)


def test_it_needs_a_name(client):
    response = client.post(NEW, {"name": ""})

    assert "Enter a name for the search" in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_the_same_search_is_kept_once(client):
    for name in ("One", "Two"):
        client.post(NEW, {"name": name})

    assert SavedSearch.objects.get().name == "One"


def test_filters_that_the_list_does_not_know_are_left_out(client):
    client.post(f"{URL}/new?type=shadowing&type=nonsense&evil=1", {"name": "Shadowing"})

    assert SavedSearch.objects.get().query == "type=shadowing"


def test_nobody_keeps_more_than_ten(client, user):
    for number in range(10):
        SavedSearchFactory(user=user, query=f"q=word{number}")

    assert "You have 10 saved searches already" in page(client, NEW)
    response = client.post(NEW, {"name": "One more"}, follow=True)

    assert "Remove one to save another" in response.content.decode()
    assert SavedSearch.objects.count() == 10


def test_too_long_a_search_is_not_kept(client, monkeypatch):
    monkeypatch.setattr("matching.views.searches.LONGEST", 10)

    response = client.post(NEW, {"name": "Long"})

    assert "too many filters" in response.content.decode()
    assert not SavedSearch.objects.exists()


def test_the_list_shows_what_each_finds_today(client, user):
    SavedSearchFactory(user=user, name="All the lasers", query="q=lasers")
    opening(title="Lasers and light")
    opening(title="Sensors")

    html = page(client)

    assert "All the lasers" in html
    assert "Finds 1 opportunity today" in html
    assert 'href="/opportunities?q=lasers"' in html


def test_nothing_saved_says_how(client):
    assert "You have not saved a search" in page(client)


def test_others_searches_are_not_there(client):
    theirs = SavedSearchFactory(name="Secret wishes")

    assert "Secret wishes" not in page(client)
    assert client.post(f"{URL}/{theirs.reference}/remove").status_code == 404
    assert SavedSearch.objects.exists()


def test_removing_offers_to_undo(client, user):
    search = SavedSearchFactory(user=user, name="Light")

    html = client.post(f"{URL}/{search.reference}/remove", follow=True).content.decode()

    assert "You removed ‘Light’" in html
    assert not SavedSearch.objects.exists()
    assert Event.objects.get(action="remove_search").actor == user
    client.post(f"{URL}/undo")
    assert SavedSearch.objects.get().name == "Light"


def test_there_is_nothing_to_undo_twice(client):
    assert client.post(f"{URL}/undo").status_code == 302
    assert not SavedSearch.objects.exists()


def test_removing_what_is_gone_changes_nothing(user):
    search = SavedSearchFactory(user=user)
    actions.remove_search(search, by=user)

    actions.remove_search(search, by=user)

    assert Event.objects.filter(action="remove_search").count() == 1


def test_it_says_what_a_letter_still_needs(as_user):
    user = CivilServantFactory(profile__grade=None, profile__answered=[])
    SavedSearchFactory(user=user)

    assert "once your profile is complete" in page(as_user(user))


def test_who_works_in_no_department_keeps_none(as_user):
    assert as_user(UserFactory()).get(URL).status_code == 403
