"""Plans a round: its dates and rules, and which opportunities take part with how many places."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.actions import record
from core.errors import Conflict, StepNotAllowed, StepNotOpen, constraint_of
from matching.choices import PUBLIC_ROUND, RoundStatus
from matching.models import Round, RoundPlace
from matching.permissions import runs_rounds
from matching.querysets.rounds import could_take_part
from people.models import User
from placements.models import Opportunity

NAMED_ONCE = "matching_round_slug_key"
MOST_TRIES = 20
SETS = ("reserve_regions", "reserve_departments")


def scheme_page(row: Round) -> str:
    """Give the address the scheme team goes back to."""
    return f"/scheme/rounds/{row.slug}"


@transaction.atomic
def plan(*, by: User, values: Mapping[str, Any]) -> Round:
    """Plan a round; its address is made of its name and never changes."""
    _require(by)
    fields = {name: value for name, value in values.items() if name not in SETS}
    row = _created(slugify(fields["name"])[:80] or "round", {**fields, "created_by": by})
    for name in SETS:
        getattr(row, name).set(values[name])
    record("plan_round", row, by=by, slug=row.slug)
    return row


def _created(slug: str, fields: Mapping[str, Any]) -> Round:
    for number in range(1, MOST_TRIES):
        try:
            with transaction.atomic():
                return Round.objects.create(
                    slug=slug if number == 1 else f"{slug}-{number}", **fields
                )
        except IntegrityError as error:
            if constraint_of(error) != NAMED_ONCE:
                raise
    raise Conflict("scheme-rounds", _("There are rounds with this name already. Choose another."))


@transaction.atomic
def edit(row: Round, *, by: User, version: int, values: Mapping[str, Any]) -> Round:
    """Change a round that is still planned, unless somebody changed it meanwhile."""
    row = _planned(row, by)
    if row.version != version:
        text = _("Somebody else changed this round. Look at it as it is now, then change it.")
        raise Conflict(scheme_page(row), text)
    changed = sorted(
        name for name, value in values.items() if name in SETS or getattr(row, name) != value
    )
    for name, value in values.items():
        if name in SETS:
            getattr(row, name).set(value)
        else:
            setattr(row, name, value)
    row.version += 1
    row.save()
    record("edit_round", row, by=by, changed=changed)
    return row


@transaction.atomic
def add_places(row: Round, *, by: User, references: list[str]) -> int:
    """Let opportunities take part with all the places they have left; count them.

    What cannot take part any more is left out, and the count says so.
    """
    _require(by)
    row = Round.objects.locked(row.pk)
    _require_choosable(row)
    wanted = Opportunity.objects.with_references(references)
    locked = [Opportunity.objects.locked(pk) for pk in sorted(wanted.values_list("pk", flat=True))]
    may = set(could_take_part(row).filter(pk__in=[each.pk for each in locked]).values_list("pk"))
    added = [each for each in locked if (each.pk,) in may]
    RoundPlace.objects.bulk_create(
        RoundPlace(round=row, opportunity=each, places=each.places_left) for each in added
    )
    if added:
        record("add_to_round", row, by=by, opportunities=[each.reference for each in added])
    return len(added)


@transaction.atomic
def change_places(place: RoundPlace, *, by: User, places: int) -> RoundPlace:
    """Set how many places an opportunity gives to a round: never more than it has left."""
    place = _locked_place(place, by)
    left = place.opportunity.places_left
    if places > left:
        text = ngettext(
            "‘%(title)s’ has %(left)d place left. Nothing was changed.",
            "‘%(title)s’ has %(left)d places left. Nothing was changed.",
            left,
        )
        told = {"title": place.opportunity.title, "left": left}
        raise Conflict(f"{scheme_page(place.round)}/places", text % told)
    place.places = places
    place.save(update_fields=["places"])
    reference = place.opportunity.reference
    record("change_places", place.round, by=by, opportunity=reference, places=places)
    return place


@transaction.atomic
def take_out(place: RoundPlace, *, by: User) -> None:
    """Take an opportunity out of a round; once people could list it, it stays as taken out."""
    place = _locked_place(place, by)
    row, reference = place.round, place.opportunity.reference
    if row.status == RoundStatus.PLANNED:
        place.delete()
    else:
        place.withdrawn_at = timezone.now()
        place.save(update_fields=["withdrawn_at"])
    record("take_out_of_round", row, by=by, opportunity=reference)


def _locked_place(place: RoundPlace, by: User) -> RoundPlace:
    _require(by)
    row = Round.objects.locked(place.round_id)
    _require_choosable(row)
    opportunity = Opportunity.objects.locked(place.opportunity_id)
    fresh = RoundPlace.objects.locked(place.pk) if _is_there(place) else None
    if fresh is None or fresh.withdrawn_at is not None:
        raise StepNotOpen(f"{scheme_page(row)}/places", "change_places")
    found: RoundPlace = fresh
    found.round, found.opportunity = row, opportunity
    return found


def _is_there(place: RoundPlace) -> bool:
    return RoundPlace.objects.filter(pk=place.pk).exists()


def _require_choosable(row: Round) -> None:
    """Insist that lists are not locked: after that the places are those of the draw."""
    if row.status in PUBLIC_ROUND and not row.takes_choices:
        raise StepNotOpen(scheme_page(row), "change_places")


def _planned(row: Round, by: User) -> Round:
    _require(by)
    fresh: Round = Round.objects.locked(row.pk)
    if fresh.status != RoundStatus.PLANNED:
        raise StepNotOpen(scheme_page(fresh), "edit")
    return fresh


def _require(by: User) -> None:
    if not runs_rounds(by):
        raise StepNotAllowed(f"{by} does not run rounds")
