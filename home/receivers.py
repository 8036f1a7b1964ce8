"""What happens up here when something was done below."""

from typing import Any

from django.dispatch import receiver

from home import emails
from people.models import RoleGrant
from people.signals import role_changed


@receiver(role_changed)
def tell_admin(*, grant: RoleGrant, action: str, **_sent: Any) -> None:
    """Tell somebody that they may act for a department, or no longer."""
    if action == "grant_department_admin":
        emails.admin_granted(grant)
    else:
        emails.admin_ended(grant)
