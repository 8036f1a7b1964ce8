"""Opportunities side by side."""

import pytest

from placements.choices import OpportunityStatus
from placements.models import SavedOpportunity
from tests.factories.people import UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db
URL = "/opportunities/compare"


def compared(client, *opportunities, **more):
    return client.get(URL, {"ref": [each.reference for each in opportunities], **more})


def test_what_differs_comes_first(client):
    html = compared(
        client,
        OpportunityFactory(title="First", hours_a_week=8),
        OpportunityFactory(title="Second", hours_a_week=37),
    ).content.decode()

    assert html.index("Hours a week") < html.index("Security clearance")
    assert "Apply for ‘First’" in html


def test_only_different_rows(client):
    pair = OpportunityFactory(hours_a_week=8), OpportunityFactory(hours_a_week=37)

    html = compared(client, *pair, only="different").content.decode()

    assert "Hours a week" in html
    assert "Security clearance" not in html
    assert "Show all rows" in html


@pytest.mark.parametrize(
    ("number", "error"),
    [(1, "Select at least 2 opportunities"), (5, "Select up to 4 opportunities")],
)
def test_too_few_or_too_many(client, number, error):
    response = compared(client, *OpportunityFactory.create_batch(number))

    html = response.content.decode()
    assert response.status_code == 200
    assert html.count(error) == 2
    assert "<title>Error: " in html


def test_it_starts_without_an_error(client):
    html = compared(client, OpportunityFactory(), start="1").content.decode()

    assert "There is a problem" not in html


def test_the_saved_ones_are_offered(as_user):
    user = UserFactory()
    SavedOpportunity.objects.create(user=user, opportunity=OpportunityFactory(title="Kept"))

    html = as_user(user).get(URL, {"start": "1"}).content.decode()

    assert "Kept" in html


@pytest.mark.parametrize("value", ["", "x", "OP-000000", "'", "x" * 5000, "%00"])
def test_bad_references_are_left_out(client, value):
    one = OpportunityFactory()

    response = client.get(URL, {"ref": [one.reference, value]})

    assert response.status_code == 200
    assert "Select at least 2 opportunities" in response.content.decode()


def test_hidden_ones_stay_hidden(client):
    hidden = OpportunityFactory(title="Secret plan", status=OpportunityStatus.DRAFT)

    html = compared(client, OpportunityFactory(), hidden).content.decode()

    assert "Secret plan" not in html


def test_the_contact_is_never_in_the_page(client):
    contact = UserFactory(name="Canary Contact", email="canary@example.org")
    pair = OpportunityFactory.create_batch(2, contact=contact, supervisor="Canary Supervisor")

    assert "anary" not in compared(client, *pair).content.decode()
