"""The servers of our own: they start, speak only to us, and stop with whoever started them."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from dev import processes, servers

HOLDS_SERVERS = """
import sys, time
from dev.servers import throwaway_servers
with throwaway_servers() as servers:
    print(*servers.urls.values(), flush=True)
    time.sleep(120)
"""


@pytest.fixture(autouse=True)
def _no_servers_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@contextlib.contextmanager
def throwaway():
    with servers.throwaway_servers() as running:
        yield running.urls


@contextlib.contextmanager
def kept(home):
    with servers.kept_servers(home) as running:
        yield running.urls


def database_answers(urls):
    try:
        psycopg.connect(urls["DATABASE_URL"], connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def queue_answers(urls):
    try:
        with redis.Redis.from_url(urls["REDIS_URL"]) as client:
            client.ping()
    except redis.RedisError:
        return False
    return True


def are_gone_within(seconds, urls):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not database_answers(urls) and not queue_answers(urls):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def home():
    """A folder that any account can pass through, as in a clone outside of root's home."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def run_sql(urls, sql):
    with psycopg.connect(urls["DATABASE_URL"]) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else None


def test_both_servers_answer_and_are_gone_afterwards():
    with throwaway() as urls:
        assert database_answers(urls)
        assert queue_answers(urls)
    assert are_gone_within(1, urls)


def test_the_extensions_that_migrations_need_are_there():
    names = ["pg_trgm", "unaccent", "btree_gist", "btree_gin", "citext"]
    with throwaway() as urls, psycopg.connect(urls["DATABASE_URL"]) as connection:
        for name in names:
            connection.execute(f"CREATE EXTENSION {name}")
        found = connection.execute("SELECT extname FROM pg_extension").fetchall()
    assert set(names) <= {name for (name,) in found}


def test_neither_server_lets_in_who_does_not_know_the_password():
    with throwaway() as urls:
        for name in ("DATABASE_URL", "REDIS_URL"):
            secret = urls[name].split("@")[0].rsplit(":", 1)[1]
            urls[name + "_WRONG"] = urls[name].replace(secret, "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(urls["DATABASE_URL_WRONG"])
        with (
            redis.Redis.from_url(urls["REDIS_URL_WRONG"]) as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_the_data_of_a_kept_server_is_there_at_the_next_start(home):
    with kept(home) as urls:
        run_sql(urls, "CREATE TABLE note AS SELECT 'kept' AS text")
    with kept(home) as urls:
        assert run_sql(urls, "SELECT text FROM note") == [("kept",)]


def test_servers_named_by_the_environment_are_used_and_not_stopped(monkeypatch):
    with throwaway() as ours:
        for name, url in ours.items():
            monkeypatch.setenv(name, url)
        with throwaway() as urls:
            assert urls == ours
        assert database_answers(ours)
        assert queue_answers(ours)


@pytest.mark.parametrize("leash", ["kernel", "watch"])
def test_a_killed_starter_takes_its_servers_with_it(leash):
    with subprocess.Popen(  # noqa: S603  # this file's own script
        [sys.executable, "-c", HOLDS_SERVERS],
        stdout=subprocess.PIPE,
        text=True,
        cwd=processes.ROOT,
        env={**os.environ, "LEASH": leash, "PYTHONPATH": str(processes.ROOT)},
    ) as starter:
        urls = dict(
            zip(("DATABASE_URL", "REDIS_URL"), starter.stdout.readline().split(), strict=True)
        )
        assert database_answers(urls)
        assert queue_answers(urls)
        starter.send_signal(signal.SIGKILL)
    assert are_gone_within(10, urls)


def test_a_server_that_cannot_start_says_why(tmp_path, monkeypatch):
    child = processes.Child(
        "postgres",
        [sys.executable, "-c", "raise SystemExit('no space left')"],
        log=tmp_path / "postgres.log",
    ).start()
    with pytest.raises(processes.CannotRun, match="no space left"):
        servers._wait_for(child, lambda: servers._ping("redis://127.0.0.1:1/0"))  # noqa: SLF001  # the wait itself is what is tested


def test_a_folder_that_someone_else_made_is_refused(tmp_path):
    stranger = Path("/etc")
    with pytest.raises(processes.CannotRun, match="is not ours"):
        servers._refuse_unless_owned(stranger, by=os.geteuid() + 1)  # noqa: SLF001  # the check itself is what is tested


def test_a_child_that_ignores_its_signal_is_killed(tmp_path):
    stubborn = "import signal, time; signal.signal(15, 1); print(1, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", stubborn]
    child = processes.Child("stubborn", command, log=tmp_path / "log").start()
    while not child.log.read_text():
        time.sleep(0.05)
    child.stop(patience=0.2)
    assert not child.is_running
