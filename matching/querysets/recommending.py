"""Every question to matching's own tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from matching.choices import RematchState, Rhythm

if TYPE_CHECKING:
    from matching.models import Change, Preference, RecommendedList, Rematch, RematchPart, Snapshot
    from people.models import User


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots."""

    def newest(self) -> Snapshot | None:
        """Find the newest, without its arrays."""
        return self.order_by("-pk").defer("content").first()

    def newest_pk(self) -> int | None:
        """Find the newest one's key, and read nothing else."""
        return self.order_by("-pk").values_list("pk", flat=True).first()


class ChangeQuerySet(models.QuerySet["Change"]):
    """Changes since the newest snapshot."""

    def waiting(self) -> list[tuple[int, int]]:
        """List the changes with their opportunities."""
        return list(self.order_by("pk").values_list("pk", "opportunity_id"))


class PreferenceQuerySet(models.QuerySet["Preference"]):
    """What people chose about their recommendations."""

    def off_for_each(self, users: list[int]) -> dict[int, frozenset[str]]:
        """List the signals that some people turned off."""
        rows = self.filter(user__in=users).values_list("user_id", "off")
        return {pk: frozenset(off) for pk, off in rows}

    def of_rhythm(self, rhythm: str) -> set[int]:
        """List who chose to hear of new opportunities at a rhythm."""
        return set(self.filter(rhythm=rhythm).values_list("user_id", flat=True))

    def looked_at(self, day: dt.date) -> set[int]:
        """List whom we need not look at on a day: looked at already, or wanting no letters."""
        monday = day - dt.timedelta(days=day.weekday())
        over = Q(rhythm=Rhythm.NEVER) | Q(looked_on__gte=day)
        over |= Q(rhythm=Rhythm.WEEKLY, looked_on__gte=monday)
        return set(self.filter(over).values_list("user_id", flat=True))

    def rhythm_of(self, user: User) -> str:
        """Give how often a person hears of new opportunities."""
        chosen = self.filter(user=user).values_list("rhythm", flat=True).first()
        return chosen or Rhythm.WEEKLY.value

    def off_for(self, user: User) -> frozenset[str]:
        """List the signals a person turned off."""
        return frozenset(self.filter(user=user).values_list("off", flat=True).first() or ())


LEASE = dt.timedelta(minutes=5)
MOST_TRIES = 5


class RematchQuerySet(models.QuerySet["Rematch"]):
    """Times that everybody was matched."""

    def live(self) -> RematchQuerySet:
        """Keep what is not over."""
        return self.filter(state__in=[RematchState.WAITING, RematchState.UNDER_WAY])

    def done(self) -> RematchQuerySet:
        """Keep those whose lists are whole, the newest first: the first one's lists count."""
        return self.filter(state=RematchState.DONE).order_by("-pk")

    def in_use(self) -> RematchQuerySet:
        """Keep what is not over, and the one whose lists count."""
        newest = self.done().values("pk")[:1]
        return self.filter(
            Q(state__in=[RematchState.WAITING, RematchState.UNDER_WAY]) | Q(pk__in=newest)
        )

    def counting(self) -> Rematch | None:
        """Find the one whose lists count, with the opportunities that they were made from."""
        return self.done().select_related("snapshot").first()

    def newest(self, most: int) -> list[Rematch]:
        """List the newest, with who asked."""
        return list(self.select_related("asked_by").order_by("-pk")[:most])

    def take(self, pk: int, state: str) -> Rematch | None:
        """Lock one in a state; none if it has moved on, or another worker has it."""
        return self.select_for_update(skip_locked=True).filter(pk=pk, state=state).first()


class RematchPartQuerySet(models.QuerySet["RematchPart"]):
    """The parts that workers share out."""

    def progress(self, rematches: list[Rematch]) -> dict[int, tuple[int, int]]:
        """Count the people who are done, and the parts that were tried more than once."""
        rows = self.filter(rematch__in=rematches).order_by().values("rematch")
        counted = rows.annotate(
            matched=Sum("people", filter=Q(done_at__isnull=False), default=0),
            again=Count("pk", filter=Q(tries__gt=1)),
        )
        return {row["rematch"]: (row["matched"], row["again"]) for row in counted}

    def of(self, rematch: Rematch) -> RematchPartQuerySet:
        """Keep the parts of one match, without their people."""
        return self.filter(rematch=rematch).defer("content")

    def undone(self) -> RematchPartQuerySet:
        """Keep what is still to do."""
        return self.filter(done_at=None)

    def free(self) -> RematchPartQuerySet:
        """Keep what is still to do and in nobody's hands: a worker's claim is a lease."""
        since = timezone.now() - LEASE
        return self.undone().filter(Q(claimed_at=None) | Q(claimed_at__lte=since))

    def given_up(self) -> RematchPartQuerySet:
        """Keep what was tried so often that trying again will not help."""
        return self.free().filter(tries__gte=MOST_TRIES)

    def claim(self, pk: int) -> RematchPart | None:
        """Take a part for this worker; of two who try, one gets it."""
        claimed = self.free().filter(pk=pk, tries__lt=MOST_TRIES)
        if not claimed.update(claimed_at=timezone.now(), tries=F("tries") + 1):
            return None
        return self.select_related("rematch__snapshot").get(pk=pk)


class RecommendedListQuerySet(models.QuerySet["RecommendedList"]):
    """Lists of the matches of everybody."""

    def of_people(self, rematch: int, people: list[int]) -> RecommendedListQuerySet:
        """Keep some people's lists of one match."""
        return self.filter(rematch=rematch, user__in=people)

    def lasts(self, rematch: int, people: list[int], full: int) -> list[tuple[int, int, int]]:
        """Give the last of each full list: whose, its points, its opportunity."""
        rows = self.of_people(rematch, people).filter(points__len=full)
        last = full - 1
        return list(rows.values_list("user_id", f"points__{last}", f"opportunities__{last}"))
