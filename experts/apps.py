"""The experts app."""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    """Partner organisations and experts."""

    name = "experts"
