"""A person's applications: what needs them, what waits for others, what is over."""

import pytest

from placements.choices import ApplicationStatus
from tests.client import CheckedClient
from tests.factories.people import CivilServantFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_nothing_yet(as_user):
    page = as_user(CivilServantFactory()).get("/applications").content.decode()

    assert "You have not applied for anything yet" in page


def test_groups(as_user):
    applicant = CivilServantFactory()
    states = {
        "Needs you (3)": ("draft", "offered", "manager_silent"),
        "Waiting for others (2)": ("sent", "with_department"),
        "Confirmed (1)": ("confirmed",),
        "Finished (2)": ("not_selected", "not_supported"),
    }
    for group in states.values():
        for status in group:
            ApplicationFactory(applicant=applicant, status=status)
    ApplicationFactory()

    page = as_user(applicant).get("/applications").content.decode()

    assert [title for title in states if title in page] == list(states)
    assert page.count("app-card__title") == 8


def test_it_needs_a_sign_in():
    assert CheckedClient().get("/applications").status_code == 302


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_do_not_grow_with_rows(as_user, django_assert_max_num_queries, rows):
    applicant = CivilServantFactory()
    for _number in range(rows):
        ApplicationFactory(applicant=applicant, status=ApplicationStatus.SENT)
    client = as_user(applicant)

    with django_assert_max_num_queries(10):
        assert client.get("/applications").status_code == 200
