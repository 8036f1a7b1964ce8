"""Find a Chromium for the browser tests and start it: the system's, else the one from npm."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dev.processes import ROOT, CannotRun, run_dir

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
UNPACK = (
    "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"
)


@dataclass(frozen=True)
class Chromium:
    """A program and the arguments that it must be started with."""

    executable: str
    arguments: tuple[str, ...]


def find_chromium() -> Chromium:
    """Give the Chromium to drive; CHROMIUM in the environment names another."""
    arguments = ["--headless=shell", "--disable-gpu", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    installed = os.environ.get("CHROMIUM") or _from_system()
    if installed:
        return Chromium(installed, tuple(arguments))
    if "--no-sandbox" not in arguments:
        arguments.append("--no-sandbox")  # npm's has no set-uid helper beside it
    return Chromium(_from_npm(), (*arguments, "--no-zygote"))


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """Drive the Chromium that was found, for as long as the block lasts."""
    found = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.executable, args=list(found.arguments)
        )
        try:
            yield browser
        finally:
            browser.close()


def _from_system() -> str | None:
    """Look for an installed browser."""
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or (str(MAC) if MAC.exists() else None)


def _from_npm() -> str:
    """Unpack npm's Chromium into this clone's run folder."""
    folder = run_dir() / "chromium"
    folder.mkdir(exist_ok=True)
    node = shutil.which("node")
    unpacked = node and subprocess.run(  # noqa: S603  # our own fixed script
        [node, "-e", UNPACK],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not unpacked or unpacked.returncode:
        raise CannotRun(
            "No Chromium for the browser tests: install one, or run make install with Node;"
            " pytest --without-browser leaves these tests out and says so."
        )
    return unpacked.stdout.strip()
