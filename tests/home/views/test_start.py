"""The first page anybody sees."""

import pytest

from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db


def test_it_says_what_the_scheme_is_and_leads_to_the_opportunities(client):
    OpportunityFactory.create_batch(2)
    OpportunityFactory(draft=True)

    response = client.get("/")

    assert "2 opportunities are open now." in " ".join(response.content.decode().split())
    assert 'href="/opportunities"' in response.content.decode()
