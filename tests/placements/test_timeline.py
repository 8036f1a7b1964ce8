"""The history of an application: who reads of what, and how those who acted are called."""

import datetime as dt

import pytest
import time_machine

from audit.actions import record
from audit.models import Event
from people.models import User
from placements.choices import ApplicationStatus as S
from placements.timeline import entries
from tests.factories.experts import host_of
from tests.factories.people import department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 6, 3, 8, tzinfo=dt.UTC)


def history(application, viewer):
    return [
        (str(entry.title), entry.who)
        for entry in entries(Event.objects.about(application), application, viewer)
    ]


def named(status):
    application = ApplicationFactory(status=status)
    for person, name in ((application.applicant, "Ada"), (application.manager, "Grace")):
        person.name = name
        person.save()
    record("send", application, by=application.applicant)
    record("support", application, by=application.manager)
    record("offer", application, by=host_of(application.opportunity.organisation))
    record("approve", application, by=department_admin(application.department))
    record("confirm", application, by=User.objects.system())
    return application


@pytest.mark.parametrize(
    ("viewer", "applicant", "manager"),
    [
        ("applicant", "You", "Grace"),
        ("manager", "Ada", "You"),
        ("host", "Ada", "Grace"),
        ("department", "Ada", "Grace"),
        ("scheme", "Ada", "Grace"),
    ],
)
def test_people_are_named_and_the_other_side_by_its_organisation(viewer, applicant, manager):
    application = named(S.CONFIRMED)

    assert history(application, viewer) == [
        ("Placement confirmed", "The service"),
        ("Approved by the department", application.department.short_name),
        ("Place offered", str(application.opportunity.organisation)),
        ("Supported by the line manager and sent to the host", manager),
        ("Sent to the host", applicant),
    ]


def test_before_a_place_is_accepted_a_host_reads_no_names():
    told = dict(history(named(S.OFFERED), "host"))

    assert told["Sent to the host"] == "The applicant"
    assert told["Supported by the line manager and sent to the host"] == "The line manager"


def test_repeated_savings_of_a_day_are_one_line():
    application = ApplicationFactory()
    for hours in (0, 1, 30):
        with time_machine.travel(MORNING + dt.timedelta(hours=hours), tick=False):
            record("save_section", application, by=application.applicant)

    assert history(application, "applicant") == [("Answers saved", "You")] * 2
    assert history(application, "host") == []


def test_what_has_no_words_is_told_to_nobody():
    application = ApplicationFactory()
    record("note_by_host", application, by=application.applicant)

    assert history(application, "scheme") == []
