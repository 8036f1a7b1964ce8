"""Finding a Chromium: the one named, the system's, npm's, and a plain error without any."""

import subprocess
import sys

import pytest

from dev import browser
from dev.processes import ROOT, CannotRun

ONE_BROWSER_TEST = """
import pytest

@pytest.mark.browser
def test_drives_a_browser(chromium):
    page = chromium.new_page()
    page.set_content("<h1>Here</h1>")
    assert page.inner_text("h1") == "Here"

def test_needs_none():
    assert True
"""


def test_the_browser_named_in_the_environment_wins(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/own/chromium")
    assert browser.find_chromium().executable == "/opt/own/chromium"


def test_without_a_browser_or_node_it_says_what_to_do(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(browser, "MAC", ROOT / "no such program")
    with pytest.raises(CannotRun, match="No Chromium for the browser tests"):
        browser.find_chromium()


@pytest.fixture
def run_pytest(tmp_path, monkeypatch):
    """Run pytest on one browser test and one other, with this project's settings."""
    file = tmp_path / "test_one.py"
    file.write_text(ONE_BROWSER_TEST)

    def run(*options, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
        command = [sys.executable, "-m", "pytest", f"--config-file={ROOT}/pyproject.toml"]
        ended = subprocess.run(  # noqa: S603  # this file's own test
            [*command, "-p", "no:cacheprovider", f"--rootdir={ROOT}", *options, str(file)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    return run


def test_the_fixture_drives_a_page(run_pytest):
    code, output = run_pytest()
    assert code == 0, output
    assert "2 passed" in output


def test_browser_tests_without_a_browser_are_errors_not_skips(run_pytest):
    code, output = run_pytest(CHROMIUM="/nowhere/chromium")
    assert code == 1
    assert "1 passed, 1 error" in output


@pytest.mark.parametrize("workers", ["0", "2"])
def test_leaving_the_browser_out_is_said(run_pytest, workers):
    code, output = run_pytest("--without-browser", "-n", workers)
    assert code == 0, output
    assert "NOT RUN: 1 browser tests" in output
