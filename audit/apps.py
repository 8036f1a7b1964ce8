"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom, when."""

    name = "audit"

    def ready(self) -> None:
        """Listen to what the floor below does."""
        from audit import receivers  # noqa: F401, PLC0415 - models are not loaded before
