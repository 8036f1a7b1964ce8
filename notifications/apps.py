"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox."""

    name = "notifications"
