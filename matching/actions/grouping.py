"""A host says how much it wants the people who listed its place."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from matching.choices import RoundStatus
from matching.models import Grouping, Round, RoundList, RoundPlace
from matching.permissions import groups_people
from people.models import User

OPEN_TO_HOSTS = frozenset({RoundStatus.CHOOSING, RoundStatus.SECOND_ROUND, RoundStatus.LOCKED})


def ranking_page(place: RoundPlace) -> str:
    """Give the address a host goes back to."""
    opportunity = place.opportunity
    return reverse(
        "round-ranking",
        args=[opportunity.organisation.slug, place.round.slug, opportunity.reference],
    )


@transaction.atomic
def group_people(place: RoundPlace, groups: Mapping[str, int], *, by: User) -> int:
    """Keep a group for each list (by reference) that still holds the place; count them.

    Who has taken the place off their list meanwhile is left out, and so is the host's own list.
    """
    row = Round.objects.held_open(place.round_id)
    if not groups_people(by, place):
        raise StepNotAllowed(f"{by} does not act for {place}")
    if row.status not in OPEN_TO_HOSTS:
        text = _("Results are being made, so the groups cannot change any more.")
        raise Conflict(ranking_page(place), text)
    RoundPlace.objects.locked(place.pk)
    lists = RoundList.objects.listing(place).exclude(person=by)
    wanted = {mine.reference: mine for mine in lists}
    kept = [
        Grouping(place=place, list=wanted[reference], group=group, grouped_by=by)
        for reference, group in groups.items()
        if reference in wanted
    ]
    for grouping in kept:
        Grouping.objects.update_or_create(
            place=place,
            list=grouping.list,
            defaults={"group": grouping.group, "grouped_by": by, "grouped_at": timezone.now()},
        )
    record("group_people", place, by=by, people=len(kept))
    return len(kept)
