"""One page of an application for everybody concerned."""

import pytest

from core.filters import deadline
from placements.choices import LIVE, ApplicationStatus, ManagerDecision
from placements.models import Application
from tests.factories.experts import host_of
from tests.factories.people import UserFactory, department_admin, scheme_team_member
from tests.factories.placements import ApplicationFactory
from tests.placements.test_applicant_emails import request_of

pytestmark = pytest.mark.django_db


def people(application):
    return {
        "applicant": application.applicant,
        "manager": application.manager,
        "host": host_of(application.opportunity.organisation),
        "department": department_admin(application.department),
        "scheme": scheme_team_member(),
        "stranger": UserFactory(),
    }


def open_page(as_user, application, user):
    response = as_user(user).get(application.get_absolute_url())
    return response.content.decode() if response.status_code == 200 else response.status_code


@pytest.mark.parametrize("status", ApplicationStatus)
def test_every_state_reads_well_to_everybody_who_may_see_it(as_user, status):
    application = ApplicationFactory(status=status)

    for who, user in people(application).items():
        page = open_page(as_user, application, user)
        if who == "stranger":
            assert page == 404
        elif who == "applicant":
            assert "Where it is" in page
        else:
            assert page == 404 or "Where it is" in page


@pytest.mark.parametrize(
    "status", sorted(LIVE - {"draft", "not_supported", "approved", "confirmed"})
)
def test_everybody_reads_the_same_deadline(as_user, status):
    application = ApplicationFactory(status=status)
    said = deadline(application.due_on)

    for user in people(application).values():
        page = open_page(as_user, application, user)
        assert page == 404 or said in page


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("draft", "Continue your application"),
        ("manager_changes", "Change it and send it again"),
        ("not_supported", "Change it and send it again"),
        ("manager_silent", "Name another line manager"),
        ("offered", "Reply to the offer"),
        ("dept_info", "Answer the department"),
        ("approved_conditions", "Read the conditions"),
        ("sent", "Withdraw application"),
    ],
)
def test_the_applicant_finds_the_next_step(as_user, status, label):
    application = ApplicationFactory(status=status)

    assert label in open_page(as_user, application, application.applicant)


@pytest.mark.parametrize(
    "status", ["withdrawn", "not_selected", "offer_declined", "offer_expired", "place_cancelled"]
)
def test_what_is_over_has_no_steps(as_user, status):
    application = ApplicationFactory(status=status)

    page = open_page(as_user, application, application.applicant)

    assert "Withdraw application" not in page
    assert "app-steps" not in page


def test_the_manager_finds_the_question(as_user):
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)

    page = open_page(as_user, application, application.manager)

    assert "Answer this request" in page
    assert f"/manager/requests/{application.reference}" in page


def test_a_manager_only_named_in_a_draft_does_not_see_it(as_user):
    for status in ("draft", "withdrawn"):
        application = ApplicationFactory(status=status, sent_at=None)
        assert open_page(as_user, application, application.manager) == 404


def test_the_managers_words_are_for_the_applicant_and_not_for_the_host(as_user):
    application = ApplicationFactory(status=ApplicationStatus.NOT_SUPPORTED)
    request_of(
        application,
        decision=ManagerDecision.NO,
        reasons=["performance"],
        possible_later="WORDS-CANARY",
    )
    Application.objects.update(sent_at=application.created_at)
    cast = people(application)

    page = open_page(as_user, application, cast["applicant"])
    assert "WORDS-CANARY" in page
    assert "A conversation about performance is needed first" in page
    for who in ("host", "scheme"):
        page = open_page(as_user, application, cast[who])
        assert "WORDS-CANARY" not in page
        assert "performance" not in page
    assert open_page(as_user, application, cast["department"]) == 404


def test_the_business_case_is_not_for_the_host(as_user):
    application = ApplicationFactory(status=ApplicationStatus.SENT, business_case="CASE-CANARY")
    cast = people(application)

    assert "CASE-CANARY" in open_page(as_user, application, cast["manager"])
    assert "CASE-CANARY" not in open_page(as_user, application, cast["host"])


def test_a_confirmed_application_leads_to_its_placement(as_user):
    application = ApplicationFactory(status=ApplicationStatus.CONFIRMED)

    page = open_page(as_user, application, application.applicant)

    assert application.placement.get_absolute_url() in page
