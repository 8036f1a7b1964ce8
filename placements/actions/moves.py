"""The one place where an application moves: lock, step, whose turn, audit."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record, record_change
from core.calendar import add_working_days, today
from core.errors import Conflict
from people.models import User
from placements.choices import HOLDS_A_PLACE, WITH_THE_HOST, OpportunityStatus
from placements.lifecycle import APPLICATION, OPPORTUNITY
from placements.models import Application, Opportunity
from placements.wording import APPLICATION_WORDING


def lock(application: Application) -> Application:
    """Lock the opportunity, then the application: always in this order, against deadlocks."""
    opportunity = Opportunity.objects.select_related("organisation").locked(
        application.opportunity_id
    )
    fresh: Application = Application.objects.select_related(
        "applicant", "department", "manager"
    ).locked(application.pk)
    fresh.opportunity = opportunity
    return fresh


def move(application: Application, step: str, *, by: User, **detail: Any) -> None:
    """Take a step with a locked application: state, since, due, places held, audit; saves it.

    Raises StepNotAllowed, StepNotOpen, or Conflict when no place is left.
    """
    change = APPLICATION.advance(application, step, by=by)
    application.status_since = timezone.now()
    application.due_on = due_on(application)
    application.version += 1
    if change.before not in HOLDS_A_PLACE and change.after in HOLDS_A_PLACE:
        hold_place(application, by=by)
    application.save()
    record_change(change, by=by, **detail)
    if change.before in HOLDS_A_PLACE and change.after not in HOLDS_A_PLACE:
        free_place(application, by=by)


def due_on(application: Application) -> Any:
    """Tell until when the next owner should act: the choosing day, else the table's days."""
    if application.status in WITH_THE_HOST:
        return application.opportunity.choosing_on
    days = APPLICATION_WORDING[application.status].days
    if days is None:
        return None
    return add_working_days(today(), days, application.department.nation)


def hold_place(application: Application, *, by: User) -> None:
    """Take one place, or raise Conflict: the update counts, the constraint stands behind it."""
    opportunity = application.opportunity
    won = Opportunity.objects.filter(pk=opportunity.pk, held__lt=F("places")).update(
        held=F("held") + 1
    )
    if not won:
        raise Conflict(application, _("All places are taken. Add a place or free one first."))
    opportunity.refresh_from_db(fields=["held", "places", "status"])
    if opportunity.places_left == 0 and opportunity.status in OPPORTUNITY.steps["fill"].sources:
        _move_opportunity(opportunity, "fill", by=by)


def free_place(application: Application, *, by: User) -> None:
    """Give a place back; a filled opportunity is no longer filled."""
    opportunity = application.opportunity
    Opportunity.objects.filter(pk=opportunity.pk, held__gt=0).update(held=F("held") - 1)
    opportunity.refresh_from_db(fields=["held", "places", "status"])
    if opportunity.status == OpportunityStatus.FILLED:
        _move_opportunity(opportunity, "unfill", by=by)


def _move_opportunity(opportunity: Opportunity, step: str, *, by: User) -> None:
    """Let the service take a step of the opportunity as the consequence of somebody's action."""
    change = OPPORTUNITY.advance(opportunity, step, by=User.objects.system())
    opportunity.save(update_fields=["status"])
    record(step, opportunity, by=by, before=change.before, after=change.after)
