"""Finds whom new and edited opportunities are news to."""

from django.db import connection, transaction

from matching.actions.arrays import CODE_VERSION, PATIENT
from matching.choices import Rhythm
from matching.live.reach import whose_best
from matching.models import Edition, News, Preference, Rematch

# opportunities a run: it is called again in minutes
MOST = 200


@transaction.atomic
def spread_news() -> int:
    """Note for everybody which new opportunities entered their best; count the opportunities.

    Editions are locked until all is written: of two workers each has its own, and what one that
    stops had in hand is free again. Until somebody was matched by this code, they wait.
    """
    rematch = Rematch.objects.counting()
    if rematch is None or rematch.snapshot is None or not _is_of_this_code(rematch):
        return 0
    numbers = Edition.objects.take_unspread(MOST)
    if not numbers:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(PATIENT)
    found = whose_best(rematch, rematch.snapshot, numbers)
    silent = Preference.objects.of_rhythm(Rhythm.NEVER)
    note_news({pair: numbers[pair[1]] for pair in found if pair[0] not in silent})
    Edition.objects.spread(numbers)
    return len(numbers)


def _is_of_this_code(rematch: Rematch) -> bool:
    return bool(rematch.manifest.get("code_version") == CODE_VERSION)


def note_news(numbers: dict[tuple[int, int], int]) -> None:
    """Note editions that people should hear of, in place of older ones."""
    rows = [
        News(user_id=user, opportunity_id=opportunity, number=number)
        for (user, opportunity), number in sorted(numbers.items())
    ]
    News.objects.bulk_create(
        rows,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["user", "opportunity"],
        update_fields=["number"],
    )
