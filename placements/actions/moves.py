"""The one place where an application moves: lock, step, whose turn, audit."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record_change
from core.calendar import add_working_days, today
from core.errors import Conflict
from people.models import User
from placements.choices import HOLDS_A_PLACE, WITH_THE_HOST, OpportunityStatus
from placements.lifecycle import APPLICATION, OPPORTUNITY
from placements.models import Application, Opportunity
from placements.wording import APPLICATION_WORDING


def lock(application: Application) -> Application:
    """Lock the opportunity, then the application: always in this order, against deadlocks."""
    return lock_all(application.opportunity_id, [application.pk])[0]


def lock_all(opportunity_id: int, pks: Iterable[int]) -> list[Application]:
    """Lock an opportunity, then some of its applications in one order."""
    locked = lock_opportunity(opportunity_id)
    rows = Application.objects.select_related("applicant", "department", "manager")
    fresh: list[Application] = [rows.locked(pk) for pk in sorted(pks)]
    for application in fresh:
        application.opportunity = locked
    return fresh


def lock_opportunity(pk: int) -> Opportunity:
    """Lock an opportunity: nobody's place in it changes meanwhile."""
    fresh: Opportunity = Opportunity.objects.select_related("organisation", "contact").locked(pk)
    return fresh


def lock_with_person(application: Application) -> Application:
    """Lock the applicant first: whoever makes them a placement queues here, not in a deadlock."""
    User.objects.locked(application.applicant_id)
    return lock(application)


def move(application: Application, step: str, *, by: User, **detail: Any) -> None:
    """Take a step with a locked application: state, since, due, places held, audit; saves it.

    Raises StepNotAllowed, StepNotOpen, or Conflict when no place is left.
    """
    change = APPLICATION.advance(application, step, by=by)
    application.status_since = timezone.now()
    application.due_on = due_on(application)
    application.version += 1
    if change.before not in HOLDS_A_PLACE and change.after in HOLDS_A_PLACE:
        hold_place(application)
    application.save()
    record_change(change, by=by, **detail)
    if change.before in HOLDS_A_PLACE and change.after not in HOLDS_A_PLACE:
        free_place(application)


def due_on(application: Application) -> Any:
    """Tell until when the next owner should act: the choosing day, else the table's days."""
    if application.status in WITH_THE_HOST:
        return application.opportunity.choosing_on
    days = APPLICATION_WORDING[application.status].days
    if days is None:
        return None
    return add_working_days(today(), days, application.department.nation)


def hold_place(application: Application) -> None:
    """Take one place, or raise Conflict: the update counts, the constraint stands behind it."""
    opportunity = application.opportunity
    won = Opportunity.objects.filter(pk=opportunity.pk, held__lt=F("places")).update(
        held=F("held") + 1
    )
    if not won:
        raise Conflict(application, _("All places are taken. Add a place or free one first."))
    opportunity.refresh_from_db(fields=["held", "places", "status"])
    if opportunity.places_left == 0 and opportunity.status in OPPORTUNITY.steps["fill"].sources:
        move_opportunity(opportunity, "fill", by=User.objects.system())


def free_place(application: Application) -> None:
    """Give a place back; a filled opportunity is no longer filled."""
    opportunity = application.opportunity
    Opportunity.objects.filter(pk=opportunity.pk, held__gt=0).update(held=F("held") - 1)
    opportunity.refresh_from_db(fields=["held", "places", "status"])
    if opportunity.status == OpportunityStatus.FILLED:
        move_opportunity(opportunity, "unfill", by=User.objects.system())


def move_opportunity(opportunity: Opportunity, step: str, *, by: User) -> None:
    """Take a step with a locked opportunity; saves and records it."""
    change = OPPORTUNITY.advance(opportunity, step, by=by)
    opportunity.version += 1
    opportunity.save(update_fields=["status", "version"])
    record_change(change, by=by)
