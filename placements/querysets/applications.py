"""Questions about applications: by who asks and what they need to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.calendar import deadline, today
from experts.permissions import organisation_ids
from people.choices import OpportunityType
from placements.choices import (
    AGREED,
    HOLDS_A_PLACE,
    LIVE,
    LIVE_PLACEMENT,
    REACHED_THE_HOST,
    WITH_THE_HOST,
    ApplicationStatus,
)
from placements.querysets.referenced import Referenced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import Department, User
    from placements.models import Application, Opportunity


def _asked(user: User) -> models.Exists:
    """Tell whether this person was asked about the application, not only named in a draft."""
    requests = apps.get_model("placements.ManagerRequest")._default_manager  # noqa: SLF001
    return models.Exists(requests.filter(application=models.OuterRef("pk"), manager=user))


class ApplicationQuerySet(Referenced, models.QuerySet["Application"]):
    """Applications, by who asks and what they need to do."""

    def visible_to(self, user: User) -> Self:
        """Keep what this person may know exists; everything else is a 404.

        The applicant sees their own, the manager what was sent to them, hosts what reached them,
        the department what its person accepted or the manager leaves unanswered, the scheme
        team all but drafts.
        """
        if user.is_scheme_team:
            return self.exclude(status=ApplicationStatus.DRAFT)
        return self.filter(
            Q(applicant=user)
            | Q(manager=user) & (Q(sent_at__isnull=False) | Q(_asked(user)))
            | Q(opportunity__organisation__in=organisation_ids(user), sent_at__isnull=False)
            | Q(department__in=user.administered_department_ids)
            & (Q(offer__is_accepted=True) | Q(status=ApplicationStatus.MANAGER_SILENT))
        )

    def of_applicant(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(applicant=user)

    def live(self) -> Self:
        """Keep those that are not over."""
        return self.filter(status__in=LIVE)

    def in_states(self, states: Iterable[str]) -> Self:
        """Keep those in one of some states."""
        return self.filter(status__in=list(states))

    def waiting_at_organisations_of(self, user: User, states: Iterable[str]) -> Any:
        """Count what waits at each organisation the person acts for, with the earliest due day."""
        return (
            self.in_states(states)
            .filter(opportunity__organisation__in=organisation_ids(user))
            .order_by("opportunity__organisation__name")
            .values_list("opportunity__organisation__name", "opportunity__organisation__slug")
            .annotate(count=models.Count("pk"), due=models.Min("due_on"))
        )

    def waiting_at_departments_of(self, user: User, states: Iterable[str]) -> Any:
        """Count what waits at each department the person administers, and the earliest due day."""
        return (
            self.in_states(states)
            .filter(department__in=user.administered_department_ids)
            .order_by("department__name")
            .values_list("department__name", "department__slug")
            .annotate(count=models.Count("pk"), due=models.Min("due_on"))
        )

    def by_organisation(self) -> Any:
        """Count at each organisation, the most first: pairs of its key and the count."""
        return (
            self.order_by()
            .values_list("opportunity__organisation")
            .annotate(count=models.Count("pk"))
            .order_by("-count", "opportunity__organisation")
        )

    def agreed_exchanges(self, user: User) -> Self:
        """Keep the person's exchanges that are agreed or under way."""
        running = Q(placement__isnull=True) | Q(placement__status__in=LIVE_PLACEMENT)
        return self.filter(
            running,
            applicant=user,
            status__in=AGREED,
            opportunity__type=OpportunityType.EXCHANGE,
        )

    def for_host(self, opportunity: Opportunity, user: User) -> Self:
        """Keep whom a host may choose from or chose, first come first; never the user's own."""
        return (
            self.filter(
                opportunity=opportunity,
                sent_at__isnull=False,
                status__in=REACHED_THE_HOST | {ApplicationStatus.WITHDRAWN},
            )
            .exclude(applicant=user)
            .order_by("sent_at", "pk")
        )

    def with_profiles(self) -> Self:
        """Fetch what a host reads about each applicant, in one query."""
        return self.select_related(
            "applicant__profile__grade",
            "applicant__profile__profession",
            "department",
            "manager",
            "opportunity__organisation",
            "offer",
        )

    def for_approvers(self, department: Department, user: User) -> Self:
        """Keep what one department has to sign off or did; never the user's own."""
        return (
            self.filter(department=department, approvals__isnull=False)
            .exclude(applicant=user)
            .distinct()
        )

    def with_the_host(self) -> Self:
        """Keep those the host has still to decide on."""
        return self.filter(status__in=WITH_THE_HOST)

    def undecided_of(self, opportunity: Opportunity) -> Self:
        """Keep who waits for one opportunity's host."""
        return self.with_the_host().filter(opportunity=opportunity).select_related("applicant")

    def with_lapsed_offer(self) -> Self:
        """Keep those whose offer ended at 5pm of a day without an answer."""
        now = timezone.now()
        ended = today() if now >= deadline(today()) else today() - dt.timedelta(days=1)
        return self.filter(
            status=ApplicationStatus.OFFERED, offer__reply_by__lte=ended, matched_in=""
        )

    def holding_in(self, slug: str) -> Self:
        """Keep those that hold a place of a matching round."""
        return self.filter(matched_in=slug, status__in=HOLDS_A_PLACE)

    def holders_in(self, slug: str) -> set[int]:
        """List who holds a place of a matching round."""
        return set(self.holding_in(slug).values_list("applicant_id", flat=True))

    def matched_and_lapsed(self, slug: str) -> Self:
        """Keep a matching round's offers that nobody answered by 5pm of their day."""
        now = timezone.now()
        ended = today() if now >= deadline(today()) else today() - dt.timedelta(days=1)
        return self.filter(
            status=ApplicationStatus.OFFERED, offer__reply_by__lte=ended, matched_in=slug
        )

    def on_reserve(self, opportunity: Opportunity) -> Self:
        """List the reserve list, who was put on it first before the others."""
        return self.filter(opportunity=opportunity, status=ApplicationStatus.RESERVE).order_by(
            "status_since", "pk"
        )

    def overdue(self) -> Self:
        """Keep those whose next owner should have acted."""
        return self.filter(due_on__lt=today())

    def with_people(self) -> Self:
        """Fetch what a page or list row shows, in one query."""
        return self.select_related(
            "applicant",
            "department",
            "manager",
            "opportunity__organisation",
            "opportunity__town__region",
            "opportunity__lowest_grade",
            "opportunity__highest_grade",
            "opportunity__contact",
        )
