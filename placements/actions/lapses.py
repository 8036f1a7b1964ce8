"""What the service does by itself when a day has come: remind, close, let lapse, start, end."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.db import transaction

from core.calendar import add_working_days, is_working_day, today
from core.errors import Conflict, StepNotOpen
from people.models import Department, User
from placements.actions import confirmation, offers
from placements.actions.moves import lock, lock_opportunity, move, move_opportunity
from placements.choices import NotSelectedReason
from placements.emails import departments as department_mails
from placements.emails import hosts as host_mails
from placements.emails import offers as offer_mails
from placements.models import Application, Approval, Offer, Opportunity, Placement

log = structlog.get_logger()
REMIND_DAYS_BEFORE = 2
CHOOSING_SOON_DAYS = 3
CHOOSING_LATE_DAYS = 5
CLOSE_OUT_DAYS = 20
OVERDUE_DAYS, DEPUTY_DAYS = 1, 3


def each(rows: Iterable[Any], action: Callable[..., Any]) -> int:
    """Take a step with each row, each in its own transaction; what moved on meanwhile is left."""
    service, done = User.objects.system(), 0
    for row in rows:
        try:
            action(row, by=service)
        except (StepNotOpen, Conflict):
            log.info("moved on meanwhile", row=str(row))
        except Exception:
            # one row that cannot be moved must not hold up all that come after it
            log.exception("could not be moved", row=str(row))
        else:
            done += 1
    return done


def expire_offers() -> int:
    """Close the offers nobody answered in time."""
    return each(Application.objects.with_lapsed_offer(), offers.expire)


def remind_of_offers() -> int:
    """Remind two days before an offer ends, and on its last morning."""
    rows = Offer.objects.unanswered().replied_by([today(), _in(REMIND_DAYS_BEFORE)])
    for offer in rows:
        offer_mails.offer_reminder(offer.application, offer, last=offer.reply_by == today())
    return len(rows)


def close_opportunities() -> int:
    """Close what reached its closing date."""
    return each(Opportunity.objects.past_closing(), close)


@transaction.atomic
def close(opportunity: Opportunity, *, by: User) -> Opportunity:
    """Take no more applications: the closing date has come."""
    opportunity = lock_opportunity(opportunity.pk)
    move_opportunity(opportunity, "close", by=by)
    return opportunity


def remind_hosts() -> int:
    """Remind hosts before and on their choosing date; say honestly when it has gone by."""
    waiting = Opportunity.objects.with_undecided()
    soon = waiting.choosing_on_day(_in(CHOOSING_SOON_DAYS))
    due = waiting.choosing_on_day(today())
    for opportunity in soon:
        host_mails.choosing(opportunity, "choosing_soon")
    for opportunity in due:
        host_mails.choosing(opportunity, "choosing_today")
    late = [row for row in waiting.choosing_before(today()) if _is_late(row, CHOOSING_LATE_DAYS)]
    for opportunity in late:
        undecided = Application.objects.undecided_of(opportunity)
        host_mails.choosing_is_late(opportunity, list(undecided))
    return len(soon) + len(due) + len(late)


def close_out() -> int:
    """Tell everybody still waiting that nothing more will come: filled for good, or too late."""
    silent = [
        row
        for row in Opportunity.objects.with_undecided().choosing_before(today())
        if _is_late(row, CLOSE_OUT_DAYS)
    ]
    full = Opportunity.objects.with_undecided().filled_for_good()
    closed = {row.pk: row for row in [*silent, *full]}
    return sum(
        each(Application.objects.undecided_of(row), close_without_place) for row in closed.values()
    )


@transaction.atomic
def close_without_place(application: Application, *, by: User) -> Application:
    """End one application that no place is left for, with three others to look at."""
    application = lock(application)
    application.not_selected_reasons = [NotSelectedReason.CLOSED]
    move(application, "close_out", by=by)
    host_mails.closed_out(application)
    return application


def start_placements() -> int:
    """Start what begins today."""
    return each(Placement.objects.to_start(), confirmation.start)


def complete_placements() -> int:
    """Complete what ended yesterday."""
    return each(Placement.objects.to_complete(), confirmation.complete)


def send_digests() -> int:
    """Tell the approvers of each department what waits, on working days, if anything does."""
    if not is_working_day(today()):
        return 0
    sent = 0
    for department in Department.objects.filter(
        pk__in=Approval.objects.to_review().department_ids()
    ):
        for admin in User.objects.admins_of(department.pk):
            sent += _digest(department, admin)
    return sent


def chase_approvers() -> int:
    """Tell who decides that they are late; two working days later, tell who can step in."""
    overdue = Approval.objects.to_review().overdue().with_application()
    late = [row for row in overdue if _is_past(row.application.due_on, OVERDUE_DAYS)]
    for approval in late:
        department_mails.overdue(approval)
        if _is_past(approval.application.due_on, DEPUTY_DAYS):
            department_mails.step_in(approval)
    return len(late)


def _digest(department: Department, admin: User) -> int:
    rows = Approval.objects.of_department(department, admin).to_review()
    waiting = rows.count()
    if waiting:
        overdue = rows.overdue().count()
        department_mails.digest(
            department, admin, day=f"{today()}", waiting=waiting, overdue=overdue
        )
    return int(bool(waiting))


def _in(working_days: int) -> Any:
    return add_working_days(today(), working_days)


def _is_late(opportunity: Opportunity, days: int) -> bool:
    return _is_past(opportunity.choosing_on, days)


def _is_past(day: dt.date | None, working_days: int) -> bool:
    return day is not None and add_working_days(day, working_days) <= today()
