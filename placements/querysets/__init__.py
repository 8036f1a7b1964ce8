"""Every question about opportunities, applications and placements."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.calendar import deadline, today
from experts.permissions import organisation_ids
from people.choices import OpportunityType, Role
from placements.choices import (
    AGREED,
    LIVE,
    LIVE_PLACEMENT,
    OVER,
    REACHED_THE_HOST,
    WITH_THE_HOST,
    WITH_THE_MANAGER,
    ApplicationStatus,
    PlacementStatus,
)
from placements.querysets.departments import ApprovalQuerySet
from placements.querysets.lockable import Lockable
from placements.querysets.opportunities import (
    OpportunityQuerySet,
    SavedOpportunityQuerySet,
    SkillInterestQuerySet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import Department, User
    from placements.models import (
        Application,
        DecisionCode,
        ManagerRequest,
        Offer,
        Opportunity,
        Placement,
    )

__all__ = [
    "ApplicationQuerySet",
    "ApprovalQuerySet",
    "DecisionCodeQuerySet",
    "Lockable",
    "ManagerRequestQuerySet",
    "OfferQuerySet",
    "OpportunityQuerySet",
    "PlacementQuerySet",
    "SavedOpportunityQuerySet",
    "SkillInterestQuerySet",
]

MANAGER_LINKS = Signer(salt="placements.manager-decision", sep=".")


def _asked(user: User) -> models.Exists:
    """Tell whether this person was asked about the application, not only named in a draft."""
    requests = apps.get_model("placements.ManagerRequest")._default_manager  # noqa: SLF001
    return models.Exists(requests.filter(application=models.OuterRef("pk"), manager=user))


class ApplicationQuerySet(Lockable, models.QuerySet["Application"]):
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

    def over(self) -> Self:
        """Keep those that are over."""
        return self.filter(status__in=OVER)

    def agreed_exchanges(self, user: User) -> Self:
        """Keep the person's exchanges that are agreed or under way."""
        running = Q(placement__isnull=True) | Q(placement__status__in=LIVE_PLACEMENT)
        return self.filter(
            running,
            applicant=user,
            status__in=AGREED,
            opportunity__type=OpportunityType.EXCHANGE,
        )

    def at_host(self, organisation_id: int) -> Self:
        """Keep what reached an organisation."""
        return self.filter(
            opportunity__organisation_id=organisation_id, status__in=REACHED_THE_HOST
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
        return self.filter(status=ApplicationStatus.OFFERED, offer__reply_by__lte=ended)

    def on_reserve(self, opportunity: Opportunity) -> Self:
        """List the reserve list, who was put on it first before the others."""
        return self.filter(opportunity=opportunity, status=ApplicationStatus.RESERVE).order_by(
            "status_since", "pk"
        )

    def agreed(self) -> Self:
        """Keep those whose applicant accepted an offer: contact details may be shown."""
        return self.filter(status__in=AGREED)

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


class ManagerRequestQuerySet(models.QuerySet["ManagerRequest"]):
    """Questions to line managers."""

    def visible_to(self, user: User) -> ManagerRequestQuerySet:
        """Keep those put to this person."""
        return self.filter(manager=user)

    def by_token(self, token: str) -> ManagerRequest | None:
        """Find what an e-mailed link was about; a link we did not sign finds nothing."""
        try:
            nonce = MANAGER_LINKS.unsign(token)
        except BadSignature:
            return None
        return self.with_application().filter(nonce=nonce).first()

    def open(self) -> ManagerRequestQuerySet:
        """Keep those without an answer that were not replaced."""
        return self.filter(closed_at__isnull=True)

    def answered(self) -> ManagerRequestQuerySet:
        """Keep those with an answer, the latest first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at")

    def about(self, reference: str) -> ManagerRequestQuerySet:
        """Keep those about one application."""
        return self.filter(application__reference=reference)

    def waiting(self) -> ManagerRequestQuerySet:
        """Keep those whose application still waits for the line manager."""
        return self.open().filter(application__status__in=WITH_THE_MANAGER)

    def saying(self, decision: str) -> ManagerRequestQuerySet:
        """Keep those with one answer, newest first."""
        return self.filter(decision=decision).select_related("manager").order_by("-decided_at")

    def with_application(self) -> ManagerRequestQuerySet:
        """Fetch what the decision pages show."""
        return self.select_related(
            "manager",
            "application__applicant",
            "application__department",
            "application__manager",
            "application__opportunity__organisation",
            "application__opportunity__town__region",
        )


class DecisionCodeQuerySet(models.QuerySet["DecisionCode"]):
    """Codes for decisions with high stakes."""

    def usable(self) -> DecisionCodeQuerySet:
        """Keep those that can still confirm something."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now(), wrong_tries__lt=5)

    def since(self, moment: dt.datetime) -> DecisionCodeQuerySet:
        """Keep those sent after a moment."""
        return self.filter(sent_at__gte=moment)

    def prove(self, request: ManagerRequest, pk: int) -> bool:
        """Tell whether this code was typed rightly for this question in the last half hour."""
        lately = timezone.now() - dt.timedelta(minutes=30)
        return self.filter(request=request, pk=pk, used_at__gte=lately).exists()


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers."""

    def unanswered(self) -> OfferQuerySet:
        """Keep those that wait for the applicant."""
        return self.filter(application__status=ApplicationStatus.OFFERED).select_related(
            "application__applicant", "application__opportunity__organisation"
        )

    def replied_by(self, days: list[dt.date]) -> OfferQuerySet:
        """Keep those that end on one of these days."""
        return self.filter(reply_by__in=days)


class PlacementQuerySet(Lockable, models.QuerySet["Placement"]):
    """Confirmed placements."""

    def visible_to(self, user: User) -> Self:
        """Keep what the person joins, manages, hosts or administers; the scheme team sees all."""
        if user.has_role(Role.SCHEME_TEAM):
            return self
        return self.filter(
            Q(person=user)
            | Q(application__manager=user)
            | Q(application__opportunity__organisation__in=organisation_ids(user))
            | Q(application__department__in=user.administered_department_ids)
        )

    def live(self) -> Self:
        """Keep those that have not ended."""
        return self.filter(status__in=LIVE_PLACEMENT)

    def to_start(self) -> Self:
        """Keep what should be under way by now."""
        return self.filter(status=PlacementStatus.STARTING_SOON, starts_on__lte=today())

    def to_complete(self) -> Self:
        """Keep what should be over by now."""
        return self.filter(status=PlacementStatus.UNDER_WAY, ends_on__lt=today())

    def of_department(self, department: Department) -> Self:
        """Keep those of one department's people."""
        return self.filter(application__department=department)

    def certain(self) -> Self:
        """Leave out what was cancelled before it began."""
        return self.exclude(status=PlacementStatus.CANCELLED)

    def not_made_of(self, application: Application) -> Self:
        """Leave out the one made of an application."""
        return self.exclude(application=application)

    def of_person(self, person: User) -> Self:
        """Keep one person's."""
        return self.filter(person=person)

    def of_manager(self, manager: User | None) -> Self:
        """Keep those of the people one line manager supports."""
        return self.filter(application__manager=manager) if manager else self.none()

    def not_of(self, person: User) -> Self:
        """Leave one person's out."""
        return self.exclude(person=person)

    def during(self, first: dt.date, last: dt.date) -> Self:
        """Keep those that touch these days."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def starting_or_ending(self, first: dt.date, last: dt.date) -> Self:
        """Keep those whose first or last day lies between two days."""
        return self.filter(
            Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))
        ).order_by("starts_on", "pk")

    def of_application(self, application: Application) -> Self:
        """Keep the one made of an application."""
        return self.filter(application=application)

    def overlapping(self, application: Application) -> Self:
        """Keep the applicant's own that would stand in the way of another on these dates."""
        return self.live().filter(
            person=application.applicant_id,
            is_exclusive=True,
            starts_on__lte=application.ends_on,
            ends_on__gte=application.starts_on,
        )

    def managed_by(self, user: User) -> Self:
        """Keep those of people whose line manager this is."""
        return self.filter(application__manager=user)

    def clashing(self, user: User, starts_on: dt.date, ends_on: dt.date) -> Self:
        """Keep the person's live exclusive placements that touch these days."""
        return self.live().filter(
            person=user, is_exclusive=True, starts_on__lte=ends_on, ends_on__gte=starts_on
        )

    def with_details(self) -> Self:
        """Fetch what a page shows, in one query."""
        return self.select_related(
            "person",
            "application__manager",
            "application__department",
            "application__opportunity__organisation",
            "application__opportunity__town__region",
            "application__opportunity__contact",
        )
