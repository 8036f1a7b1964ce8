"""Every email about rights: one function, one pair of templates."""

from notifications.actions import queue_email
from people.models import RoleGrant


def admin_granted(grant: RoleGrant) -> None:
    """Tell somebody that they are an admin of a department now."""
    queue_email("home/emails/admin_granted", to=grant.user, department=grant.department)


def admin_ended(grant: RoleGrant) -> None:
    """Tell somebody that they are no longer an admin of a department."""
    queue_email("home/emails/admin_ended", to=grant.user, department=grant.department)
