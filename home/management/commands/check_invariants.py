"""Asks whether anything is as it should never be; the exit code is 1 when something is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.live.invariants import INVARIANTS, breaches


class Command(BaseCommand):
    """Check every invariant."""

    help = "Look for what should be impossible"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each rule that does not hold, with some of the rows."""
        found = breaches()
        for breach in found:
            self.stdout.write(f"BROKEN {breach.invariant.name}: {breach.invariant.sentence}")
            self.stdout.write(f"  {breach.count} rows, such as {', '.join(breach.examples)}")
        if found:
            raise CommandError(f"{len(found)} of {len(INVARIANTS)} invariants do not hold")
        self.stdout.write(f"All {len(INVARIANTS)} invariants hold")
