"""How the service is doing right now: the queue, the worker, and nothing that is secret."""

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from home.live.invariants import breaches
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


def deep_health() -> dict[str, Any]:
    """Give what monitoring asks for: ages and counts, and whether somebody should look."""
    waiting, seen = oldest_due(), worker_seen_at()
    facts = {
        "oldest_due_seconds": int(waiting.total_seconds()) if waiting else 0,
        "messages_refused_or_given_up": Message.objects.stuck().count(),
        "worker_seen_seconds_ago": (
            int((timezone.now() - seen).total_seconds()) if seen is not None else None
        ),
        "invariants_broken": [breach.invariant.name for breach in breaches()],
    }
    late = waiting is not None and waiting > LATE
    asleep = seen is None or timezone.now() - seen > LATE
    return {"healthy": not (late or asleep or facts["invariants_broken"])} | facts
