"""When beat starts each job; every job is idempotent and expires before its next start."""

from typing import Any

from celery.schedules import crontab

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
    "chase silent line managers": {
        # 8am is the day's run; the later hours make up for one that was missed
        "task": "placements.tasks.chase_managers",
        "schedule": crontab(minute=0, hour="8-17"),
        "options": {"expires": 3500},
    },
}
