"""Rows that are locked before they change."""

from typing import Any

from django.db import models


class Lockable(models.QuerySet[Any]):
    """Rows an action changes."""

    def locked(self, pk: int) -> Any:
        """Fetch one row for a write, so that two people cannot decide at once."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)
