"""What an applicant does after the application is sent."""

from collections.abc import Sequence

from django.db import transaction

from audit.actions import record_change
from people.models import User
from placements.actions.managers import close_requests
from placements.actions.moves import lock, move
from placements.actions.offers import pass_place_on
from placements.choices import AGREED, HOLDS_A_PLACE
from placements.emails import applications as letters
from placements.emails.departments import approvers_of
from placements.lifecycle import PLACEMENT
from placements.models import Application, Placement


@transaction.atomic
def withdraw(application: Application, *, by: User, reasons: Sequence[str]) -> Application:
    """Step back at any time: everybody who was asked something hears of it."""
    application = lock(application)
    before = application.status
    application.withdraw_reasons = list(reasons)
    move(application, "withdraw", by=by, reasons=list(reasons))
    _cancel_placement(application)
    asked = close_requests(application)
    letters.withdrawn(application)
    if asked or application.sent_at is not None:
        letters.withdrawn_to_manager(application)
    if application.sent_at is not None:
        letters.withdrawn_to_host(application)
    if before in AGREED:
        for admin in approvers_of(application):
            letters.withdrawn_to_department(application, admin)
    if before in HOLDS_A_PLACE:
        pass_place_on(application)
    return application


def _cancel_placement(application: Application) -> None:
    placement = Placement.objects.of_application(application).live().first()
    if placement is not None:
        system = User.objects.system()
        change = PLACEMENT.advance(placement, "cancel", by=system)
        placement.save(update_fields=["status"])
        record_change(change, by=system)


@transaction.atomic
def answer_department(application: Application, *, by: User, answer: str) -> Application:
    """Answer what the department asked; it is their turn again."""
    application = lock(application)
    application.department_answer = answer
    move(application, "answer_department", by=by)
    for admin in approvers_of(application):
        letters.department_answered(application, admin)
    return application
