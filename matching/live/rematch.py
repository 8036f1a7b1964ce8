"""One part of a match of everybody: arrays in, lists in the database out."""

import datetime as dt

from django.db import connection

from matching.engine.everyone import best_lists
from matching.engine.opportunities import Opportunities
from matching.engine.people import People
from matching.engine.work import prepare
from matching.live.files import mapped
from matching.live.world import World
from matching.models import RecommendedList, RematchPart

COPY = """
    COPY matching_recommendedlist (rematch_id, user_id, opportunities, points) FROM STDIN BINARY
"""

Row = tuple[int, list[int], list[int]]


def lists_of(part: RematchPart) -> list[Row]:
    """Work out the lists of a part's people: their key, opportunities' keys, points."""
    snapshot = part.rematch.snapshot
    if snapshot is None:
        raise LookupError("The opportunities of this match are gone")
    people = mapped(People, part.hash, lambda: bytes(part.content))
    offers = mapped(Opportunities, snapshot.hash, lambda: bytes(snapshot.content))
    reference = World.from_manifest(snapshot.manifest).reference
    day = dt.date.fromisoformat(part.rematch.manifest["day"])
    kept = offers.closing_day >= day.toordinal()
    found = best_lists(prepare(people, offers, reference, kept=kept))
    rows = []
    for pk, row, points in zip(people.pk.tolist(), found.row, found.points, strict=True):
        count = int((row >= 0).sum())
        if count:
            rows.append((pk, offers.pk[row[:count]].tolist(), points[:count].tolist()))
    return rows


def store_lists(part: RematchPart, rows: list[Row]) -> None:
    """Write a part's lists, in place of what an earlier try wrote."""
    people = mapped(People, part.hash, lambda: bytes(part.content))
    RecommendedList.objects.of_people(part.rematch_id, people.pk.tolist()).delete()
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.set_types(["int8", "int8", "int8[]", "int2[]"])
        for pk, opportunities, points in rows:
            copy.write_row((part.rematch_id, pk, opportunities, points))
