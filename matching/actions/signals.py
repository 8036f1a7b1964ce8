"""Keeps what people chose about their recommendations."""

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from matching.engine.points import SLUGS
from matching.models import Preference
from people.models import User


@transaction.atomic
def choose_signals(user: User, *, by: User, used: list[str]) -> Preference:
    """Keep which signals a person's recommendations use; the rest are off."""
    Preference.objects.get_or_create(user=user)
    preference = Preference.objects.select_for_update().get(user=user)
    preference.off = [slug for slug in SLUGS if slug not in used]
    preference.changed_at = timezone.now()
    preference.save(update_fields=["off", "changed_at"])
    record("choose_signals", preference, by=by, off=preference.off)
    return preference
