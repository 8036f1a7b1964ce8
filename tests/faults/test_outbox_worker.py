"""Kill the worker, freeze the broker: every letter still arrives, each under one Message-ID."""

import contextlib
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from dev.processes import Child
from dev.servers import start_valkey
from notifications.actions import queue_email
from notifications.choices import MessageState
from notifications.models import Message
from tests.factories.people import CivilServantFactory
from tests.mailserver import mail_server

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = 200
# how long the broker stands still; FAULT_SECONDS=60 is the long run
FROZEN_SECONDS = float(os.environ.get("FAULT_SECONDS", "4"))
PATIENCE = 10  # seconds: a page that waits for the broker takes longer than any busy machine
SETTINGS = "tests.faults.settings"
CELERY = [sys.executable, "-m", "celery", "--app", "stemfutures.celery:app"]


class Jobs:
    """A worker and a beat of the test's own, on its own broker, database and mail server."""

    def __init__(self, home: Path, redis_url: str, mail_port: int) -> None:
        database = connection.settings_dict
        self.home = home
        self.environment = os.environ | {
            "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "OUTBOX_LEASE_SECONDS": "5",
            "OUTBOX_HINT_SECONDS": "5",
        }
        self.worker = self.start_worker()
        self.beat = self._start("beat", "beat", f"--schedule={home / 'beat'}", "--pidfile=")

    def start_worker(self) -> Child:
        self.worker = self._start("worker", "worker", "--concurrency=2", "--loglevel=INFO")
        return self.worker

    def _start(self, name: str, *arguments: str) -> Child:
        return Child(
            name,
            [*CELERY, *arguments],
            log=self.home / f"{name}.log",
            environment=self.environment,
        ).start()

    def kill_worker(self) -> None:
        """Take the worker and its children away in one blow."""
        os.killpg(self.worker.process.pid, signal.SIGKILL)
        self.worker.process.wait(10)

    def stop(self) -> None:
        self.beat.stop()
        self.worker.stop()


@pytest.fixture
def broker(tmp_path):
    server = start_valkey(tmp_path)
    yield server
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.child.process.pid, signal.SIGCONT)
    server.child.stop()


def wait_until(true, *, within: float) -> None:
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def all_sent() -> bool:
    return not Message.objects.exclude(state=MessageState.SENT).exists()


def write_letters(count: int) -> None:
    person = CivilServantFactory()
    for _ in range(count):
        queue_email("outbox/hello", to=person, department=person.department, code="")


def test_killing_the_worker_in_the_middle_loses_nothing(tmp_path, broker):
    write_letters(LETTERS)
    with mail_server(slow_by=0.02) as (sink, port):
        jobs = Jobs(tmp_path, broker.url, port)
        try:
            for share in (LETTERS // 4, LETTERS // 2):
                wait_until(lambda share=share: len(sink.letters) >= share, within=60)
                jobs.kill_worker()
                jobs.start_worker()
            wait_until(all_sent, within=60)
        finally:
            jobs.stop()

    arrived = Counter(sink.message_ids)
    assert len(arrived) == LETTERS
    assert set(arrived) == {
        f"<{uid}@stemfutures.example>" for uid in Message.objects.values_list("uid", flat=True)
    }
    # a kill between the server's "250" and our note of it sends that one letter again
    assert sum(arrived.values()) - LETTERS <= 4


def test_a_frozen_broker_delays_letters_and_loses_none(tmp_path, broker, client):
    with mail_server() as (sink, port):
        jobs = Jobs(tmp_path, broker.url, port)
        try:
            write_letters(1)
            wait_until(lambda: len(sink.letters) == 1, within=60)
            client.get("/health")  # the first page of a process takes longest

            os.killpg(broker.child.process.pid, signal.SIGSTOP)
            write_letters(5)
            thawed = time.monotonic() + FROZEN_SECONDS
            while time.monotonic() < thawed:
                asked = time.monotonic()
                assert client.get("/health").status_code == 200
                assert time.monotonic() - asked < PATIENCE
                time.sleep(0.5)
            assert len(sink.letters) == 1
            os.killpg(broker.child.process.pid, signal.SIGCONT)

            wait_until(all_sent, within=60)
        finally:
            jobs.stop()

    assert len(set(sink.message_ids)) == 6


def test_a_code_does_not_wait_behind_other_letters(tmp_path, broker):
    write_letters(40)
    with mail_server(slow_by=0.2) as (sink, port):
        jobs = Jobs(tmp_path, broker.url, port)
        try:
            wait_until(lambda: len(sink.letters) >= 2, within=60)
            person = CivilServantFactory()
            code = queue_email(
                "outbox/hello", to=person, department=person.department, secret={"code": "123456"}
            )
            arrived = f"<{code.uid}@stemfutures.example>"
            wait_until(lambda: arrived in sink.message_ids, within=30)
            assert len(sink.letters) < 40
        finally:
            jobs.stop()
