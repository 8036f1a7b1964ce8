"""What an applicant does once it is sent: withdraw, rename, reply, answer, accept."""

import pytest

from notifications.models import Message
from placements.choices import ApplicationStatus, PlacementStatus
from placements.models import Application, Placement
from tests.factories.people import UserFactory, department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
OWN_PAGES = {
    "withdraw": ApplicationStatus.SENT,
    "manager": ApplicationStatus.WITH_MANAGER,
    "offer": ApplicationStatus.OFFERED,
    "offer/accept": ApplicationStatus.OFFERED,
    "offer/decline": ApplicationStatus.OFFERED,
    "answer": ApplicationStatus.DEPT_INFO,
    "conditions": ApplicationStatus.APPROVED_CONDITIONS,
}


def at(application, page):
    return f"{application.get_absolute_url()}/{page}"


@pytest.mark.parametrize(("page", "status"), OWN_PAGES.items())
def test_a_page_is_for_its_person_at_its_time(as_user, page, status):
    application = ApplicationFactory(status=status)
    client = as_user(application.applicant)
    seen = Application.objects.values().get()

    assert client.get(at(application, page)).status_code == 200
    assert Application.objects.values().get() == seen
    assert as_user(UserFactory()).get(at(application, page)).status_code == 404
    assert as_user(application.manager).get(at(application, page)).status_code == 403
    Application.objects.update(status=ApplicationStatus.WITHDRAWN)
    assert client.get(at(application, page)).url == application.get_absolute_url()


def test_withdrawing_asks_why_then_whether(as_user):
    application = ApplicationFactory(status=ApplicationStatus.WITH_DEPARTMENT)
    client = as_user(application.applicant)

    refused = client.post(at(application, "withdraw"), {"reasons": []} | {"x": "1"})
    assert "Select at least one reason" in refused.content.decode()
    response = client.post(at(application, "withdraw"), {"reasons": ["timing", "cost"]})
    assert response.url == at(application, "withdraw/check?reason=timing&reason=cost")
    page = client.get(response.url).content.decode()
    assert "Timing, Cost or travel" in page
    assert "This releases your place" in page
    assert client.post(response.url).url == application.get_absolute_url()

    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert application.withdraw_reasons == ["timing", "cost"]
    assert "Application withdrawn" in client.get(application.get_absolute_url()).content.decode()


def test_a_reason_we_do_not_know_leads_back(as_user):
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    response = as_user(application.applicant).post(at(application, "withdraw/check?reason=other2"))

    assert response.url == at(application, "withdraw")


def test_withdrawing_a_confirmed_placement_cancels_it(as_user):
    application = ApplicationFactory(status=ApplicationStatus.CONFIRMED)

    as_user(application.applicant).post(at(application, "withdraw/check?reason=personal"))

    assert Placement.objects.get().status == PlacementStatus.CANCELLED


def test_another_manager_is_named(as_user):
    application = ApplicationFactory(status=ApplicationStatus.MANAGER_SILENT)
    client = as_user(application.applicant)
    same = {"name": "Same", "email": application.manager.email}
    own = {"name": "Me", "email": application.applicant.email}
    other = {"name": "Other", "email": f"other@{application.department.slug}.gov.uk"}

    page = client.post(at(application, "manager"), same).content.decode()
    assert "This person has the request already" in page
    assert "different from yours" in client.post(at(application, "manager"), own).content.decode()
    assert client.post(at(application, "manager"), other).url == application.get_absolute_url()

    application.refresh_from_db()
    assert application.manager.name == "Other"
    assert application.status == ApplicationStatus.WITH_MANAGER


def test_an_admin_names_a_manager_when_there_is_no_reply(as_user):
    application = ApplicationFactory(status=ApplicationStatus.MANAGER_SILENT)
    admin = department_admin(application.department)
    other = {"name": "Other", "email": f"other@{application.department.slug}.gov.uk"}

    assert as_user(admin).get(at(application, "manager")).status_code == 200
    as_user(admin).post(at(application, "manager"), other)

    application.refresh_from_db()
    assert application.manager.name == "Other"


def test_an_offer_is_accepted_in_two_steps(as_user):
    application = ApplicationFactory(status=ApplicationStatus.OFFERED)
    client = as_user(application.applicant)

    refused = client.post(at(application, "offer"), {"answer": ""}).content.decode()
    assert "Select whether you accept your place" in refused
    response = client.post(at(application, "offer"), {"answer": "accept"})
    assert response.url == at(application, "offer/accept")
    client.post(response.url)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITH_DEPARTMENT


def test_an_offer_is_declined_with_a_reason(as_user):
    application = ApplicationFactory(status=ApplicationStatus.OFFERED)
    client = as_user(application.applicant)

    response = client.post(at(application, "offer"), {"answer": "decline"})
    refused = client.post(response.url, {"reason": ""}).content.decode()
    assert "Select why you are declining this offer" in refused
    client.post(response.url, {"reason": "dates"})

    application.refresh_from_db()
    assert application.status == ApplicationStatus.OFFER_DECLINED
    assert application.decline_reason == "dates"


def test_accepting_twice_accepts_once(as_user):
    application = ApplicationFactory(status=ApplicationStatus.OFFERED)
    client = as_user(application.applicant)

    client.post(at(application, "offer/accept"))
    again = client.post(at(application, "offer/accept"))

    assert again.url == application.get_absolute_url()
    assert Message.objects.filter(template__endswith="/offer_accepted").count() == 1


def test_the_department_gets_its_answer(as_user):
    application = ApplicationFactory(
        status=ApplicationStatus.DEPT_INFO, department_question="Who covers?"
    )
    client = as_user(application.applicant)

    assert "Who covers?" in client.get(at(application, "answer")).content.decode()
    refused = client.post(at(application, "answer"), {"answer": ""}).content.decode()
    assert "Enter your answer" in refused
    client.post(at(application, "answer"), {"answer": "The team."})

    application.refresh_from_db()
    assert application.department_answer == "The team."


def test_conditions_are_accepted_with_a_tick(as_user):
    application = ApplicationFactory(status=ApplicationStatus.APPROVED_CONDITIONS)
    client = as_user(application.applicant)

    refused = client.post(at(application, "conditions"), {"x": "1"}).content.decode()
    assert "Tick the box to accept the conditions" in refused
    client.post(at(application, "conditions"), {"accepted": "true"})

    application.refresh_from_db()
    assert application.status == ApplicationStatus.CONFIRMED


def test_the_dates_are_a_calendar_file(as_user):
    application = ApplicationFactory()
    response = as_user(application.applicant).get(at(application, "dates.ics"))

    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 2
    assert as_user(UserFactory()).get(at(application, "dates.ics")).status_code == 404
