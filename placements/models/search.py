"""The columns that the search reads: narrow, indexed, never shown."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, PositiveSmallIntegerField, Q, Value, When
from django.db.models.functions import Lower

from people.choices import Clearance, OpportunityType
from placements.choices import (
    DAYS_OF_LENGTH,
    HOURS_OF_BAND,
    Direction,
    HoursBand,
    LengthBand,
    OpportunityStatus,
    RemoteShare,
)
from placements.counting import packed

PACKED = ("search_codes", "search_taught")
SEARCH_CODES = (
    "search_type",
    "search_remote",
    "search_length",
    "search_direction",
    "search_hours",
    "search_clearance",
    "search_kind",
    "search_region",
    "search_lowest",
    "search_highest",
)


def coded(field: str, choices: type[models.TextChoices]) -> Case:
    """Give a choice as its position in the list of choices."""
    whens = [When(**{field: value}, then=Value(n)) for n, value in enumerate(choices.values)]
    return Case(*whens)


def banded(
    value: models.F | Func, limits: dict[Any, int | None], choices: type[models.TextChoices]
) -> Case:
    """Give the position of the first band whose limit holds the value."""
    order = choices.values
    lookup = models.lookups.LessThanOrEqual
    whens = [
        When(lookup(value, limit), then=Value(order.index(band)))
        for band, limit in limits.items()
        if limit is not None
    ]
    return Case(*whens, default=Value(len(order) - 1))


def kept(expression: Case) -> models.GeneratedField:
    """Keep a code beside what it was made from, always right: the database makes it."""
    return models.GeneratedField(
        expression=expression, output_field=PositiveSmallIntegerField(), db_persist=True
    )


class DaysBetween(Func):
    """Count the days from one date to another."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


# What stands on the row itself, as the numbers that the list counts.
CODES = {
    "type": coded("type", OpportunityType),
    "remote": coded("remote", RemoteShare),
    "direction": coded("direction", Direction),
    "clearance": coded("clearance", Clearance),
    "length": banded(DaysBetween(F("ends_on"), F("starts_on")), DAYS_OF_LENGTH, LengthBand),
    "hours": banded(F("hours_a_week"), HOURS_OF_BAND, HoursBand),
}
OF_OTHERS = {name: F(f"search_{name}") for name in ("region", "kind", "lowest", "highest")}


class Searchable(models.Model):
    """What the search reads of an opportunity.

    The database generates what stands on the row itself; ``refresh_search`` writes what comes
    from other tables.
    """

    search_vector = SearchVectorField(null=True, editable=False)
    search_words = models.TextField(blank=True, editable=False)
    search_skills = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)
    # the same skills, four bytes each, to be counted without being taken apart
    search_taught = models.BinaryField(default=b"", blank=True, editable=False)
    search_region = models.PositiveSmallIntegerField(null=True, editable=False)
    search_kind = models.PositiveSmallIntegerField(null=True, editable=False)
    search_lowest = models.PositiveSmallIntegerField(null=True, editable=False)
    search_highest = models.PositiveSmallIntegerField(null=True, editable=False)
    search_type = kept(CODES["type"])
    search_remote = kept(CODES["remote"])
    search_direction = kept(CODES["direction"])
    search_clearance = kept(CODES["clearance"])
    search_length = kept(CODES["length"])
    search_hours = kept(CODES["hours"])
    search_codes = models.GeneratedField(
        expression=packed({**CODES, **OF_OTHERS}),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        abstract = True


class SearchWord(models.Model):
    """A word that stands in a title, a skill or a host's name: what a typing slip is read as."""

    word = models.CharField(max_length=100, primary_key=True)

    class Meta:
        ordering = ["word"]
        indexes = [
            GinIndex(name="placements_word", fields=["word"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


SEARCH_INDEXES = [
    # Counting the filters reads this index alone, never the table.
    models.Index(
        name="placements_opp_open",
        fields=["closing_on", "id"],
        include=["published_at", "starts_on", "search_skills", *PACKED, *SEARCH_CODES],
        condition=Q(status=OpportunityStatus.OPEN),
    ),
    models.Index(
        Lower("title"),
        "id",
        name="placements_opp_title",
        condition=Q(status=OpportunityStatus.OPEN),
    ),
    models.Index(
        F("published_at").desc(),
        F("id").desc(),
        name="placements_opp_newest",
        condition=Q(status=OpportunityStatus.OPEN),
    ),
    models.Index(
        name="placements_opp_start",
        fields=["starts_on", "id"],
        condition=Q(status=OpportunityStatus.OPEN),
    ),
    GinIndex(name="placements_opp_search", fields=["search_vector"], fastupdate=False),
]
