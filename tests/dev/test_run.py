"""`make run` as a developer meets it: a page, an end without leftovers, and plain refusals."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dev.processes import LOOPBACK, ROOT, free_port

FIRST_PAGE_WITHIN = 90
STARTS_WITHIN = 60
STOPS_WITHIN = 30


def processes():
    """Every process that is more than a zombie: number, parent, command."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,command="],  # noqa: S607  # ps is where the system has it
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = (line.split(None, 3) for line in listed.splitlines())
    return {int(row[0]): (int(row[1]), row[-1]) for row in rows if not row[2].startswith("Z")}


def descendants(ancestor):
    found, known = {ancestor}, processes()
    while more := {pid for pid, (parent, _) in known.items() if parent in found} - found:
        found |= more
    return {pid: known[pid][1] for pid in found - {ancestor}}


def left_over(pids):
    known = processes()
    return {pid: known[pid][1] for pid, command in pids.items() if pid in known}


def is_empty_within(seconds, pids):
    deadline = time.monotonic() + seconds
    while left_over(pids) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left_over(pids) == {}


def first_page(run, port):
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline:
        assert run.poll() is None, "make run ended before its first page"
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/", timeout=10) as page:
                return page.status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            time.sleep(0.2)
    pytest.fail("no first page")


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(home):
    """Start `make run`'s program on the folder; whatever still runs at the end is stopped."""
    started = []
    inherited = {name: value for name, value in os.environ.items() if "_URL" not in name}

    def start(port, **environment):
        run = subprocess.Popen(
            [sys.executable, "-m", "dev.run"],
            cwd=ROOT,
            env={**inherited, "RUN_DIR": str(home), "PORT": str(port), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(run)
        return run

    yield start
    for run in started:
        with run:
            if run.poll() is None:
                run.send_signal(signal.SIGINT)
                run.wait(STOPS_WITHIN)


def whole_family(pid):
    """Wait for every part, those too that start after the first page is there."""
    end = time.monotonic() + STARTS_WITHIN
    while True:
        family = descendants(pid)
        missing = [
            part
            for part in ("gunicorn", " worker ", " beat ", "postgres", "valkey")
            if not any(part in command for command in family.values())
        ]
        if not missing:
            return family
        assert time.monotonic() < end, f"{missing} did not start"
        time.sleep(0.2)


def test_one_command_serves_and_ctrl_c_leaves_nothing(start, home):
    port = free_port()
    run = start(port)
    assert first_page(run, port) == 200
    family = whole_family(run.pid)

    second = start(free_port())
    assert second.wait(STOPS_WITHIN) == 1
    assert f"already running: http://{LOOPBACK}:{port}" in second.stdout.read()

    run.send_signal(signal.SIGINT)
    assert run.wait(STOPS_WITHIN) == 0
    assert left_over(family) == {}
    output = run.stdout.read()
    assert f"STEM Futures is at   http://{LOOPBACK}:{port}/" in output
    assert not (home / "servers.env").exists()


def test_a_killed_supervisor_leaves_no_orphan(start):
    port = free_port()
    run = start(port)
    first_page(run, port)
    family = whole_family(run.pid)
    assert len(family) >= 5
    run.kill()
    run.wait(STOPS_WITHIN)
    assert is_empty_within(STOPS_WITHIN, family)


def test_a_part_that_dies_stops_everything_with_an_error(start):
    port = free_port()
    run = start(port)
    first_page(run, port)
    family = whole_family(run.pid)
    beat = next(pid for pid, command in family.items() if " beat " in command)
    os.kill(beat, signal.SIGKILL)
    assert run.wait(STOPS_WITHIN) == 1
    assert left_over(family) == {}
    assert "beat stopped by itself" in run.stdout.read()


def test_a_taken_port_is_named_before_anything_starts(start, home):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = start(port)
        assert run.wait(STOPS_WITHIN) == 1
    assert f"Port {port} is taken by another program" in run.stdout.read()
    assert not (home / "postgres.log").exists()


@pytest.mark.parametrize("port", ["eighty", "-1", "70000"])
def test_a_port_that_is_none_is_refused(start, port):
    run = start(port)
    assert run.wait(STOPS_WITHIN) == 1
    assert f"PORT={port} is not a port" in run.stdout.read()
