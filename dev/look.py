"""Save a picture of every page, as each role sees it, wide and on a phone: `make look`.

Uses the demo that `make run` runs, or runs one for the time it takes. The pictures are in
.run/look/, one folder for each role.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django
from playwright.sync_api import Browser, BrowserContext

from dev.browser import launched
from dev.processes import ROOT, CannotRun, development_environment, run_dir

WIDTHS = (1280, 375)
HEIGHT = 900
SHAPES_OF_EACH_NAME = 3
STARTS_WITHIN = 120.0
STOPS_WITHIN = 30.0


def main() -> int:
    """Take the pictures; give how many could not be taken."""
    folder = run_dir() / "look"
    shutil.rmtree(folder, ignore_errors=True)
    os.environ.update(development_environment(run_dir()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemfutures.settings")
    django.setup()  # the names of addresses come from the service's own table of them
    with demo() as site, launched() as browser:
        missed = look(browser, site, folder)
    print(f"The pictures are in {folder}")
    for each in missed:
        print(f"No picture of {each}", file=sys.stderr)
    return int(bool(missed))


def look(browser: Browser, site: str, folder: Path) -> list[str]:
    """Go wherever links lead, role by role; give what did not answer."""
    from dev.crawl import VISITOR, crawl, personas, shape_of  # noqa: PLC0415 # needs settings

    missed: list[str] = []
    fetched: dict[str, Counter[str]] = {}
    shapes: set[tuple[str, str, frozenset[str]]] = set()
    counted: Counter[tuple[str, str]] = Counter()
    with contextlib.closing(browser.new_context(base_url=site)) as nobody:
        everybody = personas(nobody)
    for persona in everybody:
        start = ("/", "/gallery", "/demo") if persona == VISITOR else ("/home",)
        with contextlib.closing(browser.new_context(base_url=site)) as context:
            persona.sign_in(context)
            for visit in crawl(context, start, fetched.setdefault(persona.role, Counter())):
                if visit.is_dead:
                    missed.append(f"{visit.path} as {persona.name}: {visit.status}")
                    continue
                shape = (persona.role, visit.name, shape_of(visit.html))
                place = (persona.role, visit.name)
                if shape in shapes or counted[place] >= SHAPES_OF_EACH_NAME:
                    continue
                shapes.add(shape)
                counted[place] += 1
                name = f"{visit.name}-{counted[place]}"
                if not picture(context, visit.path, folder / persona.role, name):
                    missed.append(f"{visit.path} as {persona.name}")
        print(f"{persona.name}: {sum(counted.values())} pages so far", flush=True)
    return missed


def picture(context: BrowserContext, path: str, folder: Path, name: str) -> bool:
    """Save one page at each width; say whether it answered."""
    page = context.new_page()
    answer = page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.close()
    return answer is not None and answer.ok


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Give the address of the demo that is running, or run one."""
    known = run_dir() / "address"
    if known.exists() and known.read_text().startswith("http"):
        yield known.read_text()
        return
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o755)  # noqa: S103, PTH101 # as a clone's own folder would be
        environment = {**os.environ, "PORT": "0", "RUN_DIR": home}
        for name in ("DATABASE_URL", "REDIS_URL", "SITE_URL"):
            environment.pop(name, None)
        with subprocess.Popen([sys.executable, "-m", "dev.run"], cwd=ROOT, env=environment) as run:
            try:
                yield announced(run, Path(home))
            finally:
                run.send_signal(signal.SIGINT)
                run.wait(STOPS_WITHIN)


def announced(run: subprocess.Popen[bytes], home: Path) -> str:
    """Wait until the demo has started its worker, which it does last, and give its address."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and run.poll() is None:
        beat = home / "beat.log"
        if beat.exists() and beat.stat().st_size:
            return (home / "address").read_text()
        time.sleep(0.2)
    raise CannotRun("The demo did not start")


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except CannotRun as problem:
        raise SystemExit(str(problem)) from problem
