"""Every state of an application can exist, and reads as something to everybody who may see it."""

import pytest

from core.wording import Audience
from placements.choices import HOLDS_A_PLACE, LIVE, OVER, ApplicationStatus
from placements.lifecycle import APPLICATION
from placements.wording import APPLICATION_WORDING
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ApplicationStatus)
def test_the_database_accepts_an_application_in_every_state(status):
    application = ApplicationFactory(status=status)

    application.refresh_from_db()
    assert application.status == status
    assert application.opportunity.held == (status in HOLDS_A_PLACE)


def test_every_state_is_live_or_over_and_worded():
    assert set(ApplicationStatus) == LIVE | OVER
    assert not LIVE & OVER
    assert set(APPLICATION_WORDING) == set(ApplicationStatus)


@pytest.mark.parametrize("status", ApplicationStatus)
def test_an_applicant_never_reads_a_word_meant_for_others(status):
    label = APPLICATION_WORDING[status].for_audience(Audience.APPLICANT).label

    assert str(label) not in {"New", "Shortlisted", "Second check", "Accepted", "To review"}


def test_every_step_leads_somewhere_else_and_every_state_is_reached():
    reached = {step.target for step in APPLICATION}

    assert reached | {ApplicationStatus.DRAFT} == set(ApplicationStatus)
    assert all(step.target not in OVER or step.sources <= LIVE for step in APPLICATION)
