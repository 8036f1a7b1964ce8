"""The confirmed thing, whatever its type."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone

from core.ics import Entry, calendar_file
from core.references import placement_reference
from people.models import User
from placements import querysets
from placements.choices import LIVE_PLACEMENT, PlacementStatus
from placements.models.application import Application


class DateRange(Func):
    """PostgreSQL's daterange(from, until, bounds)."""

    function = "daterange"
    output_field = DateRangeField()


class Placement(models.Model):
    """A place taken: who is where, when; a person's exclusive placements cannot overlap."""

    reference = models.CharField(max_length=12, unique=True, default=placement_reference)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="placement"
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="placements")
    status = models.CharField(
        max_length=20, choices=PlacementStatus, default=PlacementStatus.STARTING_SOON
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_exclusive = models.BooleanField()
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = querysets.PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="placements_placement_status", condition=Q(status__in=PlacementStatus.values)
            ),
            models.CheckConstraint(
                name="placements_placement_dates", condition=Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="placements_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_exclusive=True, status__in=sorted(LIVE_PLACEMENT)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Give the placement's page."""
        return reverse("placement-detail", args=[self.reference])

    def calendar_file(self) -> bytes:
        """Write the first to the last day as a calendar file."""
        return calendar_file(
            [
                Entry(
                    f"{self.application.reference}-dates",
                    str(self.application.opportunity.get_type_display()),
                    self.starts_on,
                    self.ends_on,
                    link=settings.SITE_URL + self.get_absolute_url(),
                )
            ]
        )
