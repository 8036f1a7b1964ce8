"""What a matching round does with applications: made where a match stands, moved, let lapse."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from people.choices import DepartmentStep, ManagerStep
from people.models import User
from placements.actions.drafts import rung_for
from placements.actions.moves import lock, move
from placements.models import Application, Offer, Opportunity


@transaction.atomic
def offer_match(  # noqa: PLR0913 - what a match is made of
    opportunity: Opportunity,
    person: User,
    *,
    manager: User | None,
    matched_in: str,
    reply_by: dt.date,
    by: User,
) -> Application:
    """Make the application of a match: supported with the whole list, sent, and offered."""
    rung = rung_for(opportunity, person)
    profile = person.profile
    application: Application = Application.objects.create(
        opportunity=opportunity,
        applicant=person,
        department=person.department,
        manager=manager or profile.line_manager,
        manager_decides=rung.manager == ManagerStep.SUPPORTS,
        department_decides=rung.department_step == DepartmentStep.APPROVES,
        second_check_over=rung.second_check_over,
        business_case=profile.development_plan,
        starts_on=opportunity.starts_on,
        ends_on=opportunity.ends_on,
        matched_in=matched_in,
    )
    record("start", application, by=by, opportunity=opportunity.reference, round=matched_in)
    application = lock(application)
    application.sent_at = timezone.now()
    if application.manager_decides:
        move(application, "ask_manager", by=person, round=matched_in)
        move(application, "support", by=manager or person, round=matched_in)
    else:
        move(application, "send", by=person, round=matched_in)
    move(application, "match", by=by, round=matched_in)
    application.due_on = reply_by
    application.save(update_fields=["due_on"])
    Offer.objects.create(
        application=application,
        starts_on=opportunity.starts_on,
        ends_on=opportunity.ends_on,
        hours_a_week=opportunity.hours_a_week,
        made_by=by,
        reply_by=reply_by,
    )
    return application


@transaction.atomic
def let_lapse(application: Application, *, by: User) -> Application:
    """Close a match that nobody answered in time; its round passes the place on."""
    application = lock(application)
    move(application, "expire", by=by)
    return application


@transaction.atomic
def move_up(application: Application, *, by: User) -> Application:
    """Give a match back for a better one, as the person asked for when they accepted."""
    application = lock(application)
    move(application, "move_up", by=by)
    return application
