"""Letters about what is new."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from notifications.actions import queue_email
from people.models import User
from placements.models import Opportunity

FOLDER = "matching/emails"


@dataclass(frozen=True)
class Found:
    """What a saved search found: its name, its address, the new opportunities."""

    name: str
    address: str
    opportunities: Sequence[Opportunity]


def new_for_you(
    user: User,
    *,
    day: dt.date,
    rhythm: str,
    matches: Sequence[tuple[Opportunity, str, bool]],
    searches: Sequence[Found],
) -> None:
    """Tell somebody what is new among their best and in their saved searches, once a day."""
    queue_email(
        f"{FOLDER}/new_for_you",
        to=user,
        dedupe_key=f"new_for_you:{user.pk}:{day}",
        rhythm=rhythm,
        matches=matches,
        searches=[(each.name, each.address, each.opportunities) for each in searches],
    )
