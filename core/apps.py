"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared machinery without models of its own."""

    name = "core"
