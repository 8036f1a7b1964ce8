"""A host's workspace and its list of opportunities."""

import datetime as dt

import pytest
from django.urls import reverse

from core.calendar import today
from placements.choices import ApplicationStatus as S
from placements.choices import OpportunityStatus
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Institute of Rain")


@pytest.fixture
def client(as_user, organisation):
    return as_user(host_of(organisation))


def workspace(client, organisation, name="organisation-workspace"):
    return client.get(reverse(name, args=[organisation.slug])).content.decode()


def test_an_empty_workspace(client, organisation):
    html = workspace(client, organisation)

    assert "Nothing needs doing" in html
    assert "You have no opportunities" in html
    assert "You have no opportunities" in workspace(
        client, organisation, "organisation-opportunities"
    )


def test_the_oldest_choosing_date_comes_first(client, organisation):
    late = OpportunityFactory(
        organisation=organisation,
        title="Rain late",
        closing_on=today() - dt.timedelta(days=9),
        choosing_on=today() - dt.timedelta(days=2),
    )
    soon = OpportunityFactory(organisation=organisation, title="Rain soon")
    for opportunity in (soon, late):
        ApplicationFactory(opportunity=opportunity, status=S.SENT)

    html = workspace(client, organisation)

    assert "Choose applicants for Rain late by 5pm on" in html
    assert html.index("Rain late") < html.index("Rain soon")
    assert "Overdue" in html
    assert "1 applicant is waiting for your decision." in html


def test_others_opportunities_are_not_shown(client, organisation):
    OpportunityFactory(title="Canary elsewhere")

    assert "Canary" not in workspace(client, organisation)
    assert "Canary" not in workspace(client, organisation, "organisation-opportunities")


@pytest.mark.parametrize("name", ["organisation-workspace", "organisation-opportunities"])
def test_it_is_there_for_members_only(as_user, organisation, name):
    stranger = as_user(host_of(OrganisationFactory()))

    assert stranger.get(reverse(name, args=[organisation.slug])).status_code == 404


def test_pausing_asks_first(client, organisation):
    opportunity = OpportunityFactory(organisation=organisation)
    where = reverse("opportunity-pause", args=[organisation.slug, opportunity.reference])

    assert "Nobody can apply while it is paused" in client.get(where).content.decode()
    opportunity.refresh_from_db()
    assert opportunity.status == OpportunityStatus.OPEN
    assert "Opportunity paused" in client.post(where, follow=True).content.decode()
    opportunity.refresh_from_db()
    assert opportunity.status == OpportunityStatus.PAUSED


def test_opening_again(client, organisation):
    opportunity = OpportunityFactory(organisation=organisation, status=OpportunityStatus.PAUSED)
    where = reverse("opportunity-reopen", args=[organisation.slug, opportunity.reference])

    assert "Open opportunity" in client.get(where).content.decode()
    client.post(where)
    opportunity.refresh_from_db()
    assert opportunity.status == OpportunityStatus.OPEN
