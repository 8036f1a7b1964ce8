"""Moves a round along its life: opened and locked by the scheme team or by the clock."""

import datetime as dt
from collections.abc import Callable, Iterable

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record_change
from core.calendar import today
from core.errors import Conflict, StepNotOpen
from matching.actions.rounds import scheme_page
from matching.emails import lists as emails
from matching.lifecycle import ROUND
from matching.models import Round, RoundList, RoundPlace
from people.models import User

REMIND_DAYS_BEFORE = (3, 1)
log = structlog.get_logger()


def move(row: Round, step: str, *, by: User) -> Round:
    """Take a step with a locked round; saves and records it."""
    change = ROUND.advance(row, step, by=by)
    row.version += 1
    row.save()
    record_change(change, by=by, round=row.slug)
    return row


def locked(row: Round, step: str, *, by: User) -> Round:
    """Lock a round for a step, or say on its page that the step is not open any more."""
    fresh: Round = Round.objects.locked(row.pk)
    if fresh.status not in ROUND.steps[step].sources and ROUND.steps[step].rule(by, fresh):
        raise StepNotOpen(scheme_page(fresh), step)
    return fresh


@transaction.atomic
def open_round(row: Round, *, by: User) -> Round:
    """Let people choose; a round without places cannot open."""
    row = locked(row, "open", by=by)
    if not RoundPlace.objects.of_round(row).taking_part().exists():
        text = _("Add at least one opportunity before you open the round. Nothing was changed.")
        raise Conflict(f"{scheme_page(row)}/places", text)
    return move(row, "open", by=by)


@transaction.atomic
def lock_lists(row: Round, *, by: User) -> Round:
    """Close the lists: from now on they are what people are matched by."""
    row = move(locked(row, "lock", by=by), "lock", by=by)
    for mine in RoundList.objects.of_round(row):
        emails.list_locked(mine)
    return row


@transaction.atomic
def remind_of_lists() -> int:
    """Remind everybody with a list some days before it locks; a second call sends nothing."""
    told = 0
    for days in REMIND_DAYS_BEFORE:
        for row in Round.objects.locking_on(today() + dt.timedelta(days=days)):
            for mine in RoundList.objects.of_round(row):
                emails.locks_soon(mine, days=days)
                told += 1
    return told


@transaction.atomic
def start_checks(row: Round, *, by: User) -> Round:
    """Close the hosts' groups, so that trial runs all use the same."""
    return move(locked(row, "check", by=by), "check", by=by)


@transaction.atomic
def open_second(row: Round, *, by: User) -> Round:
    """Open the second round: what is left, for those without a place."""
    row = locked(row, "open_second", by=by)
    if row.is_second:
        raise Conflict(scheme_page(row), _("The second round is over. Nothing was changed."))
    row.stage = 2
    return move(row, "open_second", by=by)


@transaction.atomic
def finish(row: Round, *, by: User) -> Round:
    """End a round: nothing in it changes any more."""
    return move(locked(row, "finish", by=by), "finish", by=by)


def by_the_clock() -> int:
    """Take every step whose day has come; count them."""
    rounds = Round.objects
    return (
        _each(rounds.to_open(), open_round)
        + _each(rounds.to_lock(), lock_lists)
        + _each(rounds.to_open_again(), open_second)
        + _each(rounds.to_finish(), finish)
    )


def _each(rows: Iterable[Round], action: Callable[..., Round]) -> int:
    service, done = User.objects.system(), 0
    for row in list(rows):
        try:
            action(row, by=service)
        except (StepNotOpen, Conflict):
            log.info("round moved on meanwhile", round=row.slug)
        else:
            done += 1
    return done
