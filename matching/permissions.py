"""Who may do what with matching: every rule of the app, and nothing else."""

from experts.permissions import is_member
from matching.models import RoundList, RoundPlace
from people.models import User
from people.permissions import has_profile
from people.questions import first_page


def runs_matching(user: User) -> bool:
    """The scheme team."""
    return user.is_scheme_team


def gets_recommendations(user: User) -> bool:
    """They have a profile to compare with."""
    return has_profile(user)


def hears_of_news(user: User) -> bool:
    """They may sign in, and have answered all that recommendations need."""
    return user.is_active and has_profile(user) and first_page(user) is None


def runs_rounds(user: User, _round: object = None) -> bool:
    """The scheme team."""
    return user.is_scheme_team


def runs_rounds_or_service(user: User, _round: object = None) -> bool:
    """The scheme team, or the service itself when the day has come."""
    return user.is_scheme_team or user.is_system


def lists_places(user: User) -> bool:
    """They have a profile: a round is for civil servants."""
    return has_profile(user)


def is_asked_about_list(user: User, row: RoundList) -> bool:
    """The line manager whom the person named, who is never the person."""
    return row.manager_id == user.pk and row.person_id != user.pk


def groups_people(user: User, place: RoundPlace) -> bool:
    """A member of the organisation that offers the place."""
    return is_member(user, place.opportunity.organisation_id)
