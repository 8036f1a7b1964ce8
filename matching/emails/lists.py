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


def locks_soon(mine: RoundList, *, days: int) -> None:
    """Remind somebody of the day lists lock, with their list as it is when this is sent."""
    _once("list_locks_soon", mine, f"{mine.round.stage}:{days}")


def list_locked(mine: RoundList) -> None:
    """Tell somebody which list they are matched by."""
    _once("list_locked", mine, f"{mine.round.stage}")


def _once(name: str, mine: RoundList, when: str) -> None:
    queue_email(
        f"matching/emails/{name}",
        to=mine.person,
        dedupe_key=f"{name}:{mine.pk}:{when}",
        list=mine,
        round=mine.round,
    )
