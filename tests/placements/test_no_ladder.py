"""Where nobody laid an approval ladder, everybody is asked and nothing fails."""

import datetime as dt

import pytest
from django.urls import reverse

from people.choices import DepartmentStep, ManagerStep, OpportunityType
from people.models import ApprovalRule
from placements.actions import drafts, offers, policy
from placements.choices import ApplicationStatus
from tests.factories.people import CivilServantFactory, DepartmentFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db
STRICTEST = (ManagerStep.SUPPORTS, DepartmentStep.APPROVES)


@pytest.mark.parametrize("kind", OpportunityType.values)
@pytest.mark.parametrize("days", [0, 1, 400])
def test_both_the_line_manager_and_the_department_decide(kind, days):
    rung = ApprovalRule.objects.for_case(DepartmentFactory().pk, kind, days)

    assert (rung.manager, rung.department_step) == STRICTEST
    assert not ApprovalRule.objects.exists()


def test_somebody_can_apply(as_user):
    person, opportunity = CivilServantFactory(), OpportunityFactory()
    client = as_user(person)
    address = f"/applications/new?opportunity={opportunity.reference}"

    assert client.get(opportunity.get_absolute_url()).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302

    draft = drafts.start(opportunity, by=person)
    assert (draft.manager_decides, draft.department_decides) == (True, True)


@pytest.mark.parametrize("own_from", [None, 100])
def test_a_longer_offer_needs_the_departments_yes(own_from):
    """Also where the department's own rungs begin only above the length that was offered."""
    offered = ApplicationFactory(status=ApplicationStatus.OFFERED, department_decides=False)
    offered.ends_on = offered.starts_on + dt.timedelta(days=4)
    offered.save()
    if own_from:
        ApprovalRule.objects.create(
            department=offered.department,
            opportunity_type=offered.opportunity.type,
            min_working_days=own_from,
            manager=ManagerStep.TOLD,
            department_step=DepartmentStep.TOLD,
        )

    application = offers.accept(offered, by=offered.applicant)

    assert application.status == ApplicationStatus.WITH_DEPARTMENT
    assert application.approvals.count() == 1


def test_the_department_reads_what_holds_meanwhile(as_user):
    department = DepartmentFactory()
    client = as_user(department_admin(department))

    html = client.get(reverse("department-policy", args=[department.slug])).content.decode()

    assert html.count("your department approves every application") == len(OpportunityType)
    assert "Add a rung" in html


def test_a_first_rung_leaves_no_length_without_an_answer():
    department = DepartmentFactory()
    told = {"manager": ManagerStep.TOLD, "department_step": DepartmentStep.TOLD}

    policy.set_rung(
        department,
        by=department_admin(department),
        opportunity_type="placement",
        min_working_days=5,
        second_check_over=None,
        **told,
    )

    own = ApprovalRule.objects.own(department, "placement")
    assert [(rung.min_working_days, rung.department_step) for rung in own] == [
        (0, DepartmentStep.APPROVES),
        (5, DepartmentStep.TOLD),
    ]
