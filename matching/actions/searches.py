"""Keeps searches, and how often people hear of what is new."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict
from matching.choices import MOST_SEARCHES, Rhythm
from matching.models import Preference, SavedSearch
from people.models import User


def locked_preference(user: User) -> Preference:
    """Lock what a person chose; the first write makes it."""
    Preference.objects.get_or_create(user=user)
    return Preference.objects.select_for_update(of=("self",)).get(user=user)


@transaction.atomic
def save_search(query: str, *, by: User, name: str) -> SavedSearch:
    """Keep a search, so that its new results are told; twice changes nothing."""
    locked_preference(by)
    mine = SavedSearch.objects.visible_to(by)
    known = mine.of_query(query).first()
    if known is not None:
        return known
    if mine.count() >= MOST_SEARCHES:
        raise Conflict(
            "saved-search-list",
            _("You have %(count)s saved searches already. Remove one to save another.")
            % {"count": MOST_SEARCHES},
        )
    search = SavedSearch.objects.create(user=by, query=query, name=name)
    record("save_search", search, by=by)
    return search


@transaction.atomic
def remove_search(search: SavedSearch, *, by: User) -> None:
    """Tell no more of a search's new results."""
    mine = SavedSearch.objects.visible_to(by)
    found = mine.select_for_update(of=("self",)).filter(pk=search.pk).first()
    if found is not None:
        record("remove_search", found, by=by)
        found.delete()


@transaction.atomic
def choose_rhythm(user: User, *, by: User, rhythm: str) -> Preference:
    """Keep how often a person hears of what is new; what waits for somebody who stops is lost."""
    preference = locked_preference(user)
    preference.rhythm = Rhythm(rhythm)
    preference.changed_at = timezone.now()
    preference.save(update_fields=["rhythm", "changed_at"])
    record("choose_rhythm", preference, by=by, rhythm=preference.rhythm)
    return preference
