"""Who may see the scheme team's pages."""

from people.models import User


def is_scheme_team(user: User) -> bool:
    """A member of the scheme team."""
    return user.is_scheme_team
