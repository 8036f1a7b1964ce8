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
    "find whom new opportunities are news to": {
        "task": "matching.tasks.spread_news",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "write to people about what is new": {
        # 8am is the day's run; the later hours make up for one that was missed
        "task": "matching.tasks.send_news",
        "schedule": crontab(minute=0, hour="8-11", day_of_week="mon-fri"),
        "options": {"expires": 3500},
    },
    "match everybody at night": {
        # later hours make up for a night that was missed
        "task": "matching.tasks.match_nightly",
        "schedule": crontab(minute=30, hour="2-5"),
        "options": {"expires": 3500},
    },
    "hand out the match of everybody": {
        "task": "matching.tasks.keep_matching",
        "schedule": 15.0,
        "options": {"expires": 14},
    },
    "move matching rounds": {
        "task": "matching.tasks.move_rounds",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "remind of lists that lock": {
        "task": "matching.tasks.remind_of_lists",
        "schedule": crontab(minute=25, hour="8-10"),
        "options": {"expires": 3500},
    },
    "chase silent line managers": {
        # 8am is the day's run; the later hours make up for one that was missed
        "task": "placements.tasks.chase_managers",
        "schedule": crontab(minute=0, hour="8-17"),
        "options": {"expires": 3500},
    },
    "let offers expire": {
        "task": "placements.tasks.expire_offers",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "remind of offers that end": {
        "task": "placements.tasks.remind_of_offers",
        "schedule": crontab(minute=5, hour="8-16"),
        "options": {"expires": 3500},
    },
    "remind hosts to choose": {
        "task": "placements.tasks.remind_hosts",
        "schedule": crontab(minute=10, hour="8-16", day_of_week="mon-fri"),
        "options": {"expires": 3500},
    },
    "close what is over": {
        "task": "placements.tasks.close_what_is_over",
        "schedule": crontab(minute=20),
        "options": {"expires": 3500},
    },
    "start and complete placements": {
        "task": "placements.tasks.move_placements",
        "schedule": crontab(minute=1),
        "options": {"expires": 3500},
    },
    "send the departments' digest": {
        "task": "placements.tasks.send_digests",
        "schedule": crontab(minute=0, hour="8-11", day_of_week="mon-fri"),
        "options": {"expires": 3500},
    },
    "tell approvers what is overdue": {
        "task": "placements.tasks.chase_approvers",
        "schedule": crontab(minute=15, hour="8-11", day_of_week="mon-fri"),
        "options": {"expires": 3500},
    },
    "look for what should be impossible": {
        "task": "home.tasks.check_invariants",
        "schedule": crontab(hour="3", minute="40"),
        "options": {"expires": 3600},
    },
}
