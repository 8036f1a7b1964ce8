"""A confirmed placement, for everybody concerned."""

import pytest

from placements.choices import ApplicationStatus, PlacementStatus
from placements.models import Placement
from tests.factories.experts import host_of
from tests.factories.people import UserFactory, department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return ApplicationFactory(status=ApplicationStatus.CONFIRMED).placement


def test_everybody_concerned_reads_whom_to_write_to(as_user, placement):
    application = placement.application
    readers = (
        placement.person,
        application.manager,
        host_of(application.opportunity.organisation),
        department_admin(application.department),
    )

    for reader in readers:
        page = as_user(reader).get(placement.get_absolute_url()).content.decode()
        assert application.opportunity.contact.email in page
        assert placement.person.email in page
    assert as_user(UserFactory()).get(placement.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", PlacementStatus)
def test_every_state_has_a_sentence(as_user, placement, status):
    Placement.objects.update(status=status)

    page = as_user(placement.person).get(placement.get_absolute_url()).content.decode()

    assert "govuk-body-l" in page
    assert ("mailto:" + placement.application.opportunity.contact.email in page) == (
        status != PlacementStatus.CANCELLED
    )


def test_the_dates_are_a_calendar_file(as_user, placement):
    response = as_user(placement.person).get(f"{placement.get_absolute_url()}/dates.ics")

    assert b"BEGIN:VEVENT" in response.content
    assert (
        as_user(UserFactory()).get(f"{placement.get_absolute_url()}/dates.ics").status_code == 404
    )
