"""Lets some of the demo's people keep searches."""

from itertools import cycle

from matching.models import SavedSearch
from people.models import User

EVERY = 4
SEARCHES = (
    ("Quantum technology", "q=quantum"),
    ("Shadowing I can do remotely", "type=shadowing&remote=remote"),
    ("Mentoring about data", "q=data&type=mentoring"),
    ("Placements that close soon", "type=placement&soon=1"),
)


def keep_searches(people: list[User]) -> list[SavedSearch]:
    """Let every fourth person keep a search, and now and then two."""
    kept, turn = [], cycle(SEARCHES)
    for place, user in enumerate(people[::EVERY]):
        for _each in range(1 + (place % EVERY == 0)):
            name, query = next(turn)
            kept.append(SavedSearch(user=user, name=name, query=query))
    return SavedSearch.objects.bulk_create(kept)
