"""The matching app."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Who suits what, and why."""

    name = "matching"
