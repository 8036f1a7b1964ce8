"""Who may do what with matching: every rule of the app, and nothing else."""

from experts.permissions import organisation_ids
from people.models import User


def gets_recommendations(user: User) -> bool:
    """Somebody who works in government, or has not said yet where they work."""
    return user.department_id is not None or not organisation_ids(user)
