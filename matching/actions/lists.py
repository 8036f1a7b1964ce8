"""Changes somebody's list in a round: saved at once, nothing lost by two windows or presses."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from matching.live.eligible import why_not
from matching.models import Choice, Round, RoundList, RoundPlace
from matching.permissions import lists_places
from people.models import User


def choices_page(row: Round) -> str:
    """Give the address somebody goes back to."""
    return reverse("round-choices", args=[row.slug])


@transaction.atomic
def add(place: RoundPlace, *, by: User) -> RoundList:
    """Put a place at the end of the person's list; a place that is there already stays."""
    mine = locked_list(place.round, by)
    place = RoundPlace.objects.with_opportunity().get(pk=place.pk)
    chosen = _chosen(mine)
    if place.pk in chosen:
        return mine
    if len(chosen) >= mine.round.most_choices:
        text = ngettext(
            "You can list up to %(most)d place",
            "You can list up to %(most)d places",
            mine.round.most_choices,
        )
        raise Conflict(choices_page(mine.round), text % {"most": mine.round.most_choices})
    if not place.is_available:
        text = _("‘%(title)s’ is not available in this round any more.")
        raise Conflict(choices_page(mine.round), text % {"title": place.opportunity.title})
    if reasons := why_not(by, place.opportunity):
        raise Conflict(choices_page(mine.round), f"{reasons[0]}.")
    Choice.objects.create(list=mine, place=place, position=len(chosen) + 1)
    return _saved(mine, "list_place", by=by)


@transaction.atomic
def move(place: RoundPlace, *, by: User, position: int, version: int) -> int:
    """Move a place on the list to a position; give where it is now.

    Where it stands there already nothing is done, so a second press of a button changes nothing.
    Otherwise whoever saw an older list is told, because positions mean something else by now.
    """
    mine = locked_list(place.round, by)
    chosen = _chosen(mine)
    position = max(1, min(position, len(chosen)))
    if place.pk not in chosen:
        text = _("This place is not on your list any more. This is your list now.")
        raise Conflict(choices_page(mine.round), text)
    if chosen.index(place.pk) == position - 1:
        return position
    if mine.version != version:
        text = _("Your list changed in another window. Nothing was moved. This is your list now.")
        raise Conflict(choices_page(mine.round), text)
    chosen.remove(place.pk)
    chosen.insert(position - 1, place.pk)
    _number(mine, chosen)
    _saved(mine, "move_place", by=by)
    return position


@transaction.atomic
def remove(place: RoundPlace, *, by: User) -> bool:
    """Take a place off the list; tell whether it was on it."""
    mine = locked_list(place.round, by)
    chosen = _chosen(mine)
    if place.pk not in chosen:
        return False
    Choice.objects.filter(list=mine, place=place).delete()
    chosen.remove(place.pk)
    _number(mine, chosen)
    _saved(mine, "unlist_place", by=by)
    return True


def locked_list(row: Round, by: User) -> RoundList:
    """Hold the round open, then lock the person's list in it: made when first needed.

    To be called in the caller's transaction, which it makes wait for whoever moves the round.
    """
    if not lists_places(by):
        raise StepNotAllowed(f"{by} lists no places")
    row = Round.objects.held_open(row.pk)
    if not row.takes_choices:
        text = _("Lists are locked. Nothing was changed.")
        raise Conflict(choices_page(row), text)
    waited = RoundList.objects.rounds_waited(by)
    RoundList.objects.get_or_create(round=row, person=by, defaults={"rounds_waited": waited})
    mine: RoundList = RoundList.objects.select_for_update(no_key=True).get(round=row, person=by)
    mine.round = row
    return mine


def _chosen(mine: RoundList) -> list[int]:
    rows = Choice.objects.filter(list=mine).order_by("position")
    return list(rows.values_list("place_id", flat=True))


def _number(mine: RoundList, chosen: list[int]) -> None:
    """Write positions from 1; the database checks them when the transaction ends."""
    rows = {row.place_id: row for row in Choice.objects.filter(list=mine)}
    for position, place in enumerate(chosen, start=1):
        rows[place].position = position
    Choice.objects.bulk_update(rows.values(), ["position"])


def _saved(mine: RoundList, action: str, *, by: User) -> RoundList:
    """Note in the caller's transaction that the list is another now."""
    mine.version += 1
    mine.saved_at = timezone.now()
    mine.save(update_fields=["version", "saved_at"])
    record(action, mine, by=by)
    return mine
