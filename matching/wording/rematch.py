"""The match of everybody in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.choices import RematchState
from matching.models import Rematch

COLOURS = {
    RematchState.WAITING: "grey",
    RematchState.UNDER_WAY: "blue",
    RematchState.DONE: "green",
    RematchState.FAILED: "red",
}
MINUTE = 60


@dataclass(frozen=True)
class Told:
    """One match of everybody, told."""

    state: str
    colour: str
    progress: str
    asked_by: str
    queued_at: dt.datetime
    again: str
    is_live: bool


def rematch_told(each: Rematch, matched: int, again: int) -> Told:
    """Tell how far one match has come: people done, and parts that were tried again."""
    state = RematchState(each.state)
    return Told(
        state=str(state.label),
        colour=COLOURS[state],
        progress=_progress(each, state, matched),
        asked_by=_("The service, at night")
        if each.asked_by.is_system
        else each.asked_by.name or _("Somebody without a name yet"),
        queued_at=each.queued_at,
        again=_again(again),
        is_live=state in {RematchState.WAITING, RematchState.UNDER_WAY},
    )


def _progress(each: Rematch, state: RematchState, matched: int) -> str:
    if state == RematchState.WAITING:
        return _("A worker will begin within a minute")
    people = ngettext("%(n)s person", "%(n)s people", each.people) % {"n": f"{each.people:,}"}
    if state == RematchState.UNDER_WAY:
        return _("%(matched)s of %(people)s matched") % {
            "matched": f"{matched:,}",
            "people": people,
        }
    if state == RematchState.FAILED:
        return _("A part stopped each time it was tried. The lists from before still count.")
    offers = ngettext("%(n)s opportunity", "%(n)s opportunities", each.opportunities) % {
        "n": f"{each.opportunities:,}"
    }
    return _("%(people)s matched with %(offers)s in %(time)s") % {
        "people": people,
        "offers": offers,
        "time": _duration(
            (each.finished_at or timezone.now()) - (each.started_at or each.queued_at)
        ),
    }


def _duration(time: dt.timedelta) -> str:
    seconds = round(time.total_seconds())
    if seconds < MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = round(seconds / MINUTE)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _again(parts: int) -> str:
    if not parts:
        return ""
    return ngettext(
        "%(n)s part was started again because a worker stopped",
        "%(n)s parts were started again because a worker stopped",
        parts,
    ) % {"n": parts}
