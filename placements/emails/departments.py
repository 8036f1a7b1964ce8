"""Mails about the department's decision and the placement that comes of it."""

from notifications.actions import queue_email
from people.models import Department, User
from placements.emails.hosts import alternatives_for
from placements.emails.letters import FOLDER, letter
from placements.models import Application, Approval, Placement


def approvers_of(application: Application) -> list[User]:
    """List the department's admins who may decide: not the applicant, not their manager."""
    barred = {application.applicant_id, application.manager_id}
    return [
        admin
        for admin in User.objects.admins_of(application.department_id)
        if admin.pk not in barred
    ]


def second_check_wanted(application: Application, first: Approval) -> None:
    """Ask the other approvers for the second check."""
    for admin in approvers_of(application):
        if admin.pk != first.decided_by_id:
            letter("second_check_wanted", application, admin)


def assigned(approval: Approval, *, by: User) -> None:
    """Tell an approver that a request was given to them."""
    if approval.assigned_to and approval.assigned_to != by:
        letter("approval_assigned", approval.application, approval.assigned_to)


def overdue(approval: Approval) -> None:
    """Tell who decides that the day has gone by: the one it was given to, else every approver."""
    for admin in _deciders(approval):
        if approval.assigned_to_id in {None, admin.pk}:
            letter("approval_overdue", approval.application, admin)


def step_in(approval: Approval) -> None:
    """Ask the others to decide in place of the one it was given to."""
    for admin in _deciders(approval):
        if approval.assigned_to_id not in {None, admin.pk}:
            letter("approval_step_in", approval.application, admin, approval=approval)


def _deciders(approval: Approval) -> list[User]:
    decided = approval.application.approvals.decided().values_list("decided_by", flat=True)
    return [admin for admin in approvers_of(approval.application) if admin.pk not in decided]


def information_wanted(application: Application) -> None:
    """Ask the applicant what the department needs to know."""
    letter("information_wanted", application, application.applicant)


def approved_with_conditions(application: Application, approval: Approval) -> None:
    """Tell the applicant the conditions to accept."""
    letter("approved_with_conditions", application, application.applicant, approval=approval)


def not_approved(application: Application, approval: Approval) -> None:
    """Tell the applicant why, and the host that the place is free."""
    letter(
        "not_approved",
        application,
        application.applicant,
        approval=approval,
        alternatives=alternatives_for(application),
    )
    letter("not_approved_host", application, application.opportunity.contact)


def placement_confirmed(application: Application) -> None:
    """Tell everybody the dates and, from now on, each other's addresses."""
    placement = application.placement
    letter(
        "confirmed",
        application,
        application.applicant,
        placement=placement,
        dates_of=placement,
    )
    letter("confirmed_manager", application, application.manager, placement=placement)
    letter("confirmed_host", application, application.opportunity.contact, placement=placement)
    for admin in approvers_of(application):
        letter("confirmed_department", application, admin, placement=placement)


def place_cancelled(application: Application) -> None:
    """Tell the applicant why the host cancelled, and those who planned with the place."""
    letter(
        "place_cancelled",
        application,
        application.applicant,
        alternatives=alternatives_for(application),
    )
    letter("place_cancelled_others", application, application.manager)
    for admin in approvers_of(application):
        letter("place_cancelled_others", application, admin)


def placement_started(placement: Placement) -> None:
    """Wish the person a good first day; the manager knows who is away."""
    letter("placement_started", placement.application, placement.person, placement=placement)


def placement_completed(placement: Placement) -> None:
    """Tell the person and the manager that the placement is over."""
    application = placement.application
    letter("placement_completed", application, placement.person, placement=placement)
    letter("placement_completed_manager", application, application.manager, placement=placement)


def digest(department: Department, admin: User, *, day: str, waiting: int, overdue: int) -> None:
    """Tell an admin at 8am what waits; nothing waiting is no mail."""
    queue_email(
        f"{FOLDER}/department_digest",
        to=admin,
        dedupe_key=f"department_digest:{department.pk}:{admin.pk}:{day}",
        department=department,
        waiting=waiting,
        overdue=overdue,
    )
