"""Who may do what with placements: every rule of the app, and nothing else."""

from experts.permissions import is_member
from people.choices import Role
from people.models import User
from placements.models import Application, Opportunity


def is_applicant(user: User, application: Application) -> bool:
    """The person who applies."""
    return application.applicant_id == user.pk


def is_asked_manager(user: User, application: Application) -> bool:
    """The line manager the applicant named, who is never the applicant."""
    return application.manager_id == user.pk and not is_applicant(user, application)


def is_host(user: User, application: Application) -> bool:
    """A member of the organisation that offers it, except about their own application."""
    return is_member(user, application.opportunity.organisation_id) and not is_applicant(
        user, application
    )


def is_department_admin(user: User, application: Application) -> bool:
    """An admin of the applicant's department, except about their own application."""
    return user.has_role(Role.DEPARTMENT_ADMIN, application.department_id) and not is_applicant(
        user, application
    )


def is_department_approver(user: User, application: Application) -> bool:
    """An admin of the applicant's department who is not the applicant's line manager."""
    return is_department_admin(user, application) and application.manager_id != user.pk


def is_second_checker(user: User, application: Application) -> bool:
    """An approver who did not make the first decision."""
    return (
        is_department_approver(user, application)
        and not application.approvals.filter(decided_by=user).exists()
    )


def is_applicant_or_department_admin(user: User, application: Application) -> bool:
    """The applicant, or an admin of their department who steps in."""
    return is_applicant(user, application) or is_department_admin(user, application)


def is_system(user: User, application: object) -> bool:
    """The service itself, at a set time or as the consequence of a decision."""
    return user.is_system


def can_edit_opportunity(user: User, opportunity: Opportunity) -> bool:
    """A member of the organisation that offers it."""
    return is_member(user, opportunity.organisation_id)
