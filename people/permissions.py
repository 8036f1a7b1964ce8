"""Who may do what with accounts and profiles: every rule of the app, and nothing else."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.module_loading import import_string

from people.models import User

STRONG_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_profile(user: User) -> bool:
    """They work in a department: a profile is for civil servants."""
    return user.department_id is not None


def holds_rights(user: User) -> bool:
    """They hold a role: department admin or scheme team."""
    return bool(user.grants)


def needs_second_factor(user: User) -> bool:
    """One of the rules asks for a second factor, and the person has not set one up."""
    rules = [import_string(path) for path in settings.SECOND_FACTOR_RULES]
    return any(rule(user) for rule in rules) and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """They have an app or a passkey."""
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG_TYPES).exists())
