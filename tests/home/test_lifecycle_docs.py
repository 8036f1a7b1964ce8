"""The page about lifecycles is made from the tables, and says when it is out of date."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from home.management.commands import lifecycle_docs
from placements.lifecycle import APPLICATION
from placements.wording import APPLICATION_WORDING


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "lifecycles.md"
    monkeypatch.setattr(lifecycle_docs, "PATH", path)
    return path


def test_every_step_and_every_state_stands_on_the_page(path):
    call_command("lifecycle_docs")

    text = path.read_text()
    assert all(f"| `{step.name}` |" in text for step in APPLICATION)
    assert all(f"| `{state}` |" in text for state in APPLICATION_WORDING)
    call_command("lifecycle_docs", check=True)


def test_a_page_that_is_out_of_date_is_an_error(path):
    with pytest.raises(CommandError, match="make docs"):
        call_command("lifecycle_docs", check=True)

    path.write_text("old")
    with pytest.raises(CommandError, match="make docs"):
        call_command("lifecycle_docs", check=True)


def test_the_page_in_the_repository_is_current():
    call_command("lifecycle_docs", check=True)
