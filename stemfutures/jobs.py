"""When beat starts each job; every job is idempotent and expires before its next start."""

from typing import Any

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver due messages": {
        "task": "notifications.tasks.deliver_due",
        "schedule": 2.0,
        "options": {"expires": 4},
    },
    "show that a worker is alive": {
        "task": "home.tasks.beat_heart",
        "schedule": 30.0,
        "options": {"expires": 25},
    },
    "refresh the opportunities' arrays": {
        "task": "matching.tasks.refresh_arrays",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
}
