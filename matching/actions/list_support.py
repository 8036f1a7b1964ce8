"""Asks a line manager once about a whole list, and keeps the answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from matching.actions.lists import locked_list
from matching.choices import ListSupport, RoundStatus
from matching.emails import lists as emails
from matching.models import Round, RoundList
from matching.permissions import is_asked_about_list
from people.models import User
from placements.actions.managers import person_named

ANSWERABLE = frozenset({RoundStatus.CHOOSING, RoundStatus.LOCKED, RoundStatus.SECOND_ROUND})


@transaction.atomic
def ask_for_support(  # noqa: PLR0913 - what the form holds
    row: Round, *, by: User, name: str, email: str, days: int, note: str = ""
) -> RoundList:
    """Ask the line manager about any place on the list up to some working days.

    Asking again, about more days or somebody else, takes the place of what was asked before.
    """
    mine = locked_list(row, by)
    manager = person_named(name, email)
    if manager.pk == by.pk:
        raise StepNotAllowed("nobody supports their own list")
    if (mine.support, mine.manager_id, mine.support_days) == (
        ListSupport.ASKED,
        manager.pk,
        days,
    ):
        return mine
    if mine.support == ListSupport.ASKED and mine.manager_id != manager.pk:
        emails.support_not_needed(mine)
    mine.manager, mine.support_days, mine.support_note = manager, days, note
    mine.support, mine.support_asked_at = ListSupport.ASKED, timezone.now()
    mine.support_decided_at = mine.support_decided_by = None
    mine.support_words = ""
    mine.version += 1
    mine.save()
    record("ask_for_list_support", mine, by=by, days=days)
    emails.support_asked(mine)
    return mine


@transaction.atomic
def answer(mine: RoundList, *, by: User, decision: str, words: str = "") -> RoundList:
    """Answer as the line manager; the answer can change until results are checked."""
    Round.objects.held_open(mine.round_id)
    fresh: RoundList = RoundList.objects.select_related("round", "person", "manager").locked(
        mine.pk
    )
    if not is_asked_about_list(by, fresh):
        raise StepNotAllowed(f"{by} was not asked about {fresh}")
    if fresh.round.status not in ANSWERABLE:
        text = _("Results are being made, so your answer cannot change any more.")
        raise Conflict(manager_page(fresh), text)
    if fresh.support == decision:
        return fresh
    fresh.support, fresh.support_words = decision, words
    fresh.support_decided_at, fresh.support_decided_by = timezone.now(), by
    fresh.save()
    record("answer_list_support", fresh, by=by, decision=decision)
    emails.support_answered(fresh)
    return fresh


def manager_page(mine: RoundList) -> str:
    """Give the address a line manager goes back to."""
    return f"/manager/rounds/{mine.reference}"
