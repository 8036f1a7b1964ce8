"""What happens by itself: reminders, lapses, closings, first and last days, the digest."""

import datetime as dt

import pytest
from django.utils import timezone

from core.calendar import add_working_days, today
from notifications.models import Message
from notifications.rendering import render
from people.models import User
from placements.actions import lapses, offers
from placements.choices import ApplicationStatus as S
from placements.choices import (
    ApprovalDecision,
    ApprovalStage,
    OpportunityStatus,
    PlacementStatus,
)
from placements.models import Approval, Placement
from tests.factories.people import RoleGrantFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def days(count):
    return dt.timedelta(days=count)


def templates():
    return sorted(
        name.rsplit("/", 1)[1] for name in Message.objects.values_list("template", flat=True)
    )


def words_of(message):
    return " ".join(render(message)[1].split())


def offered(reply_by):
    application = ApplicationFactory(status=S.OFFERED)
    application.offer.reply_by = reply_by
    application.offer.save()
    return application


def choosing(day, status=S.SENT, **kwargs):
    opportunity = OpportunityFactory(closing_on=day - days(5), choosing_on=day, **kwargs)
    return ApplicationFactory(opportunity=opportunity, status=status)


def working_days_ago(count):
    day = today()
    while add_working_days(day, count) > today():
        day -= days(1)
    return day


def test_an_offer_ends_after_its_day_and_not_before():
    late, open_still = offered(today() - days(1)), offered(today() + days(1))

    assert lapses.expire_offers() == 1

    late.refresh_from_db()
    open_still.refresh_from_db()
    assert (late.status, open_still.status) == (S.OFFER_EXPIRED, S.OFFERED)


@pytest.mark.parametrize(("hour", "status"), [(16, S.OFFERED), (18, S.OFFER_EXPIRED)])
def test_an_offer_ends_at_5pm_of_its_day(monkeypatch, hour, status):
    day = dt.datetime(2026, 12, 9, hour, tzinfo=dt.UTC)
    application = offered(day.date())
    monkeypatch.setattr(timezone, "now", lambda: day)

    lapses.expire_offers()

    application.refresh_from_db()
    assert application.status == status


def test_applicants_are_reminded_twice_and_only_once_each():
    offered(add_working_days(today(), 2))
    offered(today())
    offered(today() + days(30))

    for _run in range(2):
        lapses.remind_of_offers()

    assert templates() == ["offer_reminder", "offer_reminder_today"]


@pytest.mark.parametrize("status", [S.WITH_DEPARTMENT, S.OFFER_DECLINED])
def test_nobody_who_replied_is_reminded(status):
    application = offered(today())
    application.status = status
    application.save()

    assert lapses.remind_of_offers() == 0


def test_hosts_are_reminded_before_and_on_the_day():
    choosing(add_working_days(today(), 3))
    choosing(today())
    choosing(today(), status=S.NOT_SELECTED)

    for _run in range(2):
        lapses.remind_hosts()

    assert templates() == ["choosing_soon", "choosing_today"]


def test_everybody_is_told_when_the_host_is_late():
    waiting = choosing(working_days_ago(5))
    choosing(working_days_ago(4))

    for _run in range(2):
        lapses.remind_hosts()

    assert templates() == ["choosing_late", "choosing_late_host"]
    message = Message.objects.get(template__endswith="choosing_late")
    assert message.recipient == waiting.applicant
    assert "It has not decided yet" in words_of(message)


def test_who_waits_20_working_days_is_set_free():
    freed, kept = choosing(working_days_ago(20)), choosing(working_days_ago(19))

    assert lapses.close_out() == 1

    freed.refresh_from_db()
    kept.refresh_from_db()
    assert (freed.status, kept.status) == (S.NOT_SELECTED, S.SENT)
    assert freed.not_selected_reasons == ["closed"]
    assert "did not choose by the day it gave" in " ".join(
        render(Message.objects.get())[1].split()
    )


@pytest.mark.parametrize(("state", "closed"), [(S.CONFIRMED, True), (S.OFFERED, False)])
def test_who_waits_for_a_full_opportunity_is_told_once_nobody_can_move_up(state, closed):
    waiting = choosing(today() + days(9), status=S.RESERVE, places=1)
    ApplicationFactory(opportunity=waiting.opportunity, status=state)
    waiting.opportunity.status = OpportunityStatus.FILLED
    waiting.opportunity.save()
    others = OpportunityFactory.create_batch(4)

    lapses.close_out()

    waiting.refresh_from_db()
    assert (waiting.status == S.NOT_SELECTED) is closed
    if closed:
        text = words_of(Message.objects.get())
        assert "are now taken, and nobody can move up" in text
        assert sum(other.title in text for other in others) == 3


