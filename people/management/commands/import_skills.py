"""The command that imports a published list of skills."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.actions.imports import import_skills
from people.importers import ImportRefused, SkillRow, parse_esco, parse_gdad

FILES = {"gdad": 1, "esco": 2}


class Command(BaseCommand):
    """Import skills: `gdad SKILLS.csv`, or `esco SKILLS.csv SKILL_GROUPS.csv`."""

    help = "Import the skills of a published framework: the whole file, or nothing of it"

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the source and its files."""
        parser.add_argument("source", choices=sorted(FILES))
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--edition", default="", help="the version the publisher gives it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, write and count; or name every error and write nothing."""
        source, files = options["source"], options["files"]
        if len(files) != FILES[source]:
            raise CommandError(f"{source} needs {FILES[source]} file(s)")
        try:
            groups, rows = self.read(source, files)
        except (ImportRefused, OSError) as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        counts = import_skills(source, groups, rows, edition=options["edition"])
        said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        self.stdout.write(f"{len(rows)} skills read: {said}")

    def read(self, source: str, files: list[Path]) -> tuple[dict[str, str], list[SkillRow]]:
        """Read the files of a source."""
        return parse_gdad(files[0]) if source == "gdad" else parse_esco(files[0], files[1])
