"""The task list shows how far each part is."""

import pytest

from placements.choices import EDITABLE, ApplicationStatus
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def tasks(as_user, application, user=None):
    return as_user(user or application.applicant).get(f"{application.get_absolute_url()}/tasks")


def test_it_says_what_is_not_started_in_progress_and_completed(as_user):
    application = ApplicationFactory(finished_sections=["why"], bring_back="")

    page = tasks(as_user, application).content.decode()

    assert page.count("Completed") == 1
    assert "In progress" in page
    assert "Not yet started" in page
    assert "Cannot start yet" in page


def test_when_all_is_completed_it_can_be_checked(as_user):
    application = ApplicationFactory()

    page = tasks(as_user, application).content.decode()

    assert f"{application.get_absolute_url()}/check" in page
    assert "Cannot start yet" not in page


def test_adjustments_are_optional_and_the_business_case_only_where_it_is_needed(as_user):
    application = ApplicationFactory(
        department_decides=False,
        finished_sections=["details", "why", "bring_back", "dates", "manager"],
    )

    page = tasks(as_user, application).content.decode()

    assert "Ask for adjustments (optional)" in page
    assert "business case" not in page
    assert "Cannot start yet" not in page


def test_the_managers_words_stand_above(as_user):
    application = ApplicationFactory(
        status=ApplicationStatus.MANAGER_CHANGES, changes_wanted="Go in May & June."
    )

    assert "Go in May &amp; June." in tasks(as_user, application).content.decode()


@pytest.mark.parametrize("status", sorted(set(ApplicationStatus) - EDITABLE))
def test_what_is_sent_leads_back_to_its_page(as_user, status):
    application = ApplicationFactory(status=status)

    assert tasks(as_user, application).url == application.get_absolute_url()


def test_others_do_not_see_it(as_user):
    application = ApplicationFactory()

    assert tasks(as_user, application, UserFactory()).status_code == 404
    assert tasks(as_user, application, application.manager).status_code == 404


def test_a_manager_who_was_asked_before_may_see_it_but_not_change_it(as_user):
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)

    assert tasks(as_user, application, application.manager).status_code == 403
