"""Abstract models; core has no tables."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Grant(models.Model):
    """A right given by somebody at a time, and perhaps ended; rows are never deleted."""

    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def both_or_neither(first: str, second: str) -> models.Q:
    """Make the condition that two columns are set together: a moment and who acted then."""
    return models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True}) | models.Q(
        **{f"{first}__isnull": False, f"{second}__isnull": False}
    )
