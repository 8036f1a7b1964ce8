"""What happens by itself while a line manager does not answer."""

import datetime as dt

import pytest
import time_machine

from audit.models import Event
from core.calendar import LONDON, add_working_days
from notifications.models import Message
from placements import tasks
from placements.actions import managers, reminders
from placements.choices import ApplicationStatus
from placements.models import Application, ManagerRequest
from tests.factories.people import department_admin
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 6, 1, 9, tzinfo=LONDON)


@pytest.fixture
def asked():
    with time_machine.travel(MONDAY, tick=False):
        application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)
    return application.manager_requests.get()


def chase_on(asked, day, nation="england"):
    moment = dt.datetime.combine(
        add_working_days(MONDAY.date(), day, nation), dt.time(8), tzinfo=LONDON
    )
    with time_machine.travel(moment, tick=False):
        return reminders.chase(asked)


def mails():
    names = Message.objects.order_by("pk").values_list("template", flat=True)
    return [name.rsplit("/", 1)[1] for name in names]


def test_each_working_day_brings_what_is_due_and_nothing_twice(asked):
    department_admin(asked.applicant.department)
    sent = {}
    for day in range(1, 13):
        before = len(mails())
        chase_on(asked, day)
        chase_on(asked, day)
        sent[day] = mails()[before:]

    assert {day: names for day, names in sent.items() if names} == {
        3: ["manager_reminder"],
        5: ["manager_silent"],
        6: ["manager_reminder"],
        8: ["second_line"],
        10: ["department_steps_in"],
    }


def test_after_five_days_the_applicant_reads_no_reply_yet(asked):
    for day in (3, 5):
        chase_on(asked, day)

    application = Application.objects.get()
    assert application.status == ApplicationStatus.MANAGER_SILENT
    assert application.manager_requests.open().exists()


def test_after_an_outage_each_thing_is_said_once(asked):
    chase_on(asked, 7)

    assert sorted(mails()) == ["manager_reminder", "manager_silent"]
    assert Application.objects.get().status == ApplicationStatus.MANAGER_SILENT


def test_an_answer_stops_it(asked):
    chase_on(asked, 3)
    managers.support(
        ManagerRequest.objects.with_application().get(),
        by=asked.manager,
        cover="team",
        proven=True,
    )
    before = mails()

    for day in (5, 6, 8, 10):
        assert chase_on(asked, day) == 0

    assert mails() == before


def test_nothing_happens_on_a_weekend(asked):
    with time_machine.travel(MONDAY + dt.timedelta(days=5), tick=False):
        assert reminders.chase(asked) == 0


def test_days_are_counted_in_the_departments_nation():
    with time_machine.travel(dt.datetime(2026, 7, 9, 9, tzinfo=LONDON), tick=False):
        asked = ApplicationFactory(
            status=ApplicationStatus.WITH_MANAGER,
            applicant__department__nation="northern-ireland",
        ).manager_requests.get()

    # Monday 13 July is a bank holiday in Northern Ireland, so the third working day is the 15th
    with time_machine.travel(dt.datetime(2026, 7, 14, 8, tzinfo=LONDON), tick=False):
        assert reminders.chase(asked) == 0
    with time_machine.travel(dt.datetime(2026, 7, 15, 8, tzinfo=LONDON), tick=False):
        assert reminders.chase(asked) == 1


def test_an_admin_who_is_the_manager_or_the_applicant_is_not_asked_to_step_in(asked):
    chase_on(asked, 10)

    assert "department_steps_in" not in mails()


def test_the_worker_does_it_and_forgives_a_second_call(asked):
    with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
        assert tasks.chase_manager(asked.pk) == 1
        assert tasks.chase_manager(asked.pk) == 0
        assert tasks.chase_manager(0) == 0


def test_a_silence_that_is_noted_already_is_not_noted_again(asked):
    Application.objects.update(status=ApplicationStatus.MANAGER_SILENT)

    assert chase_on(asked, 5) == 2

    assert not Event.objects.filter(action="note_silence").exists()
    assert "manager_silent" in mails()
