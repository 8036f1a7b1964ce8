"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who everybody is."""

    name = "people"
