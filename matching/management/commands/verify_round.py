"""Checks a published round again, from nothing but what was frozen and the published seed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.live.contest import problems
from matching.models import Round, Run


class Command(BaseCommand):
    """Verify every published stage of a round."""

    help = "Check a round's published results against what they were made from"

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the round."""
        parser.add_argument("slug", help="the end of the round's address, like autumn-2026")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check hash, seed, outcome by two kernels, and every cut-off; fail when one is wrong."""
        row = Round.objects.named(options["slug"])
        if row is None:
            raise CommandError("There is no round with this address.")
        published = list(Run.objects.published(row))
        if not published:
            raise CommandError("Nothing of this round was published yet.")
        for run in published:
            self._check(run, row)

    def _check(self, run: Run, row: Round) -> None:
        found = list(problems(run.inputs, run.inputs_hash, run.outcome, run.certificate))
        if run.inputs["seed"] != row.seed:
            found.append("the seed is not the one whose hash the round showed")
        if found:
            raise CommandError(f"Stage {run.stage}, run {run.number}: {'; '.join(found)}.")
        counts = run.counts
        self.stdout.write(
            f"Stage {run.stage}, run {run.number}: {counts['matched']} of {counts['people']}"
            f" people matched, everything holds ({run.inputs_hash[:12]})"
        )
