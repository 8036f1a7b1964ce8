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

    def with_actor(self) -> EventQuerySet:
        """Fetch who did each, in one query."""
        return self.select_related("actor")

    def actions_known(self) -> list[str]:
        """List every action that was ever taken."""
        return list(self.order_by("action").values_list("action", flat=True).distinct())

    def kinds_known(self) -> list[str]:
        """List every kind of thing that something was done to."""
        return list(
            self.order_by("subject_type").values_list("subject_type", flat=True).distinct()
        )
