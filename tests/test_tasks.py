"""How jobs run: the broker's settings, and that beat names only jobs there are."""

import pytest
from celery.schedules import crontab
from django.conf import settings

from stemfutures.celery import app

KNOWN = {
    "home.tasks.beat_heart",
    "home.tasks.check_invariants",
    "matching.tasks.keep_matching",
    "matching.tasks.match_nightly",
    "matching.tasks.move_rounds",
    "matching.tasks.match_part",
    "matching.tasks.prepare_rematch",
    "matching.tasks.refresh_arrays",
    "matching.tasks.remind_of_lists",
    "matching.tasks.send_news",
    "matching.tasks.spread_news",
    "matching.tasks.tell_people",
    "notifications.tasks.deliver",
    "notifications.tasks.deliver_due",
    "placements.tasks.chase_manager",
    "placements.tasks.chase_managers",
    "placements.tasks.close_what_is_over",
    "placements.tasks.expire_offers",
    "placements.tasks.move_placements",
    "placements.tasks.remind_hosts",
    "placements.tasks.remind_of_offers",
    "placements.tasks.chase_approvers",
    "placements.tasks.send_digests",
}
ONE_THING = {
    "matching.tasks.match_part",
    "matching.tasks.prepare_rematch",
    "matching.tasks.tell_people",
    "notifications.tasks.deliver",
    "placements.tasks.chase_manager",
}


@pytest.fixture(autouse=True)
def _tasks_are_found():
    app.loader.import_default_modules()


def test_registered_jobs_are_the_known_ones():
    assert {name for name in app.tasks if not name.startswith("celery.")} == KNOWN


@pytest.mark.parametrize("name", app.conf.beat_schedule)
def test_beat_starts_a_job_there_is_and_lets_it_expire(name):
    entry = app.conf.beat_schedule[name]

    assert entry["task"] in app.tasks
    assert entry["options"]["expires"] > 0
    assert "args" not in entry
    if not isinstance(entry["schedule"], crontab):
        assert entry["options"]["expires"] <= entry["schedule"] * 2


def test_every_job_that_is_not_about_one_thing_is_started_by_beat():
    started = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert started == KNOWN - ONE_THING


def test_the_outbox_is_looked_at_every_two_seconds():
    entry = app.conf.beat_schedule["deliver due messages"]

    assert entry["schedule"] == 2.0
    assert entry["options"]["expires"] == 4


def test_each_limit_is_longer_than_the_one_inside_it():
    conf = app.conf
    inside_out = [
        settings.EMAIL_TIMEOUT,
        conf.task_soft_time_limit,
        conf.task_time_limit,
        conf.broker_transport_options["visibility_timeout"],
    ]

    assert inside_out == sorted(set(inside_out))
    assert settings.OUTBOX_LEASE_SECONDS > 2 * settings.EMAIL_TIMEOUT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("task_ignore_result", True),
        ("result_backend", None),
        ("task_publish_retry", False),
        ("task_serializer", "json"),
        ("accept_content", ["json"]),
        ("worker_prefetch_multiplier", 1),
        ("worker_max_tasks_per_child", 500),
        ("broker_connection_max_retries", None),
        ("broker_connection_retry_on_startup", True),
        ("worker_cancel_long_running_tasks_on_connection_loss", True),
    ],
)
def test_a_broker_or_worker_that_dies_loses_nothing(name, value):
    assert app.conf[name] == value


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("socket_timeout", 3),
        ("socket_connect_timeout", 2),
        ("health_check_interval", 10),
        ("unacked_restore_interval", 5),
        ("unacked_restore_throttle", 1),
    ],
)
def test_a_frozen_broker_holds_nobody_up(name, most):
    assert 0 < app.conf.broker_transport_options[name] <= most
    assert app.conf.broker_transport_options["socket_keepalive"]


def test_workers_are_recycled_before_they_grow():
    assert 0 < app.conf.worker_max_memory_per_child <= 400_000
