"""Every question about the sign-offs of departments."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Lower

from core.calendar import add_working_days, today
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalStage

if TYPE_CHECKING:
    from people.models import Department, User
    from placements.models import Approval

TO_REVIEW = (S.WITH_DEPARTMENT, S.SECOND_CHECK)
SOON_DAYS = 2
OVERDUE, SOON, REPLIED, SECOND, NEW = range(5)
ORDERS: dict[str, tuple[Any, ...]] = {
    "due": ("application__due_on", "pk"),
    "person": (Lower("applicant__name"), "pk"),
    "start": ("application__starts_on", "pk"),
    "cost": ("-application__opportunity__cost_to_department", "pk"),
}


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Sign-offs of departments."""

    def visible_to(self, user: User) -> ApprovalQuerySet:
        """Keep those of departments this person administers, never about themselves."""
        return self.filter(application__department__in=user.administered_department_ids).exclude(
            applicant=user
        )

    def waiting(self) -> ApprovalQuerySet:
        """Keep those without a decision."""
        return self.filter(decided_at__isnull=True)

    def decided(self) -> ApprovalQuerySet:
        """Keep those with a decision, newest first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at")

    def made_by(self, user: User) -> ApprovalQuerySet:
        """Keep those one person decided."""
        return self.filter(decided_by=user)

    def of_department(self, department: Department, user: User) -> ApprovalQuerySet:
        """Keep one department's, never about the user."""
        return (
            self.visible_to(user)
            .filter(application__department=department)
            .select_related(
                "applicant",
                "assigned_to",
                "decided_by",
                "application__department",
                "application__opportunity__organisation",
            )
        )

    def to_review(self) -> ApprovalQuerySet:
        """Keep those somebody of the department can decide now."""
        return self.waiting().filter(application__status__in=TO_REVIEW)

    def department_ids(self) -> models.QuerySet[Any, int]:
        """Give the keys of the departments they are asked of."""
        return self.values_list("application__department", flat=True)

    def waiting_for_others(self) -> ApprovalQuerySet:
        """Keep those where the applicant has to answer or to accept conditions."""
        superseded = Q(
            stage=ApprovalStage.DEPARTMENT,
            application__approvals__stage=ApprovalStage.SECOND_CHECK,
        )
        return self.filter(application__status__in=[S.DEPT_INFO, S.APPROVED_CONDITIONS]).exclude(
            superseded
        )

    def overdue(self) -> ApprovalQuerySet:
        """Keep those that should have been decided."""
        return self.filter(application__due_on__lt=today())

    def with_application(self) -> ApprovalQuerySet:
        """Fetch what letters about them need in the same query."""
        return self.select_related(
            "assigned_to", "application__department", "application__applicant"
        )

    def due_between(self, first: object, last: object) -> ApprovalQuerySet:
        """Keep those to be decided in these days."""
        return self.filter(application__due_on__range=(first, last))

    def grouped(self, order: str) -> ApprovalQuerySet:
        """Order by what needs doing first, then as asked."""
        soon = add_working_days(today(), SOON_DAYS)
        group = Case(
            When(application__due_on__lt=today(), then=Value(OVERDUE)),
            When(application__due_on__lte=soon, then=Value(SOON)),
            When(~Q(application__department_answer=""), then=Value(REPLIED)),
            When(application__status=S.SECOND_CHECK, then=Value(SECOND)),
            default=Value(NEW),
            output_field=IntegerField(),
        )
        return self.annotate(group=group).order_by("group", *ORDERS[order])

    def group_counts(self) -> Counter[int]:
        """Count each group of what was grouped."""
        rows: Any = self.order_by()
        return Counter(rows.values_list("group", flat=True))
