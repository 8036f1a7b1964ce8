"""Give the tests their own servers, and say out loud when the browser tests are left out."""

import contextlib
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it has no types

from dev.browser import launched
from dev.processes import run_dir
from dev.servers import throwaway_servers

BROWSER = "browser"
LEFT_OUT = pytest.StashKey[int]()
# these share what takes long to make: the running service, and compiled code
TOGETHER = ("tests/browser/", "tests/matching/engine/test_everyone.py")
NEEDS_NO_SERVERS = {"-h", "--help", "-V", "--version", "--markers", "--fixtures"}
ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-only-for-tests",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "dummy://",
    "DEBUG": "0",
    "DEMO": "1",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option that leaves the browser tests out."""
    parser.addoption(
        "--without-browser",
        action="store_true",
        help="leave out the tests that drive a browser, and say how many",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Start the servers before Django reads its settings; xdist's workers inherit them."""
    os.environ.update(ENVIRONMENT)
    os.environ.setdefault("NUMBA_CACHE_DIR", str(run_dir() / "numba"))
    if "PYTEST_XDIST_WORKER" in os.environ or NEEDS_NO_SERVERS.intersection(args):
        return
    stack = contextlib.ExitStack()
    early_config.add_cleanup(stack.close)
    os.environ.update(stack.enter_context(throwaway_servers()).urls)


class SomeTogether(LoadScopeScheduling):  # type: ignore[misc]  # as above
    """Give each worker the next test, and one worker all that belong together, those first."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SomeTogether:
    """Share the tests out; xdist's own groups ask for a pytest before 9."""
    return SomeTogether(config, log)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Drive a real Chromium; without one this is an error, never a skip."""
    with launched() as browser:
        yield browser


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the browser tests out when asked to, and count them."""
    if not config.getoption("--without-browser"):
        return
    left_out = [item for item in items if item.get_closest_marker(BROWSER)]
    config.stash[LEFT_OUT] = len(left_out)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Learn from a worker of xdist how many tests it left out."""
    output = getattr(node, "workeroutput", {})
    config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist has no types
    config.stash[LEFT_OUT] = max(config.stash.get(LEFT_OUT, 0), output.get("left_out", 0))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Hand the count of a worker of xdist to its controller."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(LEFT_OUT, 0)
    yield


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many browser tests did not run."""
    if config.getoption("--without-browser"):
        count = config.stash.get(LEFT_OUT, 0)
        terminalreporter.write_line(f"NOT RUN: {count} browser tests", yellow=True)
