"""The outbox table."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from notifications import querysets
from notifications.choices import SUBJECT_LENGTH, MessageState


class Message(models.Model):
    """One e-mail to one person: what to render it from, and how far its sending is.

    ``context`` holds references to rows and plain words, ``secret`` what is dots once it is sent.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages"
    )
    template = models.CharField(max_length=120)
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True)  # set when it is sent
    context = models.JSONField(default=dict)
    secret = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    hinted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = querysets.MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="notifications_message_state", condition=Q(state__in=MessageState.values)
            ),
            models.CheckConstraint(
                name="notifications_message_sent",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                name="notifications_due",
                fields=["next_try"],
                condition=Q(state__in=[MessageState.PENDING, MessageState.SENDING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.recipient}"

    def get_absolute_url(self) -> str:
        """Give the page on which its recipient reads it."""
        return reverse("notification-detail", args=[self.uid])
