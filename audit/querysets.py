"""Questions to the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from audit.models import (
        Event,
    )


class EventQuerySet(models.QuerySet["Event"]):
    """Events, newest first."""

    def about(self, subject: models.Model) -> EventQuerySet:
        """Tell the history of one thing."""
        return self.filter(
            subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
            subject_id=str(subject.pk),
        ).select_related("actor")
