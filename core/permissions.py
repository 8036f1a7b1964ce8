"""The one way a view insists on a rule."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:  # noqa: FBT001 - the rule's answer is the whole sentence
    """Stop with a 403 page unless the rule said yes."""
    if not allowed:
        raise PermissionDenied
