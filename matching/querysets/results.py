"""Every question about how rounds are decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from placements.choices import ApplicationStatus
from placements.querysets.lockable import Lockable

if TYPE_CHECKING:
    from matching.models import Grouping, PairRule, Result, Round, RoundPlace, Run
    from people.models import User


class GroupingQuerySet(Lockable, models.QuerySet["Grouping"]):
    """Hosts' groups."""

    def of_place(self, place: RoundPlace) -> dict[int, int]:
        """Give the group of each list that a host put in one."""
        return dict(self.filter(place=place).values_list("list_id", "group"))

    def of_round(self, row: Round) -> dict[tuple[int, int], int]:
        """Give the group of each list and place of a round."""
        rows = self.filter(place__round=row).values_list("list_id", "place_id", "group")
        return {(mine, place): group for mine, place, group in rows}

    def references(self, row: Round) -> set[tuple[str, str]]:
        """List which lists and opportunities are in a group, and never in which."""
        rows = self.filter(place__round=row)
        return set(rows.values_list("list__reference", "place__opportunity__reference"))


class PairRuleQuerySet(Lockable, models.QuerySet["PairRule"]):
    """Rulings about pairs."""

    def of_round(self, row: Round) -> Self:
        """Keep those of one round, with the names that a list of them shows."""
        return self.filter(place__round=row).select_related(
            "list__person", "place__opportunity__organisation", "ruled_by"
        )


class RunQuerySet(Lockable, models.QuerySet["Run"]):
    """Ways a round could be decided."""

    def of_stage(self, row: Round) -> Self:
        """Keep those of the stage a round is in, the newest first."""
        rows = self.filter(round=row, stage=row.stage).select_related("made_by", "round")
        return rows.order_by("-number")

    def published(self, row: Round) -> Self:
        """Keep what was published of a round, the newest stage first."""
        rows = self.filter(round=row, published_at__isnull=False)
        return rows.select_related("round").order_by("-stage")


class ResultQuerySet(Lockable, models.QuerySet["Result"]):
    """What a round came to for people."""

    def with_details(self) -> Self:
        """Fetch what a result's page shows."""
        return self.select_related(
            "run__round", "list__person", "application__opportunity__organisation"
        )

    def to_reply(self) -> Self:
        """Keep matches that wait for a reply."""
        return self.filter(
            application__status=ApplicationStatus.OFFERED, is_open_to_move=False
        ).order_by("pk")

    def latest_of(self, row: Round, person: User) -> Result | None:
        """Find a person's newest result in a round."""
        rows = self.with_details().filter(run__round=row, list__person=person)
        return rows.order_by("-run__stage").first()

    def of_person(self, person: User) -> Self:
        """Keep a person's own."""
        return self.filter(list__person=person)

    def of_run(self, run: Run) -> Self:
        """Keep those of one run."""
        return self.filter(run=run)
