"""Adds two matching rounds to the demo: one in which people choose, one with results."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.demo.rounds import load_rounds
from matching.models import Round
from people.models import User


class Command(BaseCommand):
    """Load the demo's rounds once."""

    help = "Add two matching rounds to the demo, with people's lists and hosts' groups"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load them, unless this is production or there are rounds already."""
        if settings.PRODUCTION:
            raise CommandError("The demo's people cannot exist in production.")
        if Round.objects.exists():
            self.stdout.write("There are rounds already.")
            return
        rows = User.objects.newcomers().filter(profile__line_manager__isnull=False, pk__gt=0)
        people = list(rows.select_related("department", "profile__line_manager"))
        for row in load_rounds(people):
            self.stdout.write(f"{row.name}: {row.get_status_display()}")
