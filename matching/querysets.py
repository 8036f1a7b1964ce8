"""Every question to matching's own tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from matching.models import Change, Preference, Snapshot
    from people.models import User


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots."""

    def newest(self) -> Snapshot | None:
        """Find the newest, without its arrays."""
        return self.order_by("-pk").defer("content").first()

    def newest_pk(self) -> int | None:
        """Find the newest one's key, and read nothing else."""
        return self.order_by("-pk").values_list("pk", flat=True).first()


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes since the newest snapshot."""

    def waiting(self) -> list[tuple[int, int]]:
        """List the changes with their opportunities."""
        return list(self.order_by("pk").values_list("pk", "opportunity_id"))


class PreferenceQuerySet(models.QuerySet["Preference"]):
    """What people chose about their recommendations."""

    def off_for(self, user: User) -> frozenset[str]:
        """List the signals a person turned off."""
        return frozenset(self.filter(user=user).values_list("off", flat=True).first() or ())
