"""What a suspended host offers is hidden from whoever looks; who applied keeps everything."""

import pytest

from core.errors import Conflict
from experts.choices import OrganisationStatus
from matching import actions as matching
from matching.models import Change
from placements.actions import drafts
from placements.choices import ApplicationStatus, OpportunityStatus
from placements.eligibility import Obstacle
from placements.models import Application, Opportunity, SavedOpportunity
from tests.factories.experts import host_of
from tests.factories.matching import a_match
from tests.factories.people import CivilServantFactory, SkillFactory
from tests.factories.placements import (
    ApplicationFactory,
    OpportunityFactory,
    OpportunitySkillFactory,
)

pytestmark = pytest.mark.django_db
TITLE = "Measure very small things"
AWAY = "does not take part in the scheme at the moment"


def suspend(opportunity, status=OrganisationStatus.SUSPENDED):
    host = opportunity.organisation
    host.status = status
    host.save()
    return opportunity


@pytest.fixture
def skill():
    return SkillFactory(slug="optics", name="Optics")


@pytest.fixture
def offered(skill):
    """Give an open opportunity that the search knows, of a host that takes part."""
    opportunity = OpportunityFactory(title=TITLE)
    OpportunitySkillFactory(opportunity=opportunity, skill=skill)
    Opportunity.objects.refresh_search([opportunity.pk])
    return opportunity


def text_of(client, address):
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize(
    "address",
    [
        "/opportunities",
        "/opportunities?q=small+things",
        "/opportunities?skill=optics",
        "/opportunities/feed.atom",
        "/skills/optics",
    ],
)
@pytest.mark.parametrize("status", [OrganisationStatus.SUSPENDED, OrganisationStatus.LEFT])
def test_nobody_finds_it(client, offered, address, status):
    assert TITLE in text_of(client, address)

    suspend(offered, status)

    assert TITLE not in text_of(client, address)


@pytest.mark.parametrize("address", ["/", "/skills", "/opportunities", "/skills/optics"])
def test_nobody_counts_it(client, offered, address):
    before = text_of(client, address)

    suspend(offered)

    assert text_of(client, address) != before


def test_the_directory_neither_lists_the_host_nor_counts_what_it_offers(client, offered):
    host = offered.organisation
    assert host.name in text_of(client, "/organisations")

    suspend(offered)

    assert host.name not in text_of(client, "/organisations")
    assert client.get(host.get_absolute_url()).status_code == 404


def test_a_host_that_takes_part_again_is_found_again(client, offered):
    suspend(offered)

    suspend(offered, OrganisationStatus.ACTIVE)

    assert TITLE in text_of(client, "/opportunities")


def test_its_page_says_so_and_offers_no_way_to_apply(as_user, offered):
    suspend(offered)

    html = text_of(as_user(CivilServantFactory()), offered.get_absolute_url())

    assert AWAY in html
    assert "Not available" in html
    assert "/applications/new" not in html
    assert offered.organisation.get_absolute_url() not in html


def test_whoever_saved_it_reads_that_it_is_not_available(as_user, offered):
    person = CivilServantFactory()
    SavedOpportunity.objects.create(user=person, opportunity=offered)
    suspend(offered)

    assert "Not available" in text_of(as_user(person), "/saved")


def test_it_is_no_alternative_to_another(offered, skill):
    other = OpportunityFactory(status=OpportunityStatus.CLOSED)
    OpportunitySkillFactory(opportunity=other, skill=skill)
    Opportunity.objects.refresh_search([other.pk])
    other.refresh_from_db()
    suspend(offered)

    assert not Opportunity.objects.like(other).exists()
    assert not Opportunity.objects.alternatives_to(other, CivilServantFactory()).exists()


@pytest.mark.parametrize("with_snapshot", [True, False])
def test_it_is_not_recommended_and_is_again_later(as_user, with_snapshot):
    person, opportunity = a_match(title=TITLE)
    if with_snapshot:
        matching.rebuild()
    client = as_user(person)
    assert TITLE in text_of(client, "/recommended")

    suspend(opportunity)
    assert TITLE not in text_of(client, "/recommended")
    if with_snapshot:
        matching.rebuild()

    suspend(opportunity, OrganisationStatus.ACTIVE)
    assert TITLE in text_of(client, "/recommended")


def test_matching_counts_it_no_more_between_two_snapshots():
    _person, opportunity = a_match(title=TITLE)
    matching.rebuild()

    suspend(opportunity)

    assert [changed for _pk, changed in Change.objects.waiting()] == [opportunity.pk]


@pytest.mark.usefixtures("ladder")
def test_nobody_can_apply_any_more(as_user, offered):
    person = CivilServantFactory()
    suspend(offered)
    client = as_user(person)
    address = f"/applications/new?opportunity={offered.reference}"

    assert AWAY in text_of(client, address)
    assert client.post(address).status_code == 200
    with pytest.raises(Conflict, match="take part"):
        drafts.start(offered, by=person)
    assert not Application.objects.exists()


def test_what_stands_in_the_way_is_said_once(offered):
    suspend(offered)

    found = drafts.check(offered, CivilServantFactory())

    assert [type(each) for each in found] == [Obstacle]


def test_a_draft_is_kept_and_not_sent(as_user, offered):
    draft = ApplicationFactory(opportunity=offered)
    suspend(offered)

    with pytest.raises(Conflict, match="Your answers are kept"):
        drafts.send(draft, by=draft.applicant)

    draft.refresh_from_db()
    assert draft.status == ApplicationStatus.DRAFT
    address = f"/applications/{draft.reference}/tasks"
    assert AWAY in text_of(as_user(draft.applicant), address)


@pytest.mark.parametrize(
    "status",
    [ApplicationStatus.SENT, ApplicationStatus.OFFERED, ApplicationStatus.WITH_DEPARTMENT],
)
def test_who_applied_keeps_everything_and_reads_a_sentence(as_user, offered, status):
    application = ApplicationFactory(opportunity=offered, status=status)
    suspend(offered)

    for person in (application.applicant, application.manager, host_of(offered.organisation)):
        assert AWAY in text_of(as_user(person), application.get_absolute_url())
    application.refresh_from_db()
    assert application.status == status


def test_an_application_that_is_over_says_nothing_of_it(as_user, offered):
    application = ApplicationFactory(opportunity=offered, status=ApplicationStatus.WITHDRAWN)
    suspend(offered)

    html = text_of(as_user(application.applicant), application.get_absolute_url())
    assert AWAY not in html
