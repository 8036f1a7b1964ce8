"""What others decide about an application: the line manager, the host's offer, the department."""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar import deadline
from core.ics import Entry, calendar_file
from core.models import both_or_neither
from people.models import User
from placements import querysets
from placements.choices import (
    ApprovalDecision,
    ApprovalStage,
    Cover,
    ManagerDecision,
    NoSupportReason,
    NotApprovedReason,
)
from placements.models.application import Application


def new_nonce() -> str:
    """Make what ties a signed link to one request."""
    return secrets.token_urlsafe(16)


class ManagerRequest(models.Model):
    """One question to one line manager; asking somebody else closes it and makes a new row.

    The link in the e-mail is the nonce, signed: the table alone opens no door.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="manager_requests"
    )
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="manager_requests")
    nonce = models.CharField(max_length=40, unique=True, default=new_nonce)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    note = models.TextField(max_length=2000, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=20, choices=ManagerDecision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    cover = models.CharField(max_length=20, choices=Cover, blank=True)
    release_on = models.DateField(null=True, blank=True)
    words = models.TextField(max_length=2000, blank=True)
    reasons = ArrayField(
        models.CharField(max_length=20, choices=NoSupportReason), default=list, blank=True
    )
    possible_later = models.TextField(max_length=2000, blank=True)

    objects = querysets.ManagerRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="placements_one_open_request",
                fields=["application"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="placements_request_not_self", condition=~Q(manager=F("applicant"))
            ),
            models.CheckConstraint(
                name="placements_request_not_by_self",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("applicant")),
            ),
            models.CheckConstraint(
                name="placements_request_decided",
                condition=both_or_neither("decided_at", "decided_by"),
            ),
            models.CheckConstraint(
                name="placements_request_decision",
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=ManagerDecision.values, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} to {self.manager}"

    def get_absolute_url(self) -> str:
        """Give the page behind the e-mailed link."""
        return reverse("manager-decision", args=[self.token])

    @property
    def token(self) -> str:
        """Sign the nonce: what stands in the link."""
        return querysets.MANAGER_LINKS.sign(self.nonce)

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.closed_at is None

    @property
    def is_expired(self) -> bool:
        """Tell whether the link is too old to answer with."""
        return self.expires_at <= timezone.now()


class DecisionCode(models.Model):
    """A code mailed to the registered address before a weighty decision; only its hash is kept."""

    request = models.ForeignKey(ManagerRequest, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.DecisionCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Code for {self.request}"


class Offer(models.Model):
    """A place offered on stated terms, to be answered by a day."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="offer")
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours_a_week = models.PositiveSmallIntegerField()
    terms = models.TextField(max_length=2000, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reply_by = models.DateField()
    replied_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(null=True, blank=True)

    objects = querysets.OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="placements_offer_dates", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="placements_offer_hours", condition=Q(hours_a_week__range=(1, 37))
            ),
            models.CheckConstraint(
                name="placements_offer_reply",
                condition=both_or_neither("replied_at", "is_accepted"),
            ),
        ]

    def __str__(self) -> str:
        return f"Offer for {self.application}"

    @property
    def replies_until(self) -> dt.datetime:
        """Give the moment from which the offer counts as expired: 5pm of its day."""
        return deadline(self.reply_by)

    def calendar_file(self) -> bytes:
        """Write the day to reply by and the days of the placement as a calendar file."""
        name, link = self.application.reference, settings.SITE_URL
        link += self.application.get_absolute_url()
        return calendar_file(
            [
                Entry(
                    f"{name}-reply",
                    _("Reply to your offer %(reference)s by 5pm") % {"reference": name},
                    self.replies_until,
                    link=link,
                    warn_days_before=2,
                ),
                Entry(
                    f"{name}-dates",
                    str(self.application.opportunity.get_type_display()),
                    self.starts_on,
                    self.ends_on,
                    link=link,
                ),
            ]
        )


class Approval(models.Model):
    """One sign-off an application needs from the department: one row a stage."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="approvals"
    )
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=ApprovalStage)
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="assigned_approvals", null=True, blank=True
    )
    decision = models.CharField(max_length=20, choices=ApprovalDecision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    conditions = models.TextField(max_length=2000, blank=True)
    reasons = ArrayField(
        models.CharField(max_length=20, choices=NotApprovedReason), default=list, blank=True
    )
    reason_words = models.TextField(max_length=2000, blank=True)
    internal_note = models.TextField(max_length=4000, blank=True)

    objects = querysets.ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["application", "stage"]
        constraints = [
            models.UniqueConstraint(
                name="placements_approval_once", fields=["application", "stage"]
            ),
            models.CheckConstraint(
                name="placements_approval_decided",
                condition=both_or_neither("decided_at", "decided_by"),
            ),
            models.CheckConstraint(
                name="placements_approval_decision",
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=ApprovalDecision.values, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="placements_approval_not_self",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("applicant")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        """Give the page of the department's queue."""
        return reverse(
            "approval-detail", args=[self.application.department.slug, self.application.reference]
        )

    @property
    def reasons_in_words(self) -> list[str]:
        """Spell the reasons for not approving."""
        return [str(NotApprovedReason(reason).label) for reason in self.reasons]
