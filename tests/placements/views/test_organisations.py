"""The directory of hosts."""

import pytest

from placements.models import Opportunity
from tests.factories.experts import OrganisationFactory
from tests.factories.people import RegionFactory, TownFactory, UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db
URL = "/organisations"


def test_it_lists_active_hosts_with_what_they_offer(client):
    host = OrganisationFactory(name="Calder Laboratories")
    OrganisationFactory(name="Not yet", status="applied")
    OpportunityFactory.create_batch(2, organisation=host)
    OpportunityFactory(organisation=host, draft=True)

    html = client.get(URL).content.decode()

    assert "1 host</h1>" in html
    assert "Calder Laboratories" in html
    assert "2 open opportunities" in html


def test_words_kind_and_region_narrow_it(client):
    region = RegionFactory(code="TLL", name="Wales", slug="wales")
    wales = TownFactory(name="Bangor", region=region)
    OrganisationFactory(name="Café Physics", kind="firm", town=wales)
    OrganisationFactory(name="Other")

    for query in ({"q": "cafe"}, {"kind": "firm"}, {"region": "wales"}):
        html = client.get(URL, query).content.decode()
        assert "Café Physics" in html
        assert "Other</a>" not in html


@pytest.mark.parametrize("value", ["'", "%", "x" * 999, "-1", "abc", "__all"])
@pytest.mark.parametrize("name", ["q", "kind", "region", "page"])
def test_bad_values_never_fail(client, name, value):
    OrganisationFactory()

    assert client.get(URL, {name: value}).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_queries_do_not_grow_with_rows(client, rows, django_assert_num_queries):
    for host in OrganisationFactory.create_batch(rows):
        OpportunityFactory(organisation=host)

    with django_assert_num_queries(4):  # regions, count, hosts, open opportunities
        client.get(URL)


def test_a_host_has_a_page_with_its_open_opportunities(client):
    contact = UserFactory(name="Canary Contact", email="canary@example.org")
    opportunity = OpportunityFactory(title="Open here", contact=contact)
    Opportunity.objects.refresh_search([opportunity.pk])

    html = client.get(opportunity.organisation.get_absolute_url()).content.decode()

    assert "1 open opportunity" in html
    assert "Open here" in html
    assert "anary" not in html


def test_a_host_without_opportunities_says_so(client):
    html = client.get(OrganisationFactory().get_absolute_url()).content.decode()

    assert "Nothing is open here today" in html


def test_a_host_that_is_not_active_is_not_found(client):
    host = OrganisationFactory(status="suspended")

    assert client.get(host.get_absolute_url()).status_code == 404
