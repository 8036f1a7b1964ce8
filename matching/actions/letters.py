"""Writes to people about what is new: one letter each, at the rhythm that they chose."""

import datetime as dt
from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from core.calendar import add_working_days, is_working_day, today
from matching.actions.searches import locked_preference
from matching.choices import Rhythm
from matching.emails.news import Found, new_for_you
from matching.live import among_best
from matching.live.searches import results
from matching.models import Edition, News, Preference, SavedSearch
from matching.permissions import hears_of_news
from people.models import Department, User
from placements.models import Opportunity, Placement

log = structlog.get_logger()
# the letter names so many of each kind, and leads to the rest
MOST = 10
MOST_LOOKED_AT = 200


def whom_to_tell() -> list[int]:
    """List for whom something may be new and whose day it is; who looks decides."""
    people = News.objects.whose() | SavedSearch.objects.whose()
    return sorted(people - Preference.objects.looked_at(today()))


def tell_people(people: Iterable[int]) -> int:
    """Write to some people; one who cannot be written to does not hold up the rest."""
    sent = 0
    for user in User.objects.filter(pk__in=list(people)).order_by("pk"):
        try:
            sent += tell_news(user)
        except Exception:
            log.exception("could not be told what is new", user=user.pk)
    return sent


@transaction.atomic
def tell_news(user: User) -> bool:
    """Write to one person if it is their day and anything is new; false if there is no letter.

    What they chose is locked, and the day is noted with the letter: of two workers one writes,
    and of one that stops halfway nothing is left.
    """
    preference = locked_preference(user)
    if not _is_due(preference, user.department):
        return False
    preference.looked_on = today()
    preference.save(update_fields=["looked_on"])
    if not hears_of_news(user) or Placement.objects.under_way_of(user).exists():
        return False
    matches = [
        (card.opportunity, ". ".join([str(card.strength.label), *card.reasons[:1]]))
        for card in among_best(user, News.objects.waiting_for(user))[:MOST]
    ]
    told = {opportunity.pk: opportunity for opportunity, _reason in matches}
    searches = _new_results(user, told)
    News.objects.drop_waiting(user)
    if not told:
        return False
    before = _mark_told(user, told)
    record("tell_news", preference, by=User.objects.system(), opportunities=len(told))
    new_for_you(
        user,
        day=today(),
        rhythm=preference.rhythm,
        matches=[(one, reason, one.pk in before) for one, reason in matches],
        searches=searches,
    )
    return True


def _is_due(preference: Preference, department: Department | None) -> bool:
    """Tell whether this is somebody's day: each working day, or the first one of the week."""
    day, nation = today(), department.nation if department else "england"
    if preference.rhythm == Rhythm.NEVER or not is_working_day(day, nation):
        return False
    if preference.rhythm == Rhythm.DAILY:
        return preference.looked_on is None or preference.looked_on < day
    monday = day - dt.timedelta(days=day.weekday())
    if preference.looked_on is None:
        return day == add_working_days(monday, 0, nation)
    # later days make up for a first one that was missed
    return preference.looked_on < monday


def _new_results(user: User, told: dict[int, Opportunity]) -> list[Found]:
    """Look what each saved search finds since the last look; each opportunity is told once."""
    found = []
    for search in SavedSearch.objects.visible_to(user).oldest_first():
        editions = Edition.objects.newer_than(search.looked_at)
        rows = results(search.query).exclude(applications__applicant=user)
        rows = rows.filter(pk__in=editions.values("opportunity")).newest_first()
        newest = list(rows.select_related("organisation")[:MOST_LOOKED_AT])
        fresh = _unheard(user, newest, told)[:MOST]
        told |= {one.pk: one for one in fresh}
        SavedSearch.objects.filter(pk=search.pk).update(looked_at=timezone.now())
        if fresh:
            found.append(Found(search.name, search.get_absolute_url(), fresh))
    return found


def _unheard(
    user: User, rows: list[Opportunity], told: dict[int, Opportunity]
) -> list[Opportunity]:
    pks = [row.pk for row in rows]
    heard, numbers = News.objects.told_to(user, pks), Edition.objects.numbers(pks)
    return [row for row in rows if row.pk not in told and numbers[row.pk] > heard.get(row.pk, 0)]


def _mark_told(user: User, told: dict[int, Opportunity]) -> set[int]:
    """Note what a person has heard of now; give what they had heard of as it was before."""
    before, numbers = News.objects.told_to(user, told), Edition.objects.numbers(told)
    rows = [
        News(
            user=user,
            opportunity=opportunity,
            number=numbers.get(pk, 1),
            told=numbers.get(pk, 1),
            told_at=timezone.now(),
        )
        for pk, opportunity in told.items()
    ]
    News.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "opportunity"],
        update_fields=["number", "told", "told_at"],
    )
    return set(before)
