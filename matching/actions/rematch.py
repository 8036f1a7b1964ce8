"""Matches everybody: asked for, cut in parts, worked out by any worker, switched at once.

Lists belong to the match that made them, and those of the newest match that is done count. So
two matches cannot mix, nobody sees half of one, and a part that is done twice is done once.
"""

import hashlib

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.calendar import today
from core.errors import Conflict
from matching.actions.arrays import rebuild
from matching.choices import RematchState
from matching.live import files
from matching.live.crowd import PART, in_parts
from matching.live.rematch import lists_of, store_lists
from matching.live.world import World
from matching.models import PersonChange, RecommendedList, Rematch, RematchPart
from people.models import User

log = structlog.get_logger()


@transaction.atomic
def ask_for_rematch(*, by: User) -> Rematch:
    """Ask for a match of everybody; Conflict when one is on its way already."""
    rematch = _asked(by)
    if rematch is None:
        raise Conflict(
            "scheme-jobs", _("Everybody is being matched already. Nothing was changed.")
        )
    return rematch


@transaction.atomic
def start_nightly() -> Rematch | None:
    """Ask for the night's match, unless it was asked for already."""
    service = User.objects.system()
    if Rematch.objects.filter(asked_by=service, queued_at__date=today()).exists():
        return None
    return _asked(service)


def _asked(by: User) -> Rematch | None:
    if Rematch.objects.live().exists():
        return None
    try:
        with transaction.atomic():
            rematch = Rematch.objects.create(asked_by=by)
    except IntegrityError:
        # somebody else asked at the same moment
        return None
    record("match_everybody", rematch, by=by)
    return rematch


@transaction.atomic
def prepare_rematch(pk: int, size: int = PART) -> list[int]:
    """Freeze opportunities and people as arrays and cut them in parts; give the parts' keys.

    All or nothing: a worker that stops here leaves the match waiting, and another begins anew.
    """
    rematch = Rematch.objects.take(pk, RematchState.WAITING)
    if rematch is None:
        return []
    PersonChange.objects.cover(rematch.pk)
    snapshot = rebuild()
    parts = []
    for number, people in enumerate(in_parts(World.from_manifest(snapshot.manifest), size)):
        content = files.packed(people)
        part = RematchPart.objects.create(
            rematch=rematch,
            number=number + 1,
            people=len(people),
            hash=hashlib.sha256(content).hexdigest(),
            content=content,
        )
        parts.append(part.pk)
        rematch.people += len(people)
    rematch.state = RematchState.UNDER_WAY
    rematch.started_at = timezone.now()
    rematch.snapshot = snapshot
    rematch.opportunities = snapshot.opportunities
    rematch.manifest = {
        "opportunities": snapshot.hash,
        "weights_version": snapshot.weights_version,
        "lottery_seed": snapshot.lottery_seed,
        "code_version": snapshot.code_version,
        # what closes at midnight is on every list or on none
        "day": today().isoformat(),
    }
    rematch.save()
    return parts


def match_part(pk: int) -> bool:
    """Work out the lists of a part; false when another worker has it, or it is done."""
    part = RematchPart.objects.claim(pk)
    if part is None or part.rematch.state != RematchState.UNDER_WAY:
        return False
    rows = lists_of(part)
    with transaction.atomic():
        mine = RematchPart.objects.undone().filter(pk=pk, claimed_at=part.claimed_at)
        # whoever took so long that the part was given to another has lost it
        if not mine.update(done_at=timezone.now()):
            return False
        store_lists(part, rows)
    return True


@transaction.atomic
def finish_rematch(pk: int) -> bool:
    """Let the lists count once every part is done, and take earlier matches' lists away."""
    rematch = Rematch.objects.take(pk, RematchState.UNDER_WAY)
    if rematch is None:
        return False
    parts = RematchPart.objects.filter(rematch=rematch)
    if parts.given_up().exists():
        _end(rematch, RematchState.FAILED)
        log.error("match of everybody given up", rematch=rematch.pk)
        return True
    if parts.undone().exists():
        return False
    _end(rematch, RematchState.DONE)
    return True


def _end(rematch: Rematch, state: RematchState) -> None:
    """Switch: in one transaction these lists count and the older ones are gone."""
    rematch.state = state
    rematch.finished_at = timezone.now()
    rematch.save(update_fields=["state", "finished_at"])
    lists, parts = RecommendedList.objects, RematchPart.objects.exclude(content=b"")
    if state == RematchState.DONE:
        lists.filter(rematch__lt=rematch.pk).delete()
        # the people of the newest match stay: new opportunities are put to them
        parts.filter(rematch__lt=rematch.pk).update(content=b"")
        PersonChange.objects.forget(rematch.pk)
    else:
        lists.filter(rematch=rematch).delete()
        parts.filter(rematch=rematch).update(content=b"")
        PersonChange.objects.uncover(rematch.pk)
    files.tidy()


def next_steps() -> tuple[list[int], list[int], list[int]]:
    """Say what workers should do: matches to prepare, parts to match, matches to finish."""
    live = Rematch.objects.live()
    under_way = live.filter(state=RematchState.UNDER_WAY)
    return (
        list(live.filter(state=RematchState.WAITING).values_list("pk", flat=True)),
        list(
            RematchPart.objects.free().filter(rematch__in=under_way).values_list("pk", flat=True)
        ),
        list(under_way.values_list("pk", flat=True)),
    )
