"""Every question to what is new, whom it is for, and the searches that people keep."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connections, models
from django.db.models import F
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matching.models import Edition, News, PersonChange, SavedSearch
    from people.models import User

# the moment by the clock, not that of the transaction's start: what another match has read by
# then is looked at twice, but nothing is missed
NOTE = """
WITH facts AS (
    SELECT offer.id, md5(concat_ws('|',
        offer.type, offer.exchange_kind, offer.starts_on, offer.ends_on, offer.hours_a_week,
        offer.pattern, offer.town_id, offer.remote, offer.lowest_grade_id,
        offer.highest_grade_id, offer.clearance,
        (SELECT string_agg(concat_ws(':', role, skill_id, level), ',' ORDER BY role, skill_id)
         FROM placements_opportunityskill AS link WHERE link.opportunity_id = offer.id)
    )) AS digest
    FROM placements_opportunity AS offer
    WHERE offer.id = ANY(%(pks)s) AND offer.status = 'open'
    ORDER BY offer.id
)
INSERT INTO matching_edition AS known (opportunity_id, digest, number, since, changed_at)
SELECT id, digest, 1, clock_timestamp(), clock_timestamp() FROM facts
ON CONFLICT (opportunity_id) DO UPDATE SET
    digest = excluded.digest,
    number = known.number + (known.digest NOT IN ('', excluded.digest))::int,
    since = CASE WHEN known.digest IN ('', excluded.digest)
        THEN known.since ELSE excluded.since END,
    spread_at = CASE WHEN known.digest IN ('', excluded.digest)
        THEN known.spread_at ELSE NULL END
"""
TOUCH = """
UPDATE matching_edition SET changed_at = clock_timestamp() WHERE opportunity_id = ANY(%(pks)s)
"""
# an edition of the last day may have been noted by a transaction that ended after our look
OVERLAP = dt.timedelta(days=1)


class PersonChangeQuerySet(models.QuerySet["PersonChange"]):
    """People whose answers changed since the newest match."""

    def people(self) -> set[int]:
        """List them."""
        return set(self.values_list("user_id", flat=True))

    def cover(self, rematch: int) -> None:
        """Mark what a match is about to read."""
        self.filter(covered_by=None).update(covered_by=rematch)

    def forget(self, rematch: int) -> None:
        """Take away what a match that is done has read."""
        self.filter(covered_by=rematch).delete()

    def uncover(self, rematch: int) -> None:
        """Leave what a match that failed has read to the next one."""
        self.filter(covered_by=rematch).update(covered_by=None)


class EditionQuerySet(models.QuerySet["Edition"]):
    """Opportunities as people would hear of them."""

    def note(self, pks: Iterable[int]) -> None:
        """Note that opportunities changed, and see whether anything material did."""
        with connections[self.db].cursor() as cursor:
            wanted = {"pks": sorted(set(pks))}
            cursor.execute(NOTE, wanted)
            cursor.execute(TOUCH, wanted)

    def changed_since(self, moment: dt.datetime) -> set[int]:
        """List the opportunities that changed since a moment."""
        rows = self.filter(changed_at__gte=moment)
        return set(rows.values_list("opportunity_id", flat=True))

    def take_unspread(self, most: int) -> dict[int, int]:
        """Lock editions that nobody was looked for yet; give their numbers by opportunity."""
        rows = self.filter(spread_at=None).order_by("pk").select_for_update(skip_locked=True)
        return dict(rows.values_list("opportunity_id", "number")[:most])

    def spread(self, opportunities: Iterable[int]) -> None:
        """Note that everybody who should hear of them was found."""
        self.filter(opportunity__in=list(opportunities)).update(spread_at=timezone.now())

    def numbers(self, opportunities: Iterable[int]) -> dict[int, int]:
        """Give the numbers of some opportunities' editions."""
        rows = self.filter(opportunity__in=list(opportunities))
        return dict(rows.values_list("opportunity_id", "number"))

    def newer_than(self, moment: dt.datetime) -> EditionQuerySet:
        """Keep editions since a moment, and a little longer."""
        return self.filter(since__gt=moment - OVERLAP)


class NewsQuerySet(models.QuerySet["News"]):
    """What people should hear of."""

    def waiting(self) -> NewsQuerySet:
        """Keep what was not told yet."""
        return self.filter(told__lt=F("number"))

    def of(self, user: User) -> NewsQuerySet:
        """Keep one person's."""
        return self.filter(user=user)

    def waiting_for(self, user: User) -> set[int]:
        """List the opportunities that a person should hear of."""
        rows = self.waiting().of(user)
        return set(rows.values_list("opportunity_id", flat=True))

    def told_to(self, user: User, opportunities: Iterable[int]) -> dict[int, int]:
        """Give which edition of some opportunities a person has heard of."""
        rows = self.of(user).filter(opportunity__in=list(opportunities), told__gt=0)
        return dict(rows.values_list("opportunity_id", "told"))

    def whose(self) -> set[int]:
        """List whom something waits for."""
        return set(self.waiting().values_list("user_id", flat=True).distinct())

    def drop_waiting(self, user: User) -> None:
        """Forget what a person should have heard of and is not worth a letter now."""
        waiting = self.waiting().of(user)
        waiting.filter(told=0).delete()
        waiting.update(number=F("told"))


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Searches that people keep."""

    def visible_to(self, user: User) -> SavedSearchQuerySet:
        """Keep the person's own."""
        return self.filter(user=user)

    def of_query(self, query: str) -> SavedSearchQuerySet:
        """Keep those that ask for the same."""
        return self.filter(query=query)

    def whose(self) -> set[int]:
        """List who keeps a search."""
        return set(self.values_list("user_id", flat=True).distinct())

    def oldest_first(self) -> SavedSearchQuerySet:
        """Order by when they were made."""
        return self.order_by("created_at", "pk")
