"""Saved opportunities: keep, note, remove, undo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placements.models import SavedOpportunity
from tests.factories.people import UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def client(user, as_user):
    return as_user(user)


def keep(user, **fields):
    note = fields.pop("note", "")
    opportunity = OpportunityFactory(**fields)
    return SavedOpportunity.objects.create(user=user, opportunity=opportunity, note=note)


def test_saving_keeps_it_once_and_goes_back(client, user):
    opportunity = OpportunityFactory()
    address = f"/opportunities/{opportunity.reference}/save"

    for _time in range(2):
        response = client.post(address, {"back": "/opportunities?page=2"})

    assert response["Location"] == "/opportunities?page=2"
    assert user.saved_opportunities.count() == 1


def test_it_never_goes_back_to_another_site(client):
    opportunity = OpportunityFactory()

    response = client.post(
        f"/opportunities/{opportunity.reference}/save", {"back": "//evil.example/"}
    )

    assert response["Location"] == opportunity.get_absolute_url()


def test_a_get_saves_nothing(client, user):
    opportunity = OpportunityFactory()

    response = client.get(f"/opportunities/{opportunity.reference}/save")

    assert response.status_code == 302
    assert not user.saved_opportunities.exists()


def test_what_nobody_may_see_cannot_be_saved(client):
    draft = OpportunityFactory(draft=True)

    assert client.post(f"/opportunities/{draft.reference}/save").status_code == 404


def test_the_list_shows_ones_own_with_their_notes(client, user):
    keep(user, title="Mine", note="Ask about Tuesdays")
    keep(UserFactory(), title="Theirs", note="Private")

    html = client.get("/saved").content.decode()

    assert "Mine" in html
    assert "Ask about Tuesdays" in html
    assert "Theirs" not in html


def test_an_empty_list_leads_to_the_search(client):
    assert "You have not saved anything" in client.get("/saved").content.decode()


def test_queries_do_not_grow_with_rows(client, user):
    keep(user)
    with CaptureQueriesContext(connection) as one:
        client.get("/saved")
    for _row in range(14):
        keep(user)

    with CaptureQueriesContext(connection) as fifteen:
        client.get("/saved")

    assert len(fifteen) == len(one)


def test_a_note_has_its_own_page(client, user):
    saved = keep(user)
    address = f"/saved/{saved.opportunity.reference}/note"
    client.get(address)

    response = client.post(address, {"note": "Good for the autumn"})

    assert response["Location"] == "/saved"
    saved.refresh_from_db()
    assert saved.note == "Good for the autumn"


def test_a_note_that_is_too_long_is_refused_and_kept_on_the_page(client, user):
    saved = keep(user)

    html = client.post(
        f"/saved/{saved.opportunity.reference}/note", {"note": "x" * 501}
    ).content.decode()

    assert "Your note must be 500 characters or less" in html
    assert "x" * 501 in html


def test_somebody_elses_note_is_not_there(client):
    saved = keep(UserFactory(), note="Private")

    for step in ("note", "remove"):
        response = client.post(f"/saved/{saved.opportunity.reference}/{step}", {"note": "Hm"})
        assert response.status_code == 404
    saved.refresh_from_db()
    assert saved.note == "Private"


def test_removing_can_be_undone_with_the_note(client, user):
    saved = keep(user, title="Changed my mind", note="Ask about Tuesdays")
    reference = saved.opportunity.reference

    response = client.post(f"/saved/{reference}/remove")
    html = client.get(response["Location"]).content.decode()

    assert "You removed ‘Changed my mind’." in html
    assert not user.saved_opportunities.exists()

    client.post(f"/saved/{reference}/undo")

    assert user.saved_opportunities.get().note == "Ask about Tuesdays"
    assert "You removed" not in client.get("/saved").content.decode()


def test_writing_needs_a_post(client, user):
    reference = keep(user).opportunity.reference

    for step in ("remove", "undo"):
        assert client.get(f"/saved/{reference}/{step}").status_code == 405


def test_a_stranger_is_asked_to_sign_in(user):
    from tests.client import CheckedClient  # noqa: PLC0415 - this one client is nobody's

    assert CheckedClient().get("/saved").status_code == 302
