"""Somebody's own applications, sorted by what they have to do."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core.wording import Wording
from placements.choices import OVER
from placements.choices import ApplicationStatus as S
from placements.journey import Viewer, WhoseTurn, needs_viewer, status_for, whose_turn
from placements.models import Application


@dataclass(frozen=True)
class Row:
    """One application in its owner's list."""

    application: Application
    status: Wording
    turn: WhoseTurn | None


@dataclass(frozen=True)
class Groups:
    """Somebody's applications by what they have to do."""

    needs_you: list[Row]
    waiting: list[Row]
    confirmed: list[Row]
    finished: list[Row]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not (self.needs_you or self.waiting or self.confirmed or self.finished)


FINISHED = OVER | {S.NOT_SUPPORTED}
CAN_CHASE = {S.MANAGER_SILENT}


def groups(applications: Iterable[Application]) -> Groups:
    """Sort an applicant's applications: the nearest deadline first, finished ones newest first."""
    found = Groups([], [], [], [])
    viewer = Viewer.APPLICANT
    for application in applications:
        row = Row(application, status_for(application, viewer), whose_turn(application, viewer))
        if application.status in FINISHED:
            found.finished.append(row)
        elif application.status == S.CONFIRMED:
            found.confirmed.append(row)
        elif needs_viewer(application, viewer) or application.status in CAN_CHASE:
            found.needs_you.append(row)
        else:
            found.waiting.append(row)
    for group in (found.needs_you, found.waiting):
        group.sort(key=lambda row: (row.application.due_on or dt.date.max, row.application.pk))
    found.finished.sort(key=lambda row: row.application.status_since, reverse=True)
    return found
