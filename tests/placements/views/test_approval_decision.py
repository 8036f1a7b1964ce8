"""A department decides, page by page."""

import pytest
from django.urls import reverse

from notifications.models import Message
from placements.actions import departments
from placements.actions.departments import Verdict
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision
from tests.factories.people import RoleGrantFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(status=S.WITH_DEPARTMENT, applicant__name="Sam Okafor")


@pytest.fixture
def admin(application):
    return department_admin(application.department)


@pytest.fixture
def client(as_user, admin):
    return as_user(admin)


def where(application, name="approval-decision"):
    return reverse(name, args=[application.department.slug, application.reference])


def choose(client, application, decision):
    return client.post(where(application), {"decision": decision})


def tell(client, application, **data):
    return client.post(where(application, "approval-decision-details"), data)


def confirm(client, application, **kwargs):
    return client.post(where(application, "approval-check"), **kwargs)


def test_a_decision_is_needed(client, application):
    assert "What is your decision?" in client.get(where(application)).content.decode()
    html = client.post(where(application)).content.decode()

    assert "Select your decision" in html
    assert "<title>Error: " in html


def test_approving(client, application):
    assert choose(client, application, "approve").url == where(application, "approval-check")
    html = client.get(where(application, "approval-check")).content.decode()
    assert "When you confirm, the placement is confirmed." in html
    response = confirm(client, application, follow=True)

    application.refresh_from_db()
    assert application.status == S.CONFIRMED
    html = response.content.decode()
    assert "You approved the placement of Sam Okafor" in html
    assert "We have told the applicant, their line manager, the host" in html
    assert client.get(where(application, "approval-done")).status_code == 200


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        ("conditions", "Enter the conditions"),
        ("question", "Enter what you need to know"),
        ("not_approve", "Select at least one reason"),
        ("not_approve", "Enter a reason Sam can act on"),
    ],
)
def test_details_are_needed(client, application, decision, text):
    response = choose(client, application, decision)

    assert response.url == where(application, "approval-decision-details")
    assert client.get(response.url).status_code == 200
    html = tell(client, application).content.decode()
    assert text in html
    assert "<title>Error: " in html


@pytest.mark.parametrize(
    ("decision", "data", "status", "said"),
    [
        ("conditions", {"conditions": "Come on Mondays."}, S.APPROVED_CONDITIONS,
         "You approved the placement of Sam Okafor with conditions"),
        ("question", {"question": "Who covers?"}, S.DEPT_INFO,
         "You asked Sam Okafor for more information"),
        ("not_approve", {"reasons": ["budget"], "words": "Ask in April."}, S.NOT_APPROVED,
         "You did not approve the placement of Sam Okafor"),
    ],
)  # fmt: skip
def test_the_other_decisions(  # noqa: PLR0913, PLR0917 - a table of four columns
    client, application, decision, data, status, said
):
    choose(client, application, decision)
    tell(client, application, **data)
    html = client.get(where(application, "approval-check")).content.decode()
    for words in data.values():
        assert (words if isinstance(words, str) else "There is no budget") in html
    response = confirm(client, application, follow=True)

    application.refresh_from_db()
    assert application.status == status
    assert said in response.content.decode()


def test_the_pages_out_of_order_lead_back(client, application):
    assert client.get(where(application, "approval-check")).url == where(application)
    assert client.get(where(application, "approval-decision-details")).url == where(application)
    assert client.get(where(application, "approval-done")).status_code == 404


def test_the_second_of_two_reads_who_decided_when(client, application):
    choose(client, application, "approve")
    colleague = department_admin(application.department)
    verdict = Verdict(ApprovalDecision.APPROVE, application.version)
    departments.decide(application, verdict, by=colleague)
    Message.objects.all().delete()

    html = confirm(client, application, follow=True).content.decode()

    assert f"{colleague.name} decided this at" in html
    assert "Nothing you sent was saved." in html
    assert not Message.objects.exists()


def test_pressing_twice_decides_once(client, application):
    choose(client, application, "approve")
    confirm(client, application)
    count = Message.objects.count()

    confirm(client, application)

    assert Message.objects.count() == count


def test_dates_that_overlap_are_explained(client, application):
    PlacementFactory(
        application=ApplicationFactory(applicant=application.applicant, status=S.APPROVED)
    )
    choose(client, application, "approve")

    html = confirm(client, application, follow=True).content.decode()

    assert "Sam Okafor already has placement PL-" in html
    assert "Nothing was saved." in html
    application.refresh_from_db()
    assert application.status == S.WITH_DEPARTMENT


def test_a_manager_reads_that_they_cannot_decide(as_user, application):
    RoleGrantFactory(
        user=application.manager, role="department_admin", department=application.department
    )
    response = as_user(application.manager).get(where(application))

    assert response.status_code == 403
    assert "You cannot decide on a request you manage" in response.content.decode()


def test_nobody_second_checks_what_they_approved(client, as_user, admin):
    application = ApplicationFactory(
        status=S.WITH_DEPARTMENT,
        applicant__department=admin.department,
        opportunity=OpportunityFactory(cost_to_department=6000),
        second_check_over=5000,
    )
    choose(client, application, "approve")
    html = client.get(where(application, "approval-check")).content.decode()
    assert "somebody else checks this before it counts" in html
    assert "second check" in confirm(client, application, follow=True).content.decode()

    response = client.get(where(application))

    assert response.status_code == 403
    assert "You cannot second-check a request you approved" in response.content.decode()
    other = as_user(department_admin(application.department))
    assert "Ask for more information" not in other.get(where(application)).content.decode()
    choose(other, application, "approve")
    confirm(other, application)
    application.refresh_from_db()
    assert application.status == S.CONFIRMED
