"""Questions that cut across apps: how many are where, since when, and what things are called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Min, Q

from core.calendar import today
from notifications.models import Message
from placements.choices import OVER
from placements.models import Application, Opportunity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from audit.models import Event

# What names a thing without naming a person.
NAMED_BY = {
    "experts.organisation": "name",
    "people.department": "name",
    "people.skill": "name",
    "placements.application": "reference",
    "placements.opportunity": "reference",
    "placements.placement": "reference",
}


@dataclass(frozen=True)
class StateCount:
    """How many things are in a state, and since when the oldest of them is."""

    state: str
    count: int
    since: dt.datetime
    overdue: int = 0
    oldest_due: dt.date | None = None


def opportunities_by_state() -> list[StateCount]:
    """Count opportunities; the oldest by when it was made."""
    rows = Opportunity.objects.order_by("status").values("status")
    return [
        StateCount(row["status"], row["count"], row["since"])
        for row in rows.annotate(count=Count("pk"), since=Min("created_at"))
    ]


def applications_by_state() -> list[StateCount]:
    """Count applications that are not over; the oldest by how long it is in its state."""
    late = Q(due_on__lt=today())
    rows = Application.objects.exclude(status__in=OVER).order_by("status").values("status")
    return [
        StateCount(row["status"], row["count"], row["since"], row["overdue"], row["oldest_due"])
        for row in rows.annotate(
            count=Count("pk"),
            since=Min("status_since"),
            overdue=Count("pk", filter=late),
            oldest_due=Min("due_on", filter=late),
        )
    ]


def messages_by_state() -> list[StateCount]:
    """Count what is in the outbox and not sent."""
    rows = Message.objects.unsent().order_by("state").values("state")
    return [
        StateCount(row["state"], row["count"], row["since"])
        for row in rows.annotate(count=Count("pk"), since=Min("created_at"))
    ]


def names_of(events: Iterable[Event]) -> dict[tuple[str, str], str]:
    """Name the things that events are about, one query a kind; people are never named here."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        if event.subject_type in NAMED_BY:
            wanted.setdefault(event.subject_type, set()).add(event.subject_id)
    names: dict[tuple[str, str], str] = {}
    for kind, keys in wanted.items():
        model: Any = apps.get_model(kind)
        rows = model.objects.filter(pk__in=keys).values_list("pk", NAMED_BY[kind])
        names |= {(kind, str(pk)): name for pk, name in rows}
    return names


def overdue_by_turn(rows: Iterable[StateCount], turns: dict[str, str]) -> Counter[str]:
    """Add up what is overdue by whose turn it is."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[turns[row.state]] += row.overdue
    return counts
