"""Rows that people name by a reference."""

from typing import Any

from django.db import IntegrityError, transaction

from core.errors import constraint_of
from placements.querysets.lockable import Lockable

TRIES = 5


class Referenced(Lockable):
    """Rows an action changes, with a random reference, which the database holds unique."""

    def create(self, **fields: Any) -> Any:
        """Make a row; a reference that turns out to be taken is drawn again, a given one never."""
        for _try in range(1, TRIES):
            try:
                with transaction.atomic(using=self.db):
                    return super().create(**fields)
            except IntegrityError as error:
                if "reference" in fields or not self._is_taken_reference(error):
                    raise
        return super().create(**fields)

    def _is_taken_reference(self, error: IntegrityError) -> bool:
        table = self.model._meta.db_table  # noqa: SLF001 - Django's documented way to look at a model
        return constraint_of(error) == f"{table}_reference_key"
