"""Who may do what for an organisation: every rule of the app, and nothing else."""

from experts.choices import MemberRole
from experts.models import Membership
from people.models import User


def organisation_ids(user: User) -> frozenset[int]:
    """List the organisations the person may act for, read once a request."""
    if not hasattr(user, "_organisation_ids"):
        ids = Membership.objects.live().filter(user=user).values_list("organisation_id", flat=True)
        user._organisation_ids = frozenset(ids)  # type: ignore[attr-defined] # noqa: SLF001 - a request's cache
    return user._organisation_ids  # type: ignore[attr-defined,no-any-return] # noqa: SLF001


def is_member(user: User, organisation_id: int) -> bool:
    """They act for this organisation."""
    return organisation_id in organisation_ids(user)


def is_owner(user: User) -> bool:
    """They own an organisation: its other members, its page and its hosting are theirs to set."""
    return Membership.objects.live().filter(user=user, role=MemberRole.OWNER).exists()
