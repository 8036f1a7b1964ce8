"""Nobody reads the other side's address before a place is agreed, on any page."""

import pytest

from people.models import User
from placements.choices import AGREED, BEFORE_THE_HOST, LIVE, ApplicationStatus
from tests.factories.experts import host_of
from tests.factories.people import department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
PAGES = ("", "/history", "/tasks", "/check", "/done", "/withdraw", "/manager", "/offer")
BEFORE = sorted(set(ApplicationStatus) - AGREED)


def everything(client, application):
    """Give the text of every page of an application that this person may open."""
    found = ""
    for page in PAGES:
        response = client.get(f"{application.get_absolute_url()}{page}", follow=True)
        if response.status_code == 200:
            found += response.content.decode()
    return found


def cast(status, *, named):
    name = "Name Canary" if named else ""
    application = ApplicationFactory(
        status=status,
        applicant__name=name or "Somebody",
        applicant__email="applicant-canary@example.gov.uk",
        applicant__profile__line_manager=User.objects.create(
            email="manager-canary@example.gov.uk", name=name
        ),
    )
    opportunity = application.opportunity
    opportunity.contact.email = "host-canary@example.org"
    opportunity.contact.name = name
    opportunity.contact.save()
    return application


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("status", BEFORE)
def test_before(as_user, status, named):
    application = cast(status, named=named)
    host = host_of(application.opportunity.organisation)

    theirs = everything(as_user(application.applicant), application)
    hosts = everything(as_user(host), application)
    managers = everything(as_user(application.manager), application)

    assert "host-canary" not in theirs + managers
    assert "applicant-canary" not in hosts
    assert "manager-canary" not in hosts


@pytest.mark.parametrize("status", sorted(AGREED))
def test_after(as_user, status):
    application = cast(status, named=True)
    host = host_of(application.opportunity.organisation)

    assert "host-canary" in everything(as_user(application.applicant), application)
    assert "applicant-canary" in everything(as_user(host), application)


@pytest.mark.parametrize("status", sorted(LIVE - BEFORE_THE_HOST - AGREED - {"offered"}))
def test_a_host_reads_no_name_before_they_offer_a_place(as_user, status):
    application = cast(status, named=True)
    host = host_of(application.opportunity.organisation)

    page = as_user(host).get(application.get_absolute_url()).content.decode()

    assert "Name Canary" not in page
    assert f"Applicant {application.reference}" in page


@pytest.mark.parametrize("status", sorted(ApplicationStatus))
def test_what_the_applicant_needs_is_for_the_host_only_when_they_said_so(as_user, status):
    application = cast(status, named=True)
    application.adjustments = "ADJUSTMENT-CANARY"
    application.save()
    readers = [
        application.manager,
        department_admin(application.department),
    ]

    for reader in readers:
        response = as_user(reader).get(application.get_absolute_url())
        assert "ADJUSTMENT-CANARY" not in response.content.decode()
