"""Every question about rounds and the places that take part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q, Sum

from core.calendar import today
from matching.choices import PUBLIC_ROUND, TAKES_CHOICES, RoundStatus
from placements.choices import Direction
from placements.models import Opportunity
from placements.querysets.lockable import Lockable
from placements.querysets.opportunities import LONG_COLUMNS
from placements.searching import tsquery

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import AnonymousUser

    from experts.models import Organisation
    from matching.models import Round, RoundPlace
    from people.models import User

WANTED = Q(round_places__withdrawn_at__isnull=True)


class RoundQuerySet(Lockable, models.QuerySet["Round"]):
    """Matching rounds."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what has opened; the scheme team sees what is planned, too."""
        if user.is_authenticated and user.is_scheme_team:
            return self
        return self.filter(status__in=PUBLIC_ROUND)

    def with_counts(self) -> Self:
        """Count the opportunities that take part, and their places."""
        return self.annotate(
            opportunity_count=Count("round_places", filter=WANTED),
            place_count=Sum("round_places__places", filter=WANTED, default=0),
        ).order_by("-opens_on", "-pk")

    def named(self, slug: str) -> Round | None:
        """Find a round by the end of its address."""
        return self.filter(slug=slug).first()

    def opened(self) -> Self:
        """Keep what has opened."""
        return self.filter(status__in=PUBLIC_ROUND)

    def with_results_out(self) -> Self:
        """Keep those whose results are out and can be replied to."""
        return self.filter(status=RoundStatus.RESULTS_OUT)

    def choosing(self) -> Self:
        """Keep those whose lists are open."""
        return self.filter(status__in=TAKES_CHOICES)

    def to_open(self) -> Self:
        """Keep those whose day to open has come, and that have a place to choose."""
        ready = self.filter(status=RoundStatus.PLANNED, opens_on__lte=today())
        return ready.filter(WANTED, round_places__isnull=False).distinct()

    def to_lock(self) -> Self:
        """Keep those whose last day for changes is over."""
        return self.filter(
            Q(stage=1, locks_on__lt=today()) | Q(stage=2, second_locks_on__lt=today()),
            status__in=TAKES_CHOICES,
        )

    def locking_on(self, day: dt.date) -> Self:
        """Keep those whose lists are open and lock at the end of a day."""
        return self.choosing().filter(Q(stage=1, locks_on=day) | Q(stage=2, second_locks_on=day))

    def to_open_again(self) -> Self:
        """Keep those whose second round begins."""
        return self.filter(stage=1, status=RoundStatus.RESULTS_OUT, second_opens_on__lte=today())

    def to_finish(self) -> Self:
        """Keep those whose last day to reply is over."""
        return self.filter(stage=2, status=RoundStatus.RESULTS_OUT, second_reply_by__lt=today())

    def held_open(self, pk: int) -> Round:
        """Fetch a round so that nobody moves it meanwhile; others may hold it at the same time."""
        table = self.model._meta.db_table  # noqa: SLF001 - Django's documented way to look at a model
        rows = self.raw(f'SELECT * FROM "{table}" WHERE id = %s FOR SHARE', [pk])  # noqa: S608 - its own table
        found: Round = rows[0]
        return found


class RoundPlaceQuerySet(Lockable, models.QuerySet["RoundPlace"]):
    """Opportunities that take part in rounds."""

    def of_round(self, row: Round) -> Self:
        """Keep those of one round, with what a row of a list shows."""
        return self.filter(round=row).select_related("opportunity__organisation")

    def taking_part(self) -> Self:
        """Keep those that nobody took out."""
        return self.filter(withdrawn_at__isnull=True)

    def with_opportunity(self) -> Self:
        """Fetch the whole opportunity and its host."""
        return self.select_related(
            "round",
            "opportunity__organisation",
            "opportunity__lowest_grade",
            "opportunity__highest_grade",
        )

    def of_host(self, organisation: Organisation) -> Self:
        """Keep a host's places in rounds that have opened; count who listed and is grouped."""
        rows = self.taking_part().filter(
            opportunity__organisation=organisation, round__status__in=PUBLIC_ROUND
        )
        listed = Count("choices", distinct=True)
        still = Q(groupings__list__choices__place=F("pk"))
        return (
            rows.annotate(listed=listed, grouped=Count("groupings", filter=still, distinct=True))
            .select_related("round", "opportunity__organisation")
            .order_by("-round__opens_on", "opportunity__title", "pk")
        )

    def with_reference(self, reference: str) -> RoundPlace:
        """Find the place of an opportunity."""
        found: RoundPlace = self.get(opportunity__reference=reference)
        return found

    def like(self, text: str) -> Self:
        """Keep those whose opportunity holds all the words; no words keep everything."""
        words = text.strip()
        return self.filter(opportunity__search_vector=tsquery(words)) if words else self

    def saved_by(self, person: User) -> Self:
        """Keep those whose opportunity somebody saved, and has not put on their list."""
        saved = self.filter(opportunity__saved_by__user=person)
        return saved.exclude(choices__list__person=person)

    def with_cards(self) -> Self:
        """Fetch what a card of its opportunity shows, and nothing long."""
        return self.select_related("opportunity__organisation", "opportunity__town__region").defer(
            *(f"opportunity__{name}" for name in LONG_COLUMNS)
        )


def could_take_part(row: Round) -> models.QuerySet[Any]:
    """Keep the opportunities that a round could have: open until lists lock, begun after replies.

    Those of another live round are left out, and those whose places are all taken.
    """
    elsewhere = (
        row.round_places.model.objects.taking_part()
        .exclude(round__status=RoundStatus.FINISHED)
        .values("opportunity")
    )
    return (
        Opportunity.objects.taking_applications()
        .filter(
            direction=Direction.OUTWARD,
            type__in=row.types,
            closing_on__gte=row.locks_on,
            starts_on__gt=row.reply_by,
            held__lt=F("places"),
        )
        .exclude(pk__in=elsewhere)
        .exclude(pk__in=row.round_places.values("opportunity"))
        .select_related("organisation")
        .order_by("title", "pk")
    )
