"""The history tells each audience what it may know, in words."""

import pytest

from audit.models import Event
from placements.actions import drafts, managers
from placements.choices import ApplicationStatus
from placements.lifecycle import APPLICATION
from placements.models import Application
from placements.timeline import TITLES
from tests.factories.experts import host_of
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_every_step_of_the_lifecycle_has_words():
    assert set(APPLICATION.steps) <= set(TITLES)


@pytest.fixture
def application():
    application = ApplicationFactory()
    drafts.send(application, by=application.applicant)
    request = application.manager_requests.get()
    managers.support(request, by=request.manager, cover="team", proven=True)
    return Application.objects.get()


def history(as_user, application, user):
    return as_user(user).get(f"{application.get_absolute_url()}/history").content.decode()


def test_the_applicant_reads_all_of_it(as_user, application):
    page = history(as_user, application, application.applicant)

    assert "Sent to the line manager" in page
    assert "Supported by the line manager and sent to the host" in page
    assert ", You" in page


def test_the_host_reads_only_what_concerns_them(as_user, application):
    page = history(as_user, application, host_of(application.opportunity.organisation))

    assert "Sent to the line manager" not in page
    assert "Supported by the line manager" in page
    assert application.manager.email not in page


def test_saving_often_in_a_day_is_told_once(as_user):
    application = ApplicationFactory()
    for _number in range(3):
        Event.objects.create(
            actor=application.applicant,
            action="save_section",
            subject_type="placements.application",
            subject_id=str(application.pk),
        )

    page = history(as_user, application, application.applicant)

    assert page.count("Answers saved") == 1


def test_strangers_read_nothing(as_user):
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    address = f"{application.get_absolute_url()}/history"
    assert as_user(UserFactory()).get(address).status_code == 404
