"""A department's own approval ladder: copied from the default, then changed rung by rung."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from people.choices import Role
from people.models import ApprovalRule, Department, User

FIELDS = ("manager", "department_step", "second_check_over")


@transaction.atomic
def set_rung(  # noqa: PLR0913 - a rung is these values
    department: Department,
    *,
    by: User,
    opportunity_type: str,
    min_working_days: int,
    manager: str,
    department_step: str,
    second_check_over: Decimal | None,
) -> ApprovalRule:
    """Add or change one rung; a type's other rungs are copied from the default first.

    Applications already begun keep the rung they were begun under.
    """
    _allow(department, by)
    _own_rungs(department, opportunity_type)
    values = {
        "manager": manager,
        "department_step": department_step,
        "second_check_over": second_check_over,
    }
    rung, created = ApprovalRule.objects.update_or_create(
        department=department,
        opportunity_type=opportunity_type,
        min_working_days=min_working_days,
        defaults=values,
    )
    record(
        "add_rung" if created else "change_rung",
        department,
        by=by,
        type=opportunity_type,
        days=min_working_days,
        fields=list(FIELDS),
    )
    return rung


@transaction.atomic
def remove_rung(
    department: Department, *, by: User, opportunity_type: str, min_working_days: int
) -> None:
    """Take one rung out; the one from 0 days stays, so that every length has an answer."""
    _allow(department, by)
    if min_working_days == 0:
        raise Conflict(department, _("The rung from 0 working days cannot be removed."))
    _own_rungs(department, opportunity_type)
    ApprovalRule.objects.rung(department, opportunity_type, min_working_days).delete()
    record("remove_rung", department, by=by, type=opportunity_type, days=min_working_days)


@transaction.atomic
def use_default(department: Department, *, by: User, opportunity_type: str) -> None:
    """Go back to the default ladder for one type."""
    _allow(department, by)
    ApprovalRule.objects.own(department, opportunity_type).delete()
    record("use_default_ladder", department, by=by, type=opportunity_type)


def _allow(department: Department, by: User) -> None:
    if not by.has_role(Role.DEPARTMENT_ADMIN, department.pk):
        raise StepNotAllowed(f"{by} may not change the ladder of {department}")
    Department.objects.select_for_update(no_key=True).get(pk=department.pk)


def _own_rungs(department: Department, opportunity_type: str) -> None:
    """Make sure that the department has rungs of its own for a type: the default's, copied.

    Where nobody laid a default, the strictest is written down, which held until now.
    """
    if ApprovalRule.objects.own(department, opportunity_type).exists():
        return
    default = list(ApprovalRule.objects.own(None, opportunity_type))
    ApprovalRule.objects.bulk_create(
        ApprovalRule(
            department=department,
            opportunity_type=opportunity_type,
            min_working_days=rung.min_working_days,
            **{name: getattr(rung, name) for name in FIELDS},
        )
        for rung in default or [ApprovalRule.objects.strictest(opportunity_type)]
    )
