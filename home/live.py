"""How the service is doing right now: the queue, the worker, and nothing that is secret."""

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from notifications.models import Message

HEARTBEAT = "worker-heartbeat"
LATE = dt.timedelta(minutes=5)


def note_worker_alive() -> None:
    """Write down that a worker did something just now."""
    cache.set(HEARTBEAT, timezone.now(), timeout=None)


def worker_seen_at() -> dt.datetime | None:
    """Give the moment a worker last did something."""
    seen: dt.datetime | None = cache.get(HEARTBEAT)
    return seen


def oldest_due() -> dt.timedelta | None:
    """Give how long the oldest message has been due, or nothing when none is."""
    oldest = Message.objects.oldest_due()
    return timezone.now() - oldest if oldest else None


def service_status() -> dict[str, Any]:
    """Give what the status page says; the database answered, or there would be no page."""
    waiting, seen = oldest_due(), worker_seen_at()
    now = timezone.now()
    return {
        "checked_at": now,
        "waiting": waiting,
        "mail_is_late": waiting is not None and waiting > LATE,
        "worker_seen_at": seen,
        "worker_is_late": seen is None or now - seen > LATE,
    }
