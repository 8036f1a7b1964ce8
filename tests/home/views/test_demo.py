"""The demo's pages: be anybody, read every letter."""

import pytest

from notifications.actions import queue_email
from people.models import User
from placements.choices import ApplicationStatus
from placements.emails import offers
from tests.factories.people import CivilServantFactory, scheme_team_member
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_every_role_has_its_people(client):
    team = scheme_team_member()
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)

    page = client.get("/demo").content.decode()

    assert team.name in page
    assert application.manager.name in page
    assert application.applicant.name in page


def test_one_click_signs_in(client):
    person = CivilServantFactory()

    response = client.post("/demo/sign-in", {"person": person.pk})

    assert response.status_code == 302
    assert response.url == "/home"
    assert person.name in client.get("/home").content.decode()


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "-1"])
def test_nobody_else_can_be_chosen(client, number):
    assert client.post("/demo/sign-in", {"person": number}).status_code == 404


def test_nobody_becomes_the_service_itself(client):
    system = User.objects.system()

    assert client.post("/demo/sign-in", {"person": system.pk}).status_code == 404


def test_a_page_cannot_sign_somebody_in_by_being_opened(client):
    assert client.get("/demo/sign-in").status_code == 405


def test_the_letters_can_be_read(client):
    application = ApplicationFactory(status=ApplicationStatus.OFFERED)
    offers.offer_made(application, application.offer)
    letter = application.applicant.messages.get()

    page = client.get("/demo/mail").content.decode()
    detail = client.get(f"/demo/mail/{letter.uid}").content.decode()

    assert application.applicant.email in page
    assert application.opportunity.title in detail


def test_an_empty_outbox_says_so(client):
    assert "No letters yet" in client.get("/demo/mail").content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_queries_do_not_grow_with_letters(client, django_assert_max_num_queries, rows):
    application = ApplicationFactory(status=ApplicationStatus.OFFERED)
    for _row in range(rows):
        queue_email(
            "placements/emails/offer_made",
            to=application.applicant,
            application=application,
            offer=application.offer,
        )

    with django_assert_max_num_queries(4):
        client.get("/demo/mail")