def test_an_opportunity_closes_after_its_day():
    late = OpportunityFactory(closing_on=today() - days(1), choosing_on=today() + days(3))
    still = OpportunityFactory(closing_on=today())

    lapses.close_opportunities()

    late.refresh_from_db()
    still.refresh_from_db()
    assert (late.status, still.status) == (OpportunityStatus.CLOSED, OpportunityStatus.OPEN)


def test_placements_start_and_complete_on_their_days():
    application = ApplicationFactory(status=S.CONFIRMED)
    Placement.objects.update(starts_on=today(), ends_on=today())

    lapses.start_placements()
    placement = Placement.objects.get()
    assert placement.status == PlacementStatus.UNDER_WAY
    lapses.complete_placements()
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.UNDER_WAY
    Placement.objects.update(starts_on=today() - days(3), ends_on=today() - days(1))
    lapses.complete_placements()

    placement.refresh_from_db()
    assert placement.status == PlacementStatus.COMPLETED
    assert templates() == [
        "placement_completed",
        "placement_completed_manager",
        "placement_started",
    ]
    assert application.manager.messages.count() == 1


@pytest.mark.parametrize(("day", "count"), [(9, 1), (12, 0), (25, 0)])
def test_the_digest_comes_once_on_working_days_when_something_waits(monkeypatch, day, count):
    application = ApplicationFactory(status=S.WITH_DEPARTMENT)
    admin = department_admin(application.department)
    department_admin(ApplicationFactory(status=S.OFFERED).department)
    moment = dt.datetime(2026, 12, day, 8, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)

    for _run in range(2):
        lapses.send_digests()

    assert admin.messages.count() == count
    assert Message.objects.count() == count


def test_the_digest_says_how_much_is_late(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 12, 9, 8, tzinfo=dt.UTC))
    application = ApplicationFactory(status=S.WITH_DEPARTMENT, due_on=today() - days(1))
    department_admin(application.department)

    lapses.send_digests()

    assert render(Message.objects.get())[0] == "1 approval to review, 1 overdue"


@pytest.fixture
def late(monkeypatch):
    """Give an application to be decided by Monday 7 December 2026, and two approvers."""
    application = ApplicationFactory(status=S.WITH_DEPARTMENT, due_on=dt.date(2026, 12, 7))
    approvers = [department_admin(application.department) for _each in range(2)]

    def chase_on(day):
        moment = dt.datetime(2026, 12, day, 9, tzinfo=dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return lapses.chase_approvers()

    return application, approvers, chase_on


def subjects_of(person):
    return [render(message)[0] for message in person.messages.all()]


def test_an_approver_who_is_a_day_late_is_told_once_and_the_others_after_three(late):
    application, (approver, other), chase_on = late
    application.approvals.update(assigned_to=approver)
    was_due = f"{application.reference} was to be decided by 7 December 2026"

    assert chase_on(7) == 0
    assert chase_on(8) == 1
    assert (subjects_of(approver), subjects_of(other)) == ([was_due], [])
    for day in (9, 10, 10):
        assert chase_on(day) == 1
    assert subjects_of(approver) == [was_due]
    assert subjects_of(other) == [f"{application.reference} needs somebody to decide"]


def test_what_nobody_has_taken_is_chased_with_every_approver_who_has_not_decided(late):
    application, (first, second), chase_on = late
    application.status = S.SECOND_CHECK
    application.save()
    application.approvals.update(
        decided_by=first, decided_at=timezone.now(), decision=ApprovalDecision.APPROVE
    )
    Approval.objects.create(
        application=application,
        applicant=application.applicant,
        stage=ApprovalStage.SECOND_CHECK,
    )

    chase_on(10)

    assert (len(subjects_of(first)), len(subjects_of(second))) == (0, 1)


def test_one_row_that_fails_does_not_hold_up_the_next():
    def action(row, *, by):
        assert by == User.objects.system()
        if row == "bad":
            raise RuntimeError

    assert lapses.each(["bad", "good"], action) == 1


def test_what_moved_on_meanwhile_is_left_as_it_is():
    late, answered = offered(today() - days(1)), offered(today() - days(1))
    offers.accept(answered, by=answered.applicant)

    assert lapses.each([answered, late], offers.expire) == 1

    answered.refresh_from_db()
    assert answered.status == S.WITH_DEPARTMENT


def test_an_admin_hears_nothing_of_their_own_request(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 12, 9, 8, tzinfo=dt.UTC))
    own = ApplicationFactory(status=S.WITH_DEPARTMENT)
    RoleGrantFactory(user=own.applicant, role="department_admin", department=own.department)

    assert lapses.send_digests() == 0
    assert not Message.objects.exists()
