"""Closed vocabularies of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """Where a message is."""

    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Refused")
    DEAD = "dead", _("Given up")


MAX_ATTEMPTS = 8
SUBJECT_LENGTH = 200
BATCH = 200
FIRST_RETRY_SECONDS = 30
LAST_RETRY_SECONDS = 24 * 3600
