"""The command that imports the organisations GOV.UK lists."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions.imports import import_departments
from people.importers import ImportRefused, parse_organisations


class Command(BaseCommand):
    """Import departments, agencies and public bodies from a list of GOV.UK's organisations."""

    help = "Import the organisations of GOV.UK: the whole file, or nothing of it"

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, write and count; or name every error and write nothing."""
        try:
            rows = parse_organisations(options["file"])
        except (ImportRefused, OSError) as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        counts = import_departments(rows)
        said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        self.stdout.write(f"{len(rows)} organisations read: {said}")
