"""Stepping back, and answering the department."""

import pytest

from core.errors import StepNotAllowed, StepNotOpen
from notifications.models import Message
from placements.actions import applications
from placements.choices import LIVE, OVER, ApplicationStatus, OpportunityStatus, PlacementStatus
from placements.models import Application, Placement
from tests.factories.people import UserFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def mails():
    return sorted(
        name.rsplit("/", 1)[1] for name in Message.objects.values_list("template", flat=True)
    )


def withdraw(application, **changes):
    arguments = {"by": application.applicant, "reasons": ["timing"]}
    return applications.withdraw(application, **(arguments | changes))


@pytest.mark.parametrize("status", sorted(LIVE))
def test_anything_live_can_be_withdrawn(status):
    application = withdraw(ApplicationFactory(status=status))

    assert application.status == ApplicationStatus.WITHDRAWN
    assert application.withdraw_reasons == ["timing"]
    assert application.opportunity.held == 0
    assert not application.manager_requests.open().exists()


@pytest.mark.parametrize("status", sorted(OVER))
def test_what_is_over_cannot(status):
    with pytest.raises(StepNotOpen):
        withdraw(ApplicationFactory(status=status))


def test_nobody_else_withdraws_it():
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    for person in (application.manager, UserFactory(), department_admin(application.department)):
        with pytest.raises(StepNotAllowed):
            withdraw(application, by=person)


def test_a_draft_is_nobody_elses_business():
    withdraw(ApplicationFactory())

    assert mails() == ["withdrawn"]


def test_the_manager_hears_of_it_while_they_are_asked():
    withdraw(ApplicationFactory(status=ApplicationStatus.WITH_MANAGER))

    assert mails() == ["withdrawn", "withdrawn_to_manager"]


def test_a_confirmed_placement_is_cancelled_and_everybody_told():
    application = ApplicationFactory(status=ApplicationStatus.CONFIRMED)
    department_admin(application.department)

    withdraw(application)

    assert Placement.objects.get().status == PlacementStatus.CANCELLED
    assert {
        "withdrawn",
        "withdrawn_to_department",
        "withdrawn_to_host",
        "withdrawn_to_manager",
    } <= set(mails())


def test_the_place_goes_to_the_first_on_the_reserve_list():
    opportunity = OpportunityFactory(places=1)
    application = ApplicationFactory(opportunity=opportunity, status=ApplicationStatus.OFFERED)
    reserve = ApplicationFactory(opportunity=opportunity, status=ApplicationStatus.RESERVE)
    opportunity.status = OpportunityStatus.FILLED
    opportunity.save()

    withdraw(application)

    reserve.refresh_from_db()
    assert reserve.status == ApplicationStatus.OFFERED


def test_an_answer_goes_back_to_the_department():
    application = ApplicationFactory(status=ApplicationStatus.DEPT_INFO)
    department_admin(application.department)

    applications.answer_department(application, by=application.applicant, answer="Two days.")

    application = Application.objects.get()
    assert application.status == ApplicationStatus.WITH_DEPARTMENT
    assert application.department_answer == "Two days."
    assert mails() == ["department_answered"]


def test_only_the_applicant_answers():
    application = ApplicationFactory(status=ApplicationStatus.DEPT_INFO)

    with pytest.raises(StepNotAllowed):
        applications.answer_department(application, by=application.manager, answer="x")
