"""What happens by itself while a line manager does not answer, by their working days."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from audit.actions import record
from core.calendar import LONDON, is_working_day, today, working_days_between
from people.models import User
from placements.actions.moves import lock, move
from placements.choices import WITH_THE_MANAGER, ApplicationStatus
from placements.emails import managers as letters
from placements.emails.departments import approvers_of
from placements.models import ManagerRequest


@dataclass(frozen=True)
class Reminder:
    """What is due how many working days after the question."""

    day: int
    act: Callable[[ManagerRequest, str], None]


def _remind(request: ManagerRequest, key: str) -> None:
    letters.manager_reminder(request, key)


def _note_silence(request: ManagerRequest, key: str) -> None:
    application = request.application
    if application.status == ApplicationStatus.WITH_MANAGER:
        move(application, "note_silence", by=User.objects.system())
    letters.manager_silent(request, key)


def _offer_second_line(request: ManagerRequest, key: str) -> None:
    letters.second_line(request, key)


def _department_steps_in(request: ManagerRequest, key: str) -> None:
    for admin in approvers_of(request.application):
        letters.department_steps_in(request, admin, key)


REMINDERS = (
    Reminder(3, _remind),
    Reminder(5, _note_silence),
    Reminder(6, _remind),
    Reminder(8, _offer_second_line),
    Reminder(10, _department_steps_in),
)


def working_days_since(request: ManagerRequest) -> int:
    """Count the working days after the day of the question, in the department's nation."""
    asked_on = request.asked_at.astimezone(LONDON).date()
    nation = request.application.department.nation
    days = working_days_between(asked_on, today(), nation)
    return days - 1 if is_working_day(asked_on, nation) else days


@transaction.atomic
def chase(request: ManagerRequest) -> int:
    """Do what has become due about one question, and tell how much that was.

    After an outage only the last reminder of each kind goes out; a second run does nothing.
    """
    application = lock(request.application)
    fresh: ManagerRequest = (
        ManagerRequest.objects.select_related("manager")
        .select_for_update(of=("self",))
        .get(pk=request.pk)
    )
    fresh.application = application
    if not fresh.is_open or application.status not in WITH_THE_MANAGER:
        return 0
    if not is_working_day(today(), application.department.nation):
        return 0
    due = _due(fresh)
    for reminder in {reminder.act: reminder for reminder in due}.values():
        reminder.act(fresh, f"manager-request:{fresh.pk}:day-{reminder.day}")
        record("chase_manager", application, by=User.objects.system(), day=reminder.day)
    if due:
        fresh.reminders_sent += len(due)
        fresh.save(update_fields=["reminders_sent"])
    return len(due)


def _due(request: ManagerRequest) -> list[Reminder]:
    days = working_days_since(request)
    return [each for each in REMINDERS[request.reminders_sent :] if each.day <= days]
