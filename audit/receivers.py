"""Writes down what the floor below announces, inside the same transaction."""

from typing import Any

from django.db import models
from django.dispatch import receiver

from audit.actions import record
from people.models import User
from people.signals import recorded


@receiver(recorded)
def write_down(
    *, action: str, subject: models.Model, by: User, detail: dict[str, Any], **_sent: Any
) -> None:
    """Record what one of people's actions did."""
    record(action, subject, by=by, **detail)
