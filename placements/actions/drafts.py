"""An application before anybody else sees it: start, fill in, send."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.calendar import today
from core.errors import Conflict, StepNotAllowed, StepNotOpen, constraint_of
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule, Profile, User
from placements.actions.managers import ask, person_named
from placements.actions.moves import lock, move
from placements.choices import EDITABLE, ApplicationStatus, OpportunityStatus
from placements.eligibility import Facts, Obstacle, obstacles
from placements.emails import applications as letters
from placements.models import Application, Opportunity, Placement
from placements.permissions import can_edit_opportunity, is_applicant
from placements.sections import unfinished

STILL_CHOOSING = {OpportunityStatus.OPEN, OpportunityStatus.PAUSED, OpportunityStatus.CLOSED}
ONE_LIVE = "placements_one_live_application"


def check(opportunity: Opportunity, user: User) -> list[Obstacle]:
    """List why this person cannot apply for this opportunity now; a question, no write."""
    clash = None
    if opportunity.is_exclusive:
        span = (opportunity.starts_on, opportunity.ends_on)
        found = Placement.objects.clashing(user, *span).first()
        clash = found and (found.starts_on, found.ends_on)
    facts = Facts(
        user=user,
        department=user.department,
        profile=Profile.objects.visible_to(user).with_answers().first(),
        acts_for_the_host=can_edit_opportunity(user, opportunity),
        clash=clash,
        has_agreed_exchange=Application.objects.agreed_exchanges(user).exists(),
    )
    return obstacles(opportunity, facts)


def rung_for(opportunity: Opportunity, user: User) -> ApprovalRule:
    """Find who decides on this opportunity in this person's department."""
    return ApprovalRule.objects.for_case(
        user.department_id, opportunity.type, opportunity.working_days
    )


@transaction.atomic
def start(opportunity: Opportunity, *, by: User) -> Application:
    """Open a draft with the rung of the ladder fixed; the live application when there is one."""
    live = Application.objects.of_applicant(by).live()
    found: Application | None = live.filter(opportunity_id=opportunity.pk).first()
    if found is not None:
        return found
    reasons = check(opportunity, by)
    if by.department_id is None or reasons:
        raise Conflict(opportunity, reasons[0].reason)
    rung = rung_for(opportunity, by)
    profile = Profile.objects.get(user=by)
    try:
        with transaction.atomic():
            application: Application = Application.objects.create(
                opportunity=opportunity,
                applicant=by,
                department_id=by.department_id,
                manager_id=profile.line_manager_id,
                manager_decides=rung.manager == ManagerStep.SUPPORTS,
                department_decides=rung.department_step == DepartmentStep.APPROVES,
                second_check_over=rung.second_check_over,
            )
    except IntegrityError as error:
        if constraint_of(error) != ONE_LIVE:
            raise
        # who pressed twice at once gets what the first press made
        winner: Application = live.get(opportunity_id=opportunity.pk)
        return winner
    record("start", application, by=by, opportunity=opportunity.reference)
    return application


@transaction.atomic
def save_section(  # noqa: PLR0913 - what a form of a section holds
    application: Application,
    *,
    by: User,
    section: str,
    version: int,
    values: Mapping[str, Any],
    is_completed: bool,
) -> Application:
    """Save one part, unless it changed since the page was opened: then Conflict."""
    application = lock(application)
    _require_editable(application, by=by)
    if application.version != version:
        message = _("You changed this application in another window. Check what is saved now.")
        raise Conflict(application, message)
    changed = _answers(application, section, values)
    for field, value in changed.items():
        setattr(application, field, value)
    finished = [name for name in application.finished_sections if name != section]
    application.finished_sections = [*finished, section] if is_completed else finished
    application.version += 1
    application.save()
    record("save_section", application, by=by, section=section)
    return application


def _answers(application: Application, section: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what a section's form says into the columns it changes."""
    if section != "manager":
        return dict(values)
    if not values.get("email"):
        return {"manager": None}
    return {"manager": person_named(values["name"], values["email"])}


def _require_editable(application: Application, *, by: User) -> None:
    if not is_applicant(by, application):
        raise StepNotAllowed(f"{by} may not edit {application}")
    if application.status not in EDITABLE:
        raise StepNotOpen(application, "edit")


@transaction.atomic
def send(application: Application, *, by: User, note: str = "") -> Application:
    """Send it to the line manager, or to the host where the manager is only told.

    A second press of the button changes nothing.
    """
    application = lock(application)
    if is_applicant(by, application) and application.status in SENT_ALREADY:
        return application
    _require_editable(application, by=by)
    _require_sendable(application)
    if application.manager_decides:
        move(application, "ask_manager", by=by)
        ask(application, note=note)
        letters.sent_to_manager(application)
    else:
        application.sent_at = timezone.now()
        move(application, "send", by=by)
        letters.sent_to_host(application)
        letters.new_for_host(application)
        letters.manager_told(application)
    return application


SENT_ALREADY = {
    ApplicationStatus.WITH_MANAGER,
    ApplicationStatus.MANAGER_SILENT,
    ApplicationStatus.SENT,
}


def _require_sendable(application: Application) -> None:
    """Raise Conflict while something is missing or the opportunity takes no more."""
    opportunity = application.opportunity
    missing = unfinished(application)
    if missing:
        raise Conflict(application, _("Complete “%(title)s”") % {"title": missing[0].title})
    asked_before = application.status != ApplicationStatus.DRAFT
    still_choosing = opportunity.status in STILL_CHOOSING and opportunity.choosing_on >= today()
    if not (opportunity.is_taking_applications or (asked_before and still_choosing)):
        raise Conflict(application, closed_sentence(opportunity.closing_on))


def closed_sentence(closing_on: dt.date) -> str:
    """Say that the opportunity takes no more applications."""
    if closing_on < today():
        return _("This opportunity has closed. Your answers are kept: you can use them again.")
    return _("This opportunity is not taking applications now. Your answers are kept.")
