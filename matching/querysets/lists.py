"""Every question about what people list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from matching.choices import PUBLIC_ROUND, TAKES_CHOICES, ListSupport, RoundStatus
from placements.querysets.lockable import Lockable
from placements.querysets.opportunities import LONG_COLUMNS

if TYPE_CHECKING:
    from matching.models import Choice, Round, RoundList, RoundPlace
    from people.models import User


class RoundListQuerySet(Lockable, models.QuerySet["RoundList"]):
    """Lists of choices."""

    def of(self, row: Round, person: User) -> RoundList | None:
        """Find a person's list in a round."""
        found = self.filter(round=row, person=person).select_related("round", "manager")
        return found.first()

    def of_person(self, person: User) -> Self:
        """Keep a person's own lists in rounds that have opened, the newest first."""
        rows = self.filter(person=person, round__status__in=PUBLIC_ROUND)
        return rows.select_related("round").order_by("-round__opens_on", "-pk")

    def asked_of(self, manager: User) -> Self:
        """Keep those whose line manager this person is, and was asked as such."""
        rows = self.filter(manager=manager).exclude(support=ListSupport.NOT_ASKED)
        return rows.select_related("round", "person__department", "manager")

    def waiting_for(self, manager: User) -> Self:
        """Keep those that wait for this person's answer."""
        return self.asked_of(manager).filter(support=ListSupport.ASKED)

    def listing(self, place: RoundPlace) -> Self:
        """Keep those that hold a place, by the person's name: never by where they list it."""
        rows = self.filter(choices__place=place).select_related(
            "person__department", "person__profile__grade", "person__profile__profession"
        )
        return rows.order_by("person__name", "reference")

    def of_round(self, row: Round) -> Self:
        """Keep those of a round that list something, in an order that never changes."""
        rows = self.filter(round=row, choices__isnull=False).distinct()
        return rows.select_related("person__department", "round").order_by("pk")

    def rounds_waited(self, person: User) -> int:
        """Count the finished rounds since somebody's last match in which they got no place."""
        rows = self.filter(
            person=person, round__status=RoundStatus.FINISHED, results__isnull=False
        )
        counted = rows.annotate(matches=Count("results__application"))
        matched = [row.matches for row in counted.order_by("-round__opens_on", "-pk")]
        return next((n for n, matches in enumerate(matched) if matches), len(matched))

    def regions(self, row: Round) -> dict[int, tuple[int | None, str]]:
        """Give each person's region, by key and name, as their profile has it."""
        rows = self.filter(round=row).values_list(
            "person_id", "person__profile__town__region_id", "person__profile__town__region__name"
        )
        return {person: (region, name or "") for person, region, name in rows}

    def in_open_rounds(self) -> Self:
        """Keep those of rounds that take choices."""
        return self.filter(round__status__in=TAKES_CHOICES).select_related("person")

    def with_choices(self) -> Self:
        """Keep those with at least one place."""
        return self.filter(Q(choices__isnull=False)).distinct()


class ChoiceQuerySet(models.QuerySet["Choice"]):
    """Places on lists."""

    def named(self, row: Round, mine: str, opportunity: str) -> Choice | None:
        """Find a place on a list by the references of both."""
        rows = self.filter(
            list__round=row, list__reference=mine, place__opportunity__reference=opportunity
        )
        return rows.select_related("list__person", "place__round").first()

    def in_order(self) -> Self:
        """Put each list's places in its order."""
        return self.order_by("list", "position")

    def of_list(self, row: RoundList) -> Self:
        """Keep one list's, in its order, with what a row of it shows."""
        return (
            self.filter(list=row)
            .select_related("place__opportunity__organisation", "place__opportunity__town__region")
            .defer(*(f"place__opportunity__{name}" for name in LONG_COLUMNS))
            .order_by("position")
        )
