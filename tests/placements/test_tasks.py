"""The clock's jobs: each does its part when its time has come, and nothing the second time."""

import datetime as dt

import pytest
import time_machine

from core.calendar import LONDON, today
from notifications.models import Message
from placements import tasks
from placements.choices import ApplicationStatus as S
from placements.choices import OpportunityStatus, PlacementStatus
from placements.models import Application, ManagerRequest, Opportunity, Placement
from tests.factories.people import department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = dt.datetime(2026, 6, 3, 8, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


def days(count):
    return dt.timedelta(days=count)


def letters():
    names = Message.objects.values_list("template", flat=True)
    return sorted(name.rsplit("/", 1)[1] for name in names)


@pytest.mark.usefixtures("at_once")
def test_every_silent_line_manager_is_reminded(clock):
    for _number in range(2):
        ApplicationFactory(status=S.WITH_MANAGER)
    answered = ApplicationFactory(status=S.WITH_MANAGER).manager_requests.get()
    ManagerRequest.objects.filter(pk=answered.pk).update(closed_at=WEDNESDAY)
    clock.move_to(WEDNESDAY + days(5))

    assert tasks.chase_managers() == 2

    assert letters() == ["manager_reminder"] * 2


def test_an_offer_ends_after_its_day():
    application = ApplicationFactory(status=S.OFFERED)
    application.offer.reply_by = today() - days(1)
    application.offer.save()

    assert (tasks.expire_offers(), tasks.expire_offers()) == (1, 0)

    application.refresh_from_db()
    assert application.status == S.OFFER_EXPIRED


def test_an_applicant_is_reminded_of_an_offer_once():
    application = ApplicationFactory(status=S.OFFERED)
    application.offer.reply_by = today()
    application.offer.save()

    for _run in range(2):
        tasks.remind_of_offers()

    assert letters() == ["offer_reminder_today"]


def test_a_host_is_reminded_of_the_day_to_choose_by_once():
    opportunity = OpportunityFactory(closing_on=today() - days(5), choosing_on=today())
    ApplicationFactory(opportunity=opportunity, status=S.SENT)

    for _run in range(2):
        tasks.remind_hosts()

    assert letters() == ["choosing_today"]


def test_what_is_over_is_closed():
    past = OpportunityFactory(closing_on=today() - days(1))
    given_up = OpportunityFactory(
        closing_on=today() - days(90),
        choosing_on=today() - days(60),
        status=OpportunityStatus.CLOSED,
    )
    ApplicationFactory(opportunity=given_up, status=S.SENT)

    assert (tasks.close_what_is_over(), tasks.close_what_is_over()) == (2, 0)

    assert Opportunity.objects.get(pk=past.pk).status == OpportunityStatus.CLOSED
    assert Application.objects.get().status == S.NOT_SELECTED


def test_placements_start_and_complete():
    for first, last in ((today(), today() + days(9)), (today() - days(9), today() - days(1))):
        application = ApplicationFactory(status=S.CONFIRMED)
        Placement.objects.filter(application=application).update(starts_on=first, ends_on=last)
    Placement.objects.filter(ends_on__lt=today()).update(status=PlacementStatus.UNDER_WAY)

    assert (tasks.move_placements(), tasks.move_placements()) == (2, 0)

    states = set(Placement.objects.values_list("status", flat=True))
    assert states == {PlacementStatus.UNDER_WAY, PlacementStatus.COMPLETED}


def test_a_department_reads_what_waits_once_a_day():
    admin = department_admin(ApplicationFactory(status=S.WITH_DEPARTMENT).department)

    for _run in range(2):
        tasks.send_digests()

    assert admin.messages.count() == 1
