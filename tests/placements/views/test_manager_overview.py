"""What a line manager sees when they sign in."""

import pytest

from placements.choices import ApplicationStatus
from tests.client import CheckedClient
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_nobody_asked(as_user):
    page = as_user(UserFactory()).get("/manager").content.decode()

    assert "Nobody has asked for your support. You’ll get an email when they do." in page


def test_requests_lead_to_the_same_pages(as_user):
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)
    ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)

    page = as_user(application.manager).get("/manager").content.decode()

    assert f"/manager/requests/{application.reference}" in page
    assert page.count("app-card__title") == 1


def test_who_is_away_when(as_user):
    application = ApplicationFactory(status=ApplicationStatus.CONFIRMED)

    page = as_user(application.manager).get("/manager").content.decode()

    assert application.applicant.name in page
    assert application.placement.get_absolute_url() in page


def test_it_needs_a_sign_in():
    assert CheckedClient().get("/manager").status_code == 302


@pytest.mark.parametrize("rows", [1, 4])
def test_queries_do_not_grow_with_rows(as_user, django_assert_max_num_queries, rows):
    manager = UserFactory()
    for _number in range(rows):
        ApplicationFactory(
            status=ApplicationStatus.WITH_MANAGER, applicant__profile__line_manager=manager
        )
    client = as_user(manager)

    with django_assert_max_num_queries(9):
        assert client.get("/manager").status_code == 200
