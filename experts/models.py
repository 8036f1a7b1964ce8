"""Partner organisations and who works in them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Grant, both_or_neither
from experts import querysets
from experts.choices import MemberRole, OrganisationKind, OrganisationStatus
from people.models import Department, EmailDomain, Town, User


class Organisation(models.Model):
    """A host: a university, institute, company, charity or public body, perhaps a department."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    status = models.CharField(
        max_length=20, choices=OrganisationStatus, default=OrganisationStatus.APPLIED
    )
    department = models.OneToOneField(
        Department, on_delete=models.PROTECT, related_name="organisation", null=True, blank=True
    )
    summary = models.TextField(max_length=1000, blank=True)
    website = models.URLField(max_length=300, blank=True)
    size = models.CharField(max_length=20, blank=True)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="organisations")
    domains = models.ManyToManyField(EmailDomain, related_name="organisations", blank=True)

    objects = querysets.OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="experts_organisation_kind", condition=Q(kind__in=OrganisationKind.values)
            ),
            models.CheckConstraint(
                name="experts_organisation_status",
                condition=Q(status__in=OrganisationStatus.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the organisation's public page."""
        return reverse("organisation-detail", args=[self.slug])

    @property
    def is_active(self) -> bool:
        """Tell whether it takes part now: not suspended, and not gone."""
        return self.status == OrganisationStatus.ACTIVE


class Membership(Grant):
    """A person's right to act for an organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=MemberRole)
    job_title = models.CharField(max_length=120, blank=True)

    objects = querysets.MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "user__name"]
        constraints = [
            models.CheckConstraint(
                name="experts_membership_role", condition=Q(role__in=MemberRole.values)
            ),
            models.CheckConstraint(
                name="experts_membership_ended", condition=both_or_neither("ended_at", "ended_by")
            ),
            models.UniqueConstraint(
                name="experts_membership_once",
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
