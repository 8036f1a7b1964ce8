"""What the pages in docs/ say about the code is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = sorted((ROOT / "docs").rglob("*.md"))
EXAMPLES = re.findall(
    r"```python\n# (\S+\.py)\n(.*?)\n```",
    (ROOT / "docs" / "how-we-write.md").read_text(),
    re.DOTALL,
)


@pytest.mark.parametrize(("path", "code"), EXAMPLES)
def test_an_example_stands_in_the_file_it_names(path, code):
    assert code in (ROOT / path).read_text(encoding="utf-8")


def test_there_are_examples():
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_commands_that_are_named_are_there(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+/[a-z_/]+\.(?:py|html|txt|md))`", text)
    commands = re.findall(r"manage\.py ([a-z_]+)", text)

    assert [path for path in named if not (ROOT / path).exists()] == []
    known = {path.stem for path in ROOT.glob("*/management/commands/*.py")} | {
        "migrate", "shell", "createcachetable", "clearsessions", "check"
    }  # fmt: skip
    assert set(commands) <= known
