"""The command that loads what the service ships with."""

from typing import Any

from django.core.management.base import BaseCommand

from people.actions.reference import load_reference_data


class Command(BaseCommand):
    """Load grades, professions, places, departments, skills and the default approval ladder."""

    help = "Load the reference data the service ships with; running it again changes nothing"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what is new."""
        new = load_reference_data()
        said = ", ".join(f"{count} {name}" for name, count in new.items() if count)
        self.stdout.write(f"New: {said or 'nothing'}")
