"""Writes docs/lifecycles.md from the lifecycle tables, or tells that it is out of date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.lifecycle import Lifecycle
from core.wording import Audience
from matching.lifecycle import ROUND
from placements.lifecycle import LIFECYCLES
from placements.wording import APPLICATION_WORDING

PATH = Path(settings.BASE_DIR) / "docs" / "lifecycles.md"


class Command(BaseCommand):
    """Generate the page about lifecycles."""

    help = "Write docs/lifecycles.md from the tables in lifecycle.py and wording.py"

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to compare instead of writing."""
        parser.add_argument(
            "--check", action="store_true", help="fail when the page is not current"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or compare it."""
        text = "\n".join(page()) + "\n"
        if not options["check"]:
            PATH.write_text(text, encoding="utf-8")
        elif not PATH.exists() or PATH.read_text(encoding="utf-8") != text:
            raise CommandError("docs/lifecycles.md is out of date: run `make docs`.")


def page() -> Iterator[str]:
    """Give the lines of the page."""
    yield "# Lifecycles"
    yield ""
    yield (
        "Made by `make docs` from `placements/lifecycle.py`, `matching/lifecycle.py` and"
        " `placements/wording.py`."
    )
    for lifecycle in (*LIFECYCLES, ROUND):
        yield from steps(lifecycle)
    yield ""
    yield "## What an application's state is called"
    yield ""
    yield "| state | applicant | host | department | whose turn |"
    yield "| --- | --- | --- | --- | --- |"
    for state, row in APPLICATION_WORDING.items():
        words = (row.for_audience(audience) for audience in Audience)
        cells = " | ".join(f"{word.label} ({word.colour})" if word else "–" for word in words)
        yield f"| `{state}` | {cells} | {row.turn} |"


def steps(lifecycle: Lifecycle) -> Iterator[str]:
    """Give the table of one lifecycle."""
    yield ""
    yield f"## {lifecycle.name.capitalize()}"
    yield ""
    yield "| step | button | from | to | who may |"
    yield "| --- | --- | --- | --- | --- |"
    for step in lifecycle:
        sources = ", ".join(f"`{source}`" for source in sorted(step.sources))
        who = (step.rule.__doc__ or "").strip()
        yield f"| `{step.name}` | {step.label} | {sources} | `{step.target}` | {who} |"
