"""Who may do what with matching: every rule of the app, and nothing else."""

from people.models import User
from people.permissions import has_profile


def runs_matching(user: User) -> bool:
    """The scheme team."""
    return user.is_scheme_team


def gets_recommendations(user: User) -> bool:
    """They have a profile to compare with."""
    return has_profile(user)
