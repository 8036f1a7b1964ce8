"""Gives and ends the right to act for a department."""

from django.db import transaction
from django.utils import timezone

from people import signals
from people.actions.accounts import name_person
from people.choices import Role
from people.models import Department, RoleGrant, User


@transaction.atomic
def grant_department_admin(department: Department, *, email: str, by: User) -> RoleGrant:
    """Make somebody an admin of a department; twice is the same as once."""
    department = Department.objects.locked(department.pk)
    person = name_person(email, by=by)
    grant, created = RoleGrant.objects.live().get_or_create(
        user=person,
        role=Role.DEPARTMENT_ADMIN,
        department=department,
        defaults={"granted_by": by},
    )
    if created:
        _announce("grant_department_admin", grant, by=by)
    return grant


@transaction.atomic
def end_department_admin(grant: RoleGrant, *, by: User) -> bool:
    """End an admin's right; False when somebody else ended it first."""
    Department.objects.locked(grant.department_id or 0)
    ended = (
        RoleGrant.objects.live().filter(pk=grant.pk).update(ended_by=by, ended_at=timezone.now())
    )
    if ended:
        _announce("end_department_admin", grant, by=by)
    return bool(ended)


def _announce(action: str, grant: RoleGrant, *, by: User) -> None:
    signals.recorded.send(
        RoleGrant, action=action, subject=grant.department, by=by, detail={"person": grant.user_id}
    )
    signals.role_changed.send(RoleGrant, grant=grant, action=action)
