"""An applicant as the host meets them: a number, a name, and only what may be known by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from core.wording import Audience, Wording
from people.models import User
from placements.choices import AGREED, HOST_BUCKETS, WITH_THE_HOST
from placements.models import Application, Opportunity
from placements.wording import APPLICATION_WORDING


@dataclass(frozen=True)
class Candidate:
    """One applicant of an opportunity, numbered in the order they came."""

    number: int
    application: Application
    names_hidden: bool = False

    @property
    def reference(self) -> str:
        """Give the application's reference."""
        return self.application.reference

    @property
    def label(self) -> str:
        """Give the number, and the name unless names are hidden."""
        number = _("Applicant %(number)d") % {"number": self.number}
        if self.names_hidden:
            return number
        return f"{number}: {self.application.applicant.display_name}"

    @property
    def wording(self) -> Wording | None:
        """Give the status as hosts read it."""
        return APPLICATION_WORDING[self.application.status].for_audience(Audience.HOST)

    @property
    def is_undecided(self) -> bool:
        """Tell whether the host has still to decide."""
        return self.application.status in WITH_THE_HOST

    @property
    def has_accepted(self) -> bool:
        """Tell whether they took the offer, from when on the host sees how to reach them."""
        return self.application.status in AGREED

    @property
    def adjustments(self) -> str:
        """Give what would help them, once they share it with the host."""
        shared = self.application.adjustments_with_application or self.has_accepted
        return self.application.adjustments if shared else ""

    @cached_property
    def facts(self) -> list[tuple[str, Any]]:
        """List what a host compares: never an address, never a manager."""
        profile = getattr(self.application.applicant, "profile", None)
        return [
            (_("Department"), self.application.department.name),
            (_("Grade"), profile.grade if profile else None),
            (_("Profession"), profile.profession if profile else None),
        ]


@dataclass(frozen=True)
class Bucket:
    """One heading of the host's page and who stands under it."""

    key: str
    label: str
    empty: str
    candidates: list[Candidate]


def candidates_of(
    opportunity: Opportunity, user: User, *, names_hidden: bool = False
) -> list[Candidate]:
    """Number the applicants of an opportunity for somebody who acts for its host."""
    rows = Application.objects.for_host(opportunity, user).with_profiles()
    return [
        Candidate(number, application, names_hidden) for number, application in enumerate(rows, 1)
    ]


def buckets_of(candidates: Iterable[Candidate]) -> list[Bucket]:
    """Sort candidates under the host's headings; the last is left out while it is empty."""
    rows = list(candidates)
    buckets = [
        Bucket(
            key,
            *bucket_words()[key],
            candidates=[row for row in rows if row.application.status in states],
        )
        for key, states in HOST_BUCKETS.items()
    ]
    return [bucket for bucket in buckets if bucket.key != "finished" or bucket.candidates]


def bucket_words() -> dict[str, tuple[str, str]]:
    """Name each bucket, and say what an empty one means."""
    return {
        "new": (_("New"), _("No new applicants.")),
        "in_review": (_("In review"), _("You are not reviewing anybody now.")),
        "shortlisted": (_("Shortlisted"), _("You have not shortlisted anybody.")),
        "reserve": (_("Reserve"), _("Nobody is on the reserve list.")),
        "offers": (_("Offers"), _("You have not offered a place to anybody.")),
        "not_selected": (_("Not selected"), _("You have not turned anybody down.")),
        "finished": (_("Declined, expired or withdrawn"), ""),
    }
