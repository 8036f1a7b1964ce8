"""How a mail about an application is queued: once for each version of it and each reader."""

from typing import Any

from notifications.actions import queue_email
from people.models import User
from placements.models import Application

FOLDER = "placements/emails"


def letter(name: str, application: Application, to: User | None, **rows: Any) -> None:
    """Queue one mail about an application, unless the same was queued before."""
    if to is None:
        return
    queue_email(
        f"{FOLDER}/{name}",
        to=to,
        dedupe_key=f"{name}:{application.pk}:{application.version}:{to.pk}",
        application=application,
        **rows,
    )
