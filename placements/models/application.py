"""One person's application for one opportunity."""

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar import today, working_days_between
from core.ics import Entry, calendar_file
from core.references import application_reference
from people.choices import OpportunityType
from people.models import Department, User
from placements import querysets
from placements.choices import (
    BEFORE_THE_HOST,
    HOLDS_A_PLACE,
    LIVE,
    ApplicationStatus,
    DeclineReason,
    NotSelectedReason,
    WithdrawReason,
)
from placements.models.opportunity import Opportunity

HIGH_STAKES_DAYS = 10


class Application(models.Model):
    """An application: its answers, where it stands, whose turn it is and until when."""

    reference = models.CharField(max_length=12, unique=True, default=application_reference)
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="applications"
    )
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="applications")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="applications"
    )
    manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="managed_applications", null=True, blank=True
    )
    status = models.CharField(
        max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    status_since = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    # the slug of the matching round that it came from; a place given back goes to that round
    matched_in = models.CharField(max_length=90, blank=True)

    # the rung of the department's ladder, fixed when the draft is made
    manager_decides = models.BooleanField(default=True)
    department_decides = models.BooleanField(default=True)
    second_check_over = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, help_text="pounds"
    )

    why = models.TextField(max_length=3000, blank=True)
    bring_back = models.TextField(max_length=3000, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    adjustments = models.TextField(max_length=1000, blank=True)
    adjustments_with_application = models.BooleanField(default=False)
    business_case = models.TextField(max_length=6000, blank=True)
    finished_sections = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    changes_wanted = models.TextField(max_length=2000, blank=True)
    host_note = models.TextField(max_length=2000, blank=True)
    not_selected_reasons = ArrayField(
        models.CharField(max_length=20, choices=NotSelectedReason), default=list, blank=True
    )
    not_selected_note = models.TextField(max_length=2000, blank=True)
    withdraw_reasons = ArrayField(
        models.CharField(max_length=20, choices=WithdrawReason), default=list, blank=True
    )
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    cancel_note = models.TextField(max_length=2000, blank=True)
    department_question = models.TextField(max_length=2000, blank=True)
    department_answer = models.TextField(max_length=2000, blank=True)

    objects = querysets.ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="placements_application_status",
                condition=Q(status__in=ApplicationStatus.values),
            ),
            models.UniqueConstraint(
                name="placements_one_live_application",
                fields=["applicant", "opportunity"],
                condition=Q(status__in=sorted(LIVE)),
            ),
            models.CheckConstraint(
                name="placements_application_manager",
                condition=Q(manager__isnull=True) | ~Q(manager=F("applicant")),
            ),
            models.CheckConstraint(
                name="placements_application_dates",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="placements_application_sent",
                condition=Q(status__in=sorted(BEFORE_THE_HOST | {ApplicationStatus.WITHDRAWN}))
                | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="placements_application_place_dates",
                condition=~Q(status__in=sorted(HOLDS_A_PLACE))
                | Q(starts_on__isnull=False, ends_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="placements_app_opp", fields=["opportunity", "status"]),
            models.Index(name="placements_app_dept", fields=["department", "status", "due_on"]),
            models.Index(name="placements_app_due", fields=["status", "due_on"]),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Give the page everybody concerned can open."""
        return reverse("application-detail", args=[self.reference])

    def calendar_file(self) -> bytes:
        """Write the choosing day and the days asked for as a calendar file."""
        link = settings.SITE_URL + self.get_absolute_url()
        title = str(self.opportunity)
        entries = [
            Entry(
                f"{self.reference}-choosing",
                _("The host chooses: %(title)s") % {"title": title},
                self.opportunity.choosing_on,
                self.opportunity.choosing_on,
                link=link,
            )
        ]
        if self.starts_on and self.ends_on:
            dates = Entry(f"{self.reference}-dates", title, self.starts_on, self.ends_on, link)
            entries.append(dates)
        return calendar_file(entries)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """Give the first and the last day; whatever holds a place has both, by a constraint."""
        return cast("dt.date", self.starts_on), cast("dt.date", self.ends_on)

    @property
    def working_days_away(self) -> int:
        """Count the working days from the first to the last date asked for; 0 while unknown."""
        if self.starts_on is None or self.ends_on is None:
            return 0
        return working_days_between(self.starts_on, self.ends_on, self.department.nation)

    @property
    def days_away(self) -> float:
        """Count full-time days away from the desk: working days by the share of a 37-hour week."""
        return round(self.working_days_away * self.opportunity.hours_a_week / 37, 1)

    @property
    def not_selected_words(self) -> list[str]:
        """Spell the reasons the host gave."""
        return [str(NotSelectedReason(reason).label) for reason in self.not_selected_reasons]

    @property
    def is_high_stakes(self) -> bool:
        """Tell whether a decision is confirmed by a code: an exchange, or more than 10 days."""
        return (
            self.opportunity.type == OpportunityType.EXCHANGE or self.days_away > HIGH_STAKES_DAYS
        )

    @property
    def is_overdue(self) -> bool:
        """Tell whether the person whose turn it is should have acted by now."""
        return self.due_on is not None and self.due_on < today()

    @property
    def needs_second_check(self) -> bool:
        """Tell whether the cost is above the department's limit for one pair of eyes."""
        return (
            self.second_check_over is not None
            and self.opportunity.cost_to_department > self.second_check_over
        )
