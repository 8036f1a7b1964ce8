"""The placements app."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Opportunities, applications and placements."""

    name = "placements"
