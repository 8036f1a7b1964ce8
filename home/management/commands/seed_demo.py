"""Fills an empty database with the demo's people, partners, opportunities and applications."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import seeding


class Command(BaseCommand):
    """Load the demo once."""

    help = "Load the demo into a database that has no opportunities yet"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, unless this is production or it is there already."""
        if settings.PRODUCTION:
            raise CommandError("The demo's people cannot exist in production.")
        if seeding.is_loaded():
            self.stdout.write("The demo is there already.")
            return
        started = time.perf_counter()
        rows = seeding.load()
        self.stdout.write(
            f"{len(rows.applications)} applications, {len(rows.placements)} placements"
            f" in {time.perf_counter() - started:.1f} s"
        )
