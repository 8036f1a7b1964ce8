"""What must always hold: one query each for what should be impossible."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from core.calendar import today
from notifications.choices import MessageState
from notifications.models import Message
from people.models import ApprovalRule
from placements.choices import (
    HOLDS_A_PLACE,
    LIVE_PLACEMENT,
    WITH_THE_HOST,
    WITH_THE_MANAGER,
    ApplicationStatus,
    OpportunityStatus,
)
from placements.models import Application, ManagerRequest, Opportunity, Placement

CLAIMED_TOO_LONG = dt.timedelta(hours=1)
EXAMPLES = 5
S = ApplicationStatus


@dataclass(frozen=True)
class Invariant:
    """A rule and the rows that break it, which should be none."""

    name: str
    sentence: str
    broken: Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Breach:
    """A rule that does not hold: how many rows break it, and some of them."""

    invariant: Invariant
    count: int
    examples: list[str]


def breaches() -> list[Breach]:
    """Ask every question; an empty answer is a healthy service."""
    found = []
    for invariant in INVARIANTS:
        rows = invariant.broken()
        count = rows.count()
        if count:
            found.append(Breach(invariant, count, [_name(row) for row in rows[:EXAMPLES]]))
    return found


def _name(row: Any) -> str:
    """Name a row without anything personal: its reference, or its key."""
    return str(getattr(row, "reference", "") or f"{type(row).__name__} {row.pk}")


def held_is_not_the_count() -> QuerySet[Opportunity]:
    """Find opportunities whose count of held places is not what applications hold."""
    holding = Count("applications", filter=Q(applications__status__in=HOLDS_A_PLACE))
    return Opportunity.objects.annotate(holding=holding).exclude(held=F("holding"))


def filled_with_places_left() -> QuerySet[Opportunity]:
    """Find opportunities that are filled and have a place nobody holds."""
    return Opportunity.objects.filter(status=OpportunityStatus.FILLED, held__lt=F("places"))


def confirmed_without_placement() -> QuerySet[Application]:
    """Find confirmed applications without a placement."""
    return Application.objects.filter(status=S.CONFIRMED, placement__isnull=True)


def live_placement_without_confirmation() -> QuerySet[Placement]:
    """Find placements that go on although their application is not confirmed."""
    return Placement.objects.filter(status__in=LIVE_PLACEMENT).exclude(
        application__status=S.CONFIRMED
    )


def offered_without_offer() -> QuerySet[Application]:
    """Find applications with an offer made and no offer to reply to."""
    return Application.objects.filter(status=S.OFFERED, offer__isnull=True)


def with_manager_without_request() -> QuerySet[Application]:
    """Find applications that wait for a manager nobody asked."""
    asked = ManagerRequest.objects.open().values("application")
    return Application.objects.filter(status__in=WITH_THE_MANAGER).exclude(pk__in=asked)


def with_department_without_approval() -> QuerySet[Application]:
    """Find applications that wait for a department and have no sign-off to give."""
    return (
        Application.objects.filter(
            status__in=[S.WITH_DEPARTMENT, S.SECOND_CHECK], department_decides=True
        )
        .annotate(waiting=Count("approvals", filter=Q(approvals__decided_at__isnull=True)))
        .filter(waiting=0)
    )


def waiting_for_what_is_over() -> QuerySet[Application]:
    """Find applications that wait for a decision on what has ended or was cancelled."""
    over = Q(opportunity__ends_on__lt=today()) | Q(
        opportunity__status__in=[OpportunityStatus.CANCELLED, OpportunityStatus.NOT_ACCEPTED]
    )
    return Application.objects.filter(
        over, status__in=WITH_THE_HOST | HOLDS_A_PLACE - {S.CONFIRMED}
    )


def claimed_and_not_sent() -> QuerySet[Message]:
    """Find messages that a worker took long ago and that nobody took up again."""
    return Message.objects.filter(
        state=MessageState.SENDING, lease_until__lt=timezone.now() - CLAIMED_TOO_LONG
    )


def open_without_default_ladder() -> QuerySet[Any]:
    """Find open opportunities of a type for which no default says who decides."""
    laid = ApprovalRule.objects.types_with_default()
    return Opportunity.objects.filter(status=OpportunityStatus.OPEN).exclude(type__in=laid)


INVARIANTS = (
    Invariant(
        "held",
        "The places held of an opportunity are the applications that hold one.",
        held_is_not_the_count,
    ),
    Invariant("filled", "A filled opportunity has no place left.", filled_with_places_left),
    Invariant(
        "confirmed", "A confirmed application has a placement.", confirmed_without_placement
    ),
    Invariant(
        "placement",
        "A placement that goes on belongs to a confirmed application.",
        live_placement_without_confirmation,
    ),
    Invariant("offer", "An offer made is there to reply to.", offered_without_offer),
    Invariant(
        "manager",
        "An application with a line manager has an open question to them.",
        with_manager_without_request,
    ),
    Invariant(
        "approval",
        "An application with a department has a sign-off that waits.",
        with_department_without_approval,
    ),
    Invariant(
        "ladder",
        "The default ladder says who decides on every open opportunity.",
        open_without_default_ladder,
    ),
    Invariant("over", "Nobody waits for what is over.", waiting_for_what_is_over),
    Invariant(
        "claimed", "A message that was claimed is sent or taken up again.", claimed_and_not_sent
    ),
)
