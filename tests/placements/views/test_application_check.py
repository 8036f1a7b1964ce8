"""The last look before sending, and the receipt after it."""

import pytest

from placements.choices import ApplicationStatus
from placements.models import Application, ManagerRequest
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def page_of(application, name):
    return f"{application.get_absolute_url()}/{name}"


def test_it_shows_every_answer_and_the_right_button(as_user):
    application = ApplicationFactory(business_case="A case.")
    client = as_user(application.applicant)

    page = client.get(page_of(application, "check")).content.decode()

    for text in (application.why, application.bring_back, "A case.", application.manager.email):
        assert text in page
    assert "Send to my manager" in page


def test_where_the_manager_is_told_the_button_sends_the_application(as_user):
    application = ApplicationFactory(manager_decides=False)
    client = as_user(application.applicant)

    page = client.get(page_of(application, "check")).content.decode()

    assert "Send application" in page


def test_what_is_missing_is_named_and_linked(as_user):
    application = ApplicationFactory(finished_sections=["details", "why", "bring_back"])

    response = as_user(application.applicant).post(page_of(application, "check"))

    page = response.content.decode()
    assert "<title>Error: Check your answers" in page
    assert "Complete “Choose dates”" in page
    assert page_of(application, "edit/dates") in page
    assert not ManagerRequest.objects.exists()


def test_sending_twice_lands_on_the_same_receipt(as_user):
    application = ApplicationFactory()
    client = as_user(application.applicant)

    first = client.post(page_of(application, "check"))
    second = client.post(page_of(application, "check"))

    assert first.url == second.url == page_of(application, "done")
    assert ManagerRequest.objects.count() == 1


def test_a_reply_is_asked_for_where_the_manager_asked(as_user):
    application = ApplicationFactory(
        status=ApplicationStatus.MANAGER_CHANGES, changes_wanted="Which weeks?"
    )
    client = as_user(application.applicant)

    refused = client.post(page_of(application, "check"), {"note": ""})
    assert "Enter your reply to your line manager" in refused.content.decode()

    client.post(page_of(application, "check"), {"note": "The first two."})
    assert ManagerRequest.objects.get().note == "The first two."


def test_the_receipt_says_who_has_it_until_when(as_user):
    application = ApplicationFactory()
    client = as_user(application.applicant)
    client.post(page_of(application, "check"))

    page = client.get(page_of(application, "done")).content.decode()

    application = Application.objects.get()
    assert "Sent to your line manager" in page
    assert application.reference in page
    assert application.manager.name or application.manager.email in page
    assert "You do not need to do anything else unless we email you." in page


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus) - {"draft", "manager_changes", "not_supported"})
)
def test_the_receipt_can_be_opened_at_any_later_time(as_user, status):
    application = ApplicationFactory(status=status)

    response = as_user(application.applicant).get(page_of(application, "done"))

    assert response.status_code == 200


def test_there_is_no_receipt_before_it_is_sent(as_user):
    application = ApplicationFactory()

    response = as_user(application.applicant).get(page_of(application, "done"))

    assert response.url == page_of(application, "tasks")


@pytest.mark.parametrize("name", ["check", "done"])
def test_others_do_not_see_these_pages(as_user, name):
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    assert as_user(UserFactory()).get(page_of(application, name)).status_code == 404
    assert as_user(application.manager).get(page_of(application, name)).status_code == 403
