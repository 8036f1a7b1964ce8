"""Child processes that log to a file, stop in good order and never outlive us."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
LEASH = ROOT / "dev" / "leash.py"
LOG_LINES_SHOWN = 15
LOOPBACK = "127.0.0.1"


class CannotRun(Exception):
    """What went wrong, in words for the person at the terminal."""


def run_dir() -> Path:
    """Give the folder that holds this clone's servers, logs and generated secrets."""
    folder = Path(os.environ.get("RUN_DIR") or ROOT / ".run").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def development_environment(home: Path, site: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """Give the environment of development: ours, then what settings need and nobody set."""
    return {
        "DEBUG": "1",
        "DEMO": "1",
        "SECRET_KEY": kept_secret(home / "secret-key"),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": site,
        "EMAIL_URL": "dummy://",
        # what numba compiled is there again after the next start
        "NUMBA_CACHE_DIR": str(home / "numba"),
        **os.environ,
        "PYTHONUNBUFFERED": "1",
    }


def kept_secret(file: Path) -> str:
    """Read a secret of this clone, making it up the first time."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text()


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Child:
    """One process of ours, its log and the signal that stops it well."""

    name: str
    command: list[str]
    log: Path
    stops_by: signal.Signals = signal.SIGTERM
    environment: dict[str, str] | None = None
    user: str = "-"
    process: subprocess.Popen[bytes] = field(init=False)
    is_started: bool = False

    def start(self, says: str = "") -> Self:
        """Start the command in its own session, on a leash held by this process."""
        leash = [sys.executable, "-I", str(LEASH), str(os.getpid()), str(int(self.stops_by))]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603  # our own fixed commands
                [*leash, self.user, *self.command],
                stdin=subprocess.PIPE if says else subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd=ROOT if self.user == "-" else "/",
                start_new_session=True,
            )
        self.is_started = True
        if self.process.stdin is not None:
            self.process.stdin.write(says.encode())
            self.process.stdin.close()
        return self

    @property
    def is_running(self) -> bool:
        """Whether the process is still there."""
        return self.process.poll() is None

    def stop(self, patience: float = 10) -> None:
        """Ask it to stop; after the patience has run out, end its whole session."""
        if not self.is_running:
            return
        self.process.send_signal(self.stops_by)
        self.wait_or_kill(patience)

    def wait_or_kill(self, patience: float = 10) -> None:
        """Wait for a process that was asked to stop; kill its session if it does not."""
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(patience)

    def last_words(self) -> str:
        """Give the end of its log, for the message that it died."""
        lines = self.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
        return "\n".join(f"  {self.name}: {line}" for line in lines)
