"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What was done, by whom, when."""

    name = "audit"
