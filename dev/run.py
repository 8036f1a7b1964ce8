"""Run the whole service on this machine: `make run`.

PostgreSQL, Valkey, the tables and the demo, then web, worker and beat. Ctrl-C stops everything in
order; if one part dies, all stop; if this process is killed, nothing stays behind.
"""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Self

from dev.assets import build
from dev.processes import (
    LOOPBACK,
    ROOT,
    CannotRun,
    Child,
    development_environment,
    free_port,
    run_dir,
)
from dev.servers import PREPARED_FILE, SERVERS_FILE, kept_servers, leave_address

PERSONAS = "/demo"
DEFAULT_PORT = 8000
ANSWERS_WITHIN = 60.0
LOOKS_EVERY = 0.2
SERVER_ERROR = 500
PACKAGES = {path.parent.name for path in ROOT.glob("*/apps.py")}
CELERY = [sys.executable, "-m", "celery", "--app", "stemfutures.celery:app"]


def main() -> int:
    """Start everything, wait for a reason to stop, stop everything."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    home = run_dir()
    try:
        with only_one(home) as lock:
            port = chosen_port()
            site = f"http://{LOOPBACK}:{port}"
            lock.write_text(site)
            return run(home, site, port, stop)
    except CannotRun as problem:
        print(problem, file=sys.stderr)
        return 1


def run(home: Path, site: str, port: int, stop: threading.Event) -> int:
    """Keep every part running until told to stop or until one of them dies."""
    build()
    with kept_servers(home) as servers, contextlib.ExitStack() as on_exit:
        environment = {**development_environment(home, site), **servers.urls}
        leave_address(home, servers.urls)
        on_exit.callback((home / SERVERS_FILE).unlink, missing_ok=True)
        print("Preparing the database …", flush=True)
        preparing = Preparing(home, environment).start()
        on_exit.callback(preparing.child.stop)
        if not preparing.changes_nothing:  # else the web may start meanwhile
            preparing.wait(stop)
        children = parts(home, port, environment)
        web, *others = children
        everything = [*servers.children, *children]
        on_exit.callback(stop_all, children)
        if not stop.is_set():
            web.start()
            preparing.wait(stop)
            wait_for_first_page(site, web, stop)
        if not stop.is_set():
            for child in others:
                child.start()
            announce(site, home)
            watch(everything, stop)
        print("\nStopping …", flush=True)
    print("Stopped.", flush=True)
    return 0


def parts(home: Path, port: int, environment: dict[str, str]) -> list[Child]:
    """Describe web, worker and beat."""
    commands = {
        "web": [
            *(sys.executable, "-m", "gunicorn", "stemfutures.wsgi:application"),
            *("--bind", f"{LOOPBACK}:{port}", "--worker-class", "gthread", "--threads", "4"),
            *("--no-control-socket", "--reload", "--graceful-timeout", "5"),
        ],
        "worker": [*CELERY, "worker", "--concurrency=1", "--loglevel=INFO"],
        "beat": [*CELERY, "beat", f"--schedule={home / 'beat'}", "--pidfile=", "--loglevel=INFO"],
    }
    return [
        Child(name, command, log=fresh_log(home, name), environment=environment)
        for name, command in commands.items()
    ]


class Preparing:
    """The step that brings the database up to date, and whether it is known to change nothing."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.stamp = home / PREPARED_FILE
        self.current = fingerprint(os.environ.get("DATABASE_URL", ""))
        self.child = Child(
            "prepare",
            [sys.executable, "-m", "dev.prepare"],
            log=fresh_log(home, "prepare"),
            environment=environment,
        )
        self.changes_nothing = self.stamp.exists() and self.stamp.read_text() == self.current

    def start(self) -> Self:
        """Start it; until it has succeeded nothing is known about the database."""
        self.stamp.unlink(missing_ok=True)
        self.child.start()
        return self

    def wait(self, stop: threading.Event) -> None:
        """Wait until it is done or we are told to stop; raise when it has failed."""
        while self.child.is_running and not stop.wait(LOOKS_EVERY / 4):
            pass
        if stop.is_set():
            return
        if self.child.process.returncode:
            raise CannotRun(f"The database could not be prepared:\n{self.child.last_words()}")
        self.stamp.write_text(self.current)


def fingerprint(database: str) -> str:
    """Sum up what preparing reads: migrations, commands and data files."""
    summary = sha256(database.encode())
    for file in sorted(ROOT.glob("*/**/*")):
        package, *folders = file.relative_to(ROOT).parts
        if package not in PACKAGES or "__pycache__" in folders or not file.is_file():
            continue
        if file.suffix != ".py" or {"migrations", "management"} & set(folders):
            summary.update(f"{file} {file.stat().st_mtime_ns}".encode())
    return summary.hexdigest()


def wait_for_first_page(site: str, web: Child, stop: threading.Event) -> None:
    """Wait until the first page is there; raise, saying why, if it does not come."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and not stop.is_set():
        refuse_if_dead([web])
        try:
            urllib.request.urlopen(site, timeout=10).close()  # noqa: S310  # our own address
        except urllib.error.HTTPError as answer:
            if answer.code >= SERVER_ERROR:
                raise CannotRun(f"The first page fails:\n{web.last_words()}") from answer
            return
        except OSError:
            stop.wait(LOOKS_EVERY / 4)
        else:
            return
    if not stop.is_set():
        raise CannotRun(f"No page at {site} after {ANSWERS_WITHIN:.0f} seconds")


def watch(children: list[Child], stop: threading.Event) -> None:
    """Wait until told to stop; raise when a part has died or make has gone."""
    starter = os.getppid() if "MAKELEVEL" in os.environ else None
    while not stop.wait(LOOKS_EVERY):
        refuse_if_dead(children)
        if starter and os.getppid() != starter:
            return


def refuse_if_dead(children: list[Child]) -> None:
    """Raise, with its last words, when a part is not running any more."""
    for child in children:
        if not child.is_running:
            raise CannotRun(f"{child.name} stopped by itself:\n{child.last_words()}")


def stop_all(children: list[Child]) -> None:
    """Ask all to stop, the web first, and wait for each."""
    running = [child for child in children if child.is_started and child.is_running]
    for child in running:
        child.process.send_signal(child.stops_by)
    for child in running:
        child.wait_or_kill()


def announce(site: str, home: Path) -> None:
    """Say where the service is."""
    print(f"\n  STEM Futures is at   {site}/")
    print(f"  Sign in as anyone    {site}{PERSONAS}\n")
    print(f"  Logs are in {home}. Ctrl-C stops everything.", flush=True)


def chosen_port() -> int:
    """Read PORT and refuse one that is taken; 0 means any that is free."""
    wanted = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not wanted.isdigit() or int(wanted) > 65_535:  # noqa: PLR2004  # the highest port
        raise CannotRun(f"PORT={wanted} is not a port: use a number like 8001")
    port = int(wanted)
    if port == 0:
        return free_port()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as problem:
            raise CannotRun(
                f"Port {port} is taken by another program: try PORT={port + 1} make run"
            ) from problem
    return port


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[Path]:
    """Hold this clone's lock; give the file in which to leave the address."""
    address = home / "address"
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            known = address.read_text() if address.exists() else "starting"
            raise CannotRun(f"This clone is already running: {known}") from problem
        address.unlink(missing_ok=True)
        yield address
        address.unlink(missing_ok=True)


def fresh_log(home: Path, name: str) -> Path:
    """Empty the log of a part, so that it tells of this run only."""
    log = home / f"{name}.log"
    log.write_text("")
    return log


if __name__ == "__main__":
    raise SystemExit(main())
