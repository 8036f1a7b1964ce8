"""What can go wrong with an action, named for what happened; each becomes a page."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError


class StepNotAllowed(PermissionDenied):
    """The person may not take this step: a 403."""


class StepNotOpen(Exception):
    """The thing has moved on since the page was opened: back to it, with a message."""

    def __init__(self, subject: object, step: str) -> None:
        """Keep what was tried and on what, for the message and the way back."""
        super().__init__(f"{step} is not open for {subject}")
        self.subject = subject
        self.step = step


class Conflict(Exception):
    """Somebody else's write won; the message says what happened and nothing was lost."""

    def __init__(self, subject: object, message: str) -> None:
        """Keep the thing to go back to and the sentence to show there."""
        super().__init__(message)
        self.subject = subject
        self.message = message


def constraint_of(error: IntegrityError) -> str:
    """Name the constraint that refused a write, as PostgreSQL reports it; empty when unknown."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
