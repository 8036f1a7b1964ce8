"""Departments, the e-mail domains that prove where somebody works, and the approval ladder."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from people import querysets
from people.choices import DepartmentStep, ManagerStep, Nation, OpportunityType


class Department(models.Model):
    """A department, agency or other public body whose people take part."""

    slug = models.SlugField(max_length=160, unique=True)
    name = models.CharField(max_length=250, unique=True)
    abbreviation = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="agencies", null=True, blank=True
    )
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND)
    is_active = models.BooleanField(default=True)
    govuk_slug = models.SlugField(max_length=160, null=True, blank=True, unique=True)

    objects = querysets.DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="people_department_nation", condition=Q(nation__in=Nation.values)
            ),
            models.CheckConstraint(
                name="people_department_own_parent", condition=~Q(parent=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the department's overview."""
        return reverse("department-overview", args=[self.slug])

    def slugs_above(self) -> set[str]:
        """Give the slugs of this department and of the one it belongs to."""
        return {self.slug} | ({self.parent.slug} if self.parent else set())

    @property
    def short_name(self) -> str:
        """Give the abbreviation people say, or the name."""
        return self.abbreviation or self.name


class EmailDomain(models.Model):
    """A domain whose addresses may sign in; without a department it is a partner's."""

    domain = models.CharField(max_length=250, unique=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="domains", null=True, blank=True
    )

    objects = querysets.EmailDomainQuerySet.as_manager()

    class Meta:
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                name="people_domain_lower", condition=Q(domain=models.functions.Lower("domain"))
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class ApprovalRule(models.Model):
    """One rung of the ladder: who decides on a type and length; no department: the default."""

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="ladder", null=True, blank=True
    )
    opportunity_type = models.CharField(max_length=20, choices=OpportunityType)
    min_working_days = models.PositiveSmallIntegerField(default=0)
    manager = models.CharField(max_length=20, choices=ManagerStep)
    department_step = models.CharField(max_length=20, choices=DepartmentStep)
    second_check_over = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="pounds"
    )

    objects = querysets.ApprovalRuleQuerySet.as_manager()

    class Meta:
        ordering = ["opportunity_type", "min_working_days"]
        constraints = [
            models.UniqueConstraint(
                name="people_ladder_rung_once",
                fields=["department", "opportunity_type", "min_working_days"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="people_ladder_type", condition=Q(opportunity_type__in=OpportunityType.values)
            ),
            models.CheckConstraint(
                name="people_ladder_manager", condition=Q(manager__in=ManagerStep.values)
            ),
            models.CheckConstraint(
                name="people_ladder_department",
                condition=Q(department_step__in=DepartmentStep.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_opportunity_type_display()} from {self.min_working_days} working days"
