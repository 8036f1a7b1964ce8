"""From approved to a placement, through it day by day, and the place a host has to cancel."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.actions import record_change
from core.errors import Conflict, constraint_of
from core.filters import date_short
from people.models import User
from placements.actions.moves import lock, lock_with_person, move
from placements.emails import departments as emails
from placements.lifecycle import PLACEMENT
from placements.models import Application, Placement

NO_OVERLAP = "placements_no_overlap"


def confirm(application: Application) -> Placement:
    """Make the placement of a locked, approved application.

    Raises Conflict when the person is elsewhere then; the caller's transaction saves nothing.
    """
    User.objects.locked(application.applicant_id)
    placement = _new_placement(application)
    move(application, "confirm", by=User.objects.system())
    emails.placement_confirmed(application)
    return placement


def _new_placement(application: Application) -> Placement:
    first, last = application.days
    try:
        with transaction.atomic():
            placement: Placement = Placement.objects.create(
                application=application,
                person=application.applicant,
                starts_on=first,
                ends_on=last,
                is_exclusive=application.opportunity.is_exclusive,
            )
    except IntegrityError as error:
        if constraint_of(error) != NO_OVERLAP:
            raise
        raise Conflict(application, _overlap_text(application)) from error
    return placement


def _overlap_text(application: Application) -> str:
    other = Placement.objects.overlapping(application).first()
    facts = {
        "name": application.applicant.display_name,
        "reference": other.reference if other else "",
        "first": date_short(other.starts_on) if other else "",
        "last": date_short(other.ends_on) if other else "",
    }
    return (
        _(
            "%(name)s already has placement %(reference)s from %(first)s to %(last)s, "
            "and these dates overlap it. Nothing was saved."
        )
        % facts
    )


@transaction.atomic
def accept_conditions(application: Application, *, by: User) -> Application:
    """Take the department's conditions as the applicant; the placement is confirmed."""
    application = lock_with_person(application)
    move(application, "accept_conditions", by=by)
    confirm(application)
    return application


@transaction.atomic
def cancel_place(application: Application, *, by: User, reason: str) -> Application:
    """Take a place away as its host, saying why; a placement made of it is cancelled too."""
    application = lock(application)
    application.cancel_note = reason
    move(application, "cancel_place", by=by)
    placement = Placement.objects.of_application(application).live().first()
    if placement is not None:
        _step(placement, "cancel", by=User.objects.system())
    emails.place_cancelled(application)
    return application


@transaction.atomic
def start(placement: Placement, *, by: User) -> Placement:
    """Note that the first day has come."""
    placement = Placement.objects.locked(placement.pk)
    _step(placement, "start", by=by)
    emails.placement_started(placement)
    return placement


@transaction.atomic
def complete(placement: Placement, *, by: User) -> Placement:
    """Note that the last day is over."""
    placement = Placement.objects.locked(placement.pk)
    _step(placement, "complete", by=by)
    emails.placement_completed(placement)
    return placement


def _step(placement: Placement, step: str, *, by: User) -> None:
    change = PLACEMENT.advance(placement, step, by=by)
    placement.save(update_fields=["status"])
    record_change(change, by=by)
