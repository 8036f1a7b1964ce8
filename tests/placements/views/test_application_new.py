"""Check you can apply: yes opens a draft, no says why and what else there is."""

import datetime as dt

import pytest

from core.calendar import today
from placements.choices import ApplicationStatus, Direction, OpportunityStatus
from placements.models import Application
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import CivilServantFactory, GradeFactory, UserFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.usefixtures("ladder")


def path(opportunity):
    return f"/applications/new?opportunity={opportunity.reference}"


def test_it_shows_who_has_to_agree_and_writes_nothing(as_user):
    opportunity = OpportunityFactory()

    response = as_user(CivilServantFactory()).get(path(opportunity))

    page = response.content.decode()
    assert "Your line manager supports your application before it is sent" in page
    assert "Your department approves" in page
    assert not Application.objects.exists()


def test_starting_opens_the_task_list(as_user):
    opportunity = OpportunityFactory()

    response = as_user(CivilServantFactory()).post(path(opportunity))

    application = Application.objects.get()
    assert response.url == f"/applications/{application.reference}/tasks"


@pytest.mark.parametrize(
    ("status", "page"),
    [(ApplicationStatus.DRAFT, "/tasks"), (ApplicationStatus.SENT, "")],
)
def test_a_live_application_is_opened_instead(as_user, status, page):
    application = ApplicationFactory(status=status)

    response = as_user(application.applicant).post(path(application.opportunity))

    assert response.url == f"{application.get_absolute_url()}{page}"
    assert Application.objects.count() == 1


def cannot(as_user, opportunity, applicant):
    response = as_user(applicant).get(path(opportunity))
    page = response.content.decode()
    assert "You cannot apply for this yet" in page
    assert as_user(applicant).post(path(opportunity)).status_code == 200
    assert not Application.objects.filter(opportunity=opportunity, applicant=applicant).exists()
    return page


def test_a_grade_outside_the_range(as_user):
    page = cannot(
        as_user,
        OpportunityFactory(lowest_grade=GradeFactory(code="G7")),
        CivilServantFactory(profile__grade=GradeFactory(code="EO")),
    )

    assert "open to grades G7 to G7. Your profile says EO" in page
    assert "/profile/edit/grade" in page


def test_a_clearance_that_is_not_held(as_user):
    page = cannot(as_user, OpportunityFactory(clearance="sc"), CivilServantFactory())

    assert "Security check (SC)" in page


def test_a_placement_at_the_same_time(as_user):
    running = ApplicationFactory(status=ApplicationStatus.CONFIRMED)
    opportunity = OpportunityFactory(
        starts_on=running.ends_on, ends_on=running.ends_on + dt.timedelta(days=30)
    )

    assert "at the same time" in cannot(as_user, opportunity, running.applicant)


def test_one_exchange_at_a_time(as_user):
    agreed = ApplicationFactory(
        status=ApplicationStatus.WITH_DEPARTMENT, opportunity__exchange=True
    )
    later = agreed.ends_on + dt.timedelta(days=100)
    opportunity = OpportunityFactory(
        exchange=True, starts_on=later, ends_on=later + dt.timedelta(days=200)
    )

    assert "one exchange at a time" in cannot(as_user, opportunity, agreed.applicant)


def test_the_own_organisation(as_user):
    organisation = OrganisationFactory()
    applicant = CivilServantFactory()
    own = OpportunityFactory(organisation=OrganisationFactory(department=applicant.department))
    page = cannot(as_user, own, applicant)
    assert "your own organisation" in page

    member = host_of(organisation)
    member.department = applicant.department
    member.save()
    page = cannot(as_user, OpportunityFactory(organisation=organisation), member)
    assert "your own organisation" in page


def test_somebody_who_is_not_a_civil_servant(as_user):
    page = cannot(as_user, OpportunityFactory(), UserFactory())

    assert "work for a government department" in page


def test_a_profile_without_a_grade(as_user):
    page = cannot(as_user, OpportunityFactory(), CivilServantFactory(profile__grade=None))

    assert "Your profile does not say everything we need" in page


@pytest.mark.parametrize(
    "closed",
    [
        {"status": OpportunityStatus.PAUSED},
        {"status": OpportunityStatus.FILLED},
        {"closing_on": today() - dt.timedelta(days=1)},
    ],
)
def test_an_opportunity_that_takes_no_applications(as_user, closed):
    page = cannot(as_user, OpportunityFactory(**closed), CivilServantFactory())

    assert "not taking applications" in page


def test_an_opportunity_for_experts(as_user):
    opportunity = OpportunityFactory(direction=Direction.INWARD)

    assert "experts who come into government" in cannot(
        as_user, opportunity, CivilServantFactory()
    )


def test_up_to_three_alternatives_of_the_right_grade(as_user):
    OpportunityFactory.create_batch(4, lowest_grade=GradeFactory(code="EO"))
    OpportunityFactory(title="Only for the top", lowest_grade=GradeFactory(code="G7"))

    page = cannot(as_user, OpportunityFactory(clearance="dv"), CivilServantFactory())

    assert page.count("app-card__title") == 3
    assert "Only for the top" not in page


@pytest.mark.parametrize("reference", ["OP-000000", ""])
def test_an_opportunity_that_is_not_there(as_user, reference):
    response = as_user(CivilServantFactory()).get(f"/applications/new?opportunity={reference}")

    assert response.status_code == 404


def test_somebody_elses_draft_opportunity_is_not_there(as_user):
    response = as_user(CivilServantFactory()).get(path(OpportunityFactory(draft=True)))

    assert response.status_code == 404
