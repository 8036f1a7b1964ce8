"""Letters about a list: a line manager is asked, answers, or is not needed any more."""

from matching.models import RoundList
from notifications.actions import queue_email


def support_asked(mine: RoundList) -> None:
    """Ask the line manager, with a link that opens after signing in by code."""
    _letter("list_support_asked", mine, to="manager")


def support_not_needed(mine: RoundList) -> None:
    """Tell who was asked before that somebody else is asked now."""
    _letter("list_support_not_needed", mine, to="manager")


def support_answered(mine: RoundList) -> None:
    """Tell the person what their line manager answered, and the manager what they said."""
    _letter("list_support_answered", mine, to="person")
    _letter("list_support_receipt", mine, to="manager")


def _letter(name: str, mine: RoundList, *, to: str) -> None:
    person = mine.person if to == "person" else mine.manager
    if person is not None:
        queue_email(f"matching/emails/{name}", to=person, list=mine, round=mine.round)
