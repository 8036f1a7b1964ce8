"""One opportunity: its facts, who agrees, its states, and who may see it."""

import datetime as dt

import pytest

from core.calendar import today
from people.models import ApprovalRule
from placements.choices import OpportunityStatus
from placements.models import Opportunity
from tests.factories.experts import host_of
from tests.factories.people import CivilServantFactory, UserFactory
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory

pytestmark = pytest.mark.django_db


def page(client, opportunity):
    response = client.get(opportunity.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_facts_and_the_action_stand_on_the_page(client, ladder):
    opportunity = OpportunityFactory(site_access="Step-free from the car park.")
    OpportunitySkillFactory(opportunity=opportunity, skill__name="Radar")
    OpportunitySkillFactory(opportunity=opportunity, skill__name="Optics", role="needed")

    html = page(client, opportunity)

    for said in (
        "Closes 5pm on",
        "2 places.",
        f"/applications/new?opportunity={opportunity.reference}",
        "Radar",
        "Optics",
        "Step-free from the car park.",
        opportunity.what_you_will_do,
        "2 of 2 left",
    ):
        assert said in html


def test_the_contact_is_never_in_the_page(client, as_user):
    contact = UserFactory(name="Canary Contact", email="canary@example.org")
    opportunity = OpportunityFactory(contact=contact, supervisor="Canary Supervisor")

    for each in (client, as_user(UserFactory())):
        assert "anary" not in page(each, opportunity)


@pytest.mark.parametrize("address", ["{ref}", "{ref}/wrong", "{lower}/testing"])
def test_another_address_leads_to_the_one_address(client, address):
    opportunity = OpportunityFactory()
    reference = opportunity.reference

    path = address.format(ref=reference, lower=reference.lower())
    response = client.get(f"/opportunities/{path}")

    assert response.status_code == 302
    assert response["Location"] == opportunity.get_absolute_url()


@pytest.mark.parametrize(
    "path", ["OP-000000", "OP-1", "OP-ÅÅÅÅÅÅ", "12", "OP-000000/x", "OP-0000000/x/y"]
)
def test_an_unknown_reference_is_not_found(client, path):
    assert client.get(f"/opportunities/{path}").status_code == 404


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (OpportunityStatus.FILLED, "All places are taken."),
        (OpportunityStatus.PAUSED, "The host has paused this opportunity."),
        (OpportunityStatus.CLOSED, "Applications closed 5pm on"),
    ],
)
def test_a_state_without_applications_is_explained(client, status, said):
    opportunity = OpportunityFactory(status=status)
    other = OpportunityFactory(title="Another one")
    Opportunity.objects.refresh_search([opportunity.pk, other.pk])

    html = page(client, opportunity)

    assert said in html
    assert "/applications/new" not in html
    assert "Another one" in html


def test_an_open_one_past_its_closing_day_takes_nothing(client):
    opportunity = OpportunityFactory(closing_on=today() - dt.timedelta(days=1))

    html = page(client, opportunity)

    assert "Applications closed 5pm on" in html
    assert "/applications/new" not in html


def test_a_cancelled_one_is_gone_and_offers_three_like_it(client):
    cancelled = OpportunityFactory(status=OpportunityStatus.CANCELLED)
    like = OpportunityFactory.create_batch(4)
    Opportunity.objects.refresh_search([each.pk for each in (cancelled, *like)])

    response = client.get(cancelled.get_absolute_url())

    assert response.status_code == 410
    assert response.content.decode().count("/opportunities/OP-") == 3


def test_a_draft_is_for_its_host_only(client, as_user):
    draft = OpportunityFactory(draft=True)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert as_user(UserFactory()).get(draft.get_absolute_url()).status_code == 404
    assert "Only its host" in page(as_user(host_of(draft.organisation)), draft)


def test_who_agrees_follows_the_ladder(client, ladder):
    html = page(client, OpportunityFactory(exchange=True, cost_to_department=6000))

    assert html.index("supports your application") < html.index("selects people and offers")
    second = html.index("second check because it costs more than £5,000")
    assert html.index("accept the offer") < second


def test_who_agrees_follows_the_persons_own_department(as_user, ladder):
    person = CivilServantFactory()
    ApprovalRule.objects.create(
        department=person.department,
        opportunity_type="placement",
        min_working_days=0,
        manager="told",
        department_step="told",
    )

    html = page(as_user(person), OpportunityFactory())

    assert "Your line manager is told" in html
    assert "Your department is told" in html


def test_the_way_back_keeps_the_filters_and_the_place(client):
    opportunity = OpportunityFactory()

    html = client.get(opportunity.get_absolute_url(), {"from": "?type=shadowing&page=2"}).content

    back = f"/opportunities?type=shadowing&amp;page=2#{opportunity.reference}"
    assert back in html.decode()


@pytest.mark.parametrize(
    "given", ["//evil.example", "https://evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_service(client, given):
    html = client.get(OpportunityFactory().get_absolute_url(), {"from": given}).content.decode()

    assert "evil.example" not in html
    assert "javascript:" not in html


@pytest.mark.parametrize("rows", [1, 6])
def test_queries_do_not_grow_with_skills(client, rows, ladder, django_assert_num_queries):
    opportunity = OpportunityFactory()
    OpportunitySkillFactory.create_batch(rows, opportunity=opportunity)

    with django_assert_num_queries(5):  # taken down?, opportunity, skills (2), ladder
        client.get(opportunity.get_absolute_url())
