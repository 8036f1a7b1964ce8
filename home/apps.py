"""The home app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The first page of each role, and the demo."""

    name = "home"

    def ready(self) -> None:
        """Listen to what the floors below do."""
        from home import receivers  # noqa: F401, PLC0415 - models are not loaded before
