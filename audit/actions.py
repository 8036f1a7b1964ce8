"""The two ways to write to the audit."""

from typing import Any

from django.db import models

from audit.models import Event
from core.lifecycle import Change
from people.models import User


def record(action: str, subject: models.Model, *, by: User, **detail: Any) -> Event:
    """Record one thing done, in the caller's transaction; details never hold personal values."""
    return Event.objects.create(
        actor=by,
        action=action,
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(subject.pk),
        detail=detail,
    )


def record_change(change: Change, *, by: User, **detail: Any) -> Event:
    """Record a step taken in a lifecycle, in the caller's transaction."""
    return record(
        change.step, change.subject, by=by, before=change.before, after=change.after, **detail
    )
