"""Every question about opportunities, and about who keeps or misses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Lower

from core.calendar import today
from experts.choices import OrganisationStatus
from experts.permissions import organisation_ids
from placements.choices import (
    HOLDS_A_PLACE,
    HOST_BUCKETS,
    PUBLIC_OPPORTUNITY,
    WITH_THE_HOST,
    ApplicationStatus,
    OpportunityStatus,
)
from placements.querysets.referenced import Referenced
from placements.searching import corrected, refresh, tsquery

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from experts.models import Organisation
    from people.models import Skill, User
    from placements.models import Opportunity, SavedOpportunity, SkillInterest

FEW = 3
LONG_COLUMNS = (
    "search_vector",
    "search_words",
    "what_you_will_do",
    "what_you_will_learn",
    "who_it_suits",
    "site_access",
    "organisation__summary",
)
ORDERS: dict[str, tuple[Any, ...]] = {
    "closing": ("closing_on", "pk"),
    "newest": ("-published_at", "-pk"),
    "start": ("starts_on", "pk"),
    "title": (Lower("title"), "pk"),
}


class OpportunityQuerySet(Referenced, models.QuerySet["Opportunity"]):
    """Opportunities."""

    def public(self) -> Self:
        """Keep what anybody may see, also after it closed."""
        return self.filter(status__in=PUBLIC_OPPORTUNITY)

    def taking_applications(self) -> Self:
        """Keep what somebody can apply for today; its host takes part in the scheme."""
        rows = self.filter(status=OpportunityStatus.OPEN, closing_on__gte=today())
        return rows.exclude(pk__in=self._of_absent_hosts())

    def _of_absent_hosts(self) -> models.QuerySet[Any]:
        """Give the keys of open ones whose host does not take part.

        They are few, and asked for by key, so that counting still reads the narrow index alone.
        """
        everything = self.model._default_manager  # noqa: SLF001 - Django's public name for it
        rows: models.QuerySet[Any] = everything.filter(status=OpportunityStatus.OPEN)
        return rows.exclude(organisation__status=OrganisationStatus.ACTIVE).order_by().values("pk")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep public ones and those of the person's organisations; the scheme team sees all."""
        if not user.is_authenticated:
            return self.public()
        if user.is_scheme_team:
            return self
        return self.filter(
            Q(status__in=PUBLIC_OPPORTUNITY) | Q(organisation__in=organisation_ids(user))
        )

    def of_organisation(self, organisation: Organisation) -> Self:
        """Keep what one organisation offers."""
        return self.filter(organisation=organisation)

    def past_closing(self) -> Self:
        """Keep what takes applications although its closing date is over."""
        return self.filter(
            status__in=[OpportunityStatus.OPEN, OpportunityStatus.PAUSED],
            closing_on__lt=today(),
        )

    def with_undecided(self) -> Self:
        """Keep those whose host still has somebody to decide on."""
        waiting = Count("applications", filter=Q(applications__status__in=WITH_THE_HOST))
        return (
            self.alias(waiting=waiting)
            .filter(waiting__gt=0)
            .select_related("organisation", "contact")
        )

    def choosing_on_day(self, day: dt.date) -> Self:
        """Keep those whose host chooses by a day."""
        return self.filter(choosing_on=day)

    def choosing_before(self, day: dt.date) -> Self:
        """Keep those whose host should have chosen before a day."""
        return self.filter(choosing_on__lt=day)

    def filled_for_good(self) -> Self:
        """Keep those where every place is confirmed, so that nobody can move up."""
        pending = HOLDS_A_PLACE - {ApplicationStatus.CONFIRMED}
        return self.filter(status=OpportunityStatus.FILLED).exclude(
            applications__status__in=pending
        )

    def alternatives_to(self, opportunity: Opportunity, person: User) -> Self:
        """Keep what the person can still apply for, the most alike first: skills, then type."""
        skills = opportunity.skills.values("pk")
        return (
            self.taking_applications()
            .exclude(pk=opportunity.pk)
            .exclude(applications__applicant=person)
            .annotate(
                shared=Count("skills", filter=Q(skills__in=skills), distinct=True),
                other_type=Case(When(type=opportunity.type, then=0), default=1),
            )
            .order_by("-shared", "other_type", "closing_on", "pk")
        )

    def with_buckets(self) -> Self:
        """Count each opportunity's applicants as its host groups them."""
        counts = {
            f"{key}_count": Count(
                "applications",
                filter=Q(applications__status__in=states, applications__sent_at__isnull=False),
            )
            for key, states in HOST_BUCKETS.items()
        }
        return self.annotate(**counts)

    def cancelled(self) -> Self:
        """Keep those that were taken down after everybody could see them."""
        return self.filter(status=OpportunityStatus.CANCELLED, published_at__isnull=False)

    def open_to_grade(self, rank: int) -> Self:
        """Keep what takes people of this grade."""
        return self.filter(lowest_grade__rank__lte=rank, highest_grade__rank__gte=rank)

    def hidden_from(self, user: User | AnonymousUser) -> Self:
        """Keep what the person may not see."""
        everything = self.model._default_manager  # noqa: SLF001 - Django's public name for it
        return self.exclude(pk__in=everything.visible_to(user).values("pk"))

    def with_details(self) -> Self:
        """Fetch what a card or page shows, in a fixed number of queries."""
        return self.select_related(
            "organisation", "town__region", "lowest_grade", "highest_grade"
        ).prefetch_related("opportunity_skills__skill")

    def for_cards(self) -> Self:
        """Fetch what a card in a list shows, and nothing long, in one query."""
        return self.select_related("organisation", "town__region").defer(*LONG_COLUMNS)

    def with_references(self, references: Iterable[str]) -> Self:
        """Keep those of these references."""
        return self.filter(reference__in=list(references))

    def saved_by_or_named(self, user: User | AnonymousUser, references: Iterable[str]) -> Self:
        """Keep those the person saved and those of these references."""
        wanted = Q(reference__in=list(references))
        if user.is_authenticated:
            wanted |= Q(saved_by__user=user)
        return self.filter(wanted).select_related("organisation").distinct()

    def count_by_organisation(self, organisation_ids: Iterable[int]) -> dict[int, int]:
        """Count the rows of each of these organisations."""
        rows = self.filter(organisation__in=list(organisation_ids)).order_by()
        return dict(rows.values_list("organisation").annotate(number=Count("pk")))

    def learning(self, skill: Skill) -> Self:
        """Keep those that teach a skill."""
        return self.filter(search_skills__contains=[skill.pk])

    def like(self, opportunity: Opportunity) -> Self:
        """Keep open ones that teach a skill this one taught, or else are of its type."""
        alike = self.taking_applications().exclude(pk=opportunity.pk)
        skills = opportunity.search_skills
        shared = alike.filter(search_skills__overlap=skills) if skills else alike.none()
        return shared if shared.exists() else alike.filter(type=opportunity.type)

    def newest_first(self) -> Self:
        """Order by the day they were published."""
        return self.order_by("-published_at", "-pk")

    def matching(self, text: str) -> Self:
        """Keep those whose text holds all the words; the last word may be unfinished."""
        return self.filter(search_vector=tsquery(text))

    def found_by(self, text: str) -> tuple[Self, str]:
        """Search; where few rows hold the words, read typing slips as the words they look like.

        Gives also the words that were searched for in the end.
        """
        exact = self.matching(text)
        if exact.order_by()[:FEW].count() == FEW:
            return exact, text
        better = corrected(self.db, text)
        if better == text:
            return exact, text
        return self.filter(
            Q(search_vector=tsquery(text)) | Q(search_vector=tsquery(better))
        ), better

    def in_order(self, name: str, text: str) -> Self:
        """Order by one of the orders the list offers."""
        if name == "best":
            return self.best_first(text)
        return self.order_by(*ORDERS[name])

    def best_first(self, text: str) -> Self:
        """Order by how well the text matches."""
        ranked = self.annotate(rank=SearchRank(F("search_vector"), tsquery(text)))
        return ranked.order_by("-rank", "closing_on", "pk")

    def refresh_search(self, pks: Iterable[int]) -> int:
        """Write again what the search knows about some opportunities; count them.

        Every action that changes an opportunity's text, skills, town or grades calls this, and so
        does one that renames an organisation or a skill.
        """
        return refresh(self.db, pks)


class SavedOpportunityQuerySet(models.QuerySet["SavedOpportunity"]):
    """Saved opportunities."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own."""
        return self.filter(user=user)

    def with_details(self) -> Self:
        """Fetch what the list of saved opportunities shows."""
        return self.select_related("opportunity__organisation", "opportunity__town__region").defer(
            *(f"opportunity__{name}" for name in LONG_COLUMNS)
        )

    def references(self) -> set[str]:
        """List the references that are saved."""
        return set(self.values_list("opportunity__reference", flat=True))

    def of_opportunity(self, reference: str) -> Self:
        """Keep those of one opportunity."""
        return self.filter(opportunity__reference=reference)


class SkillInterestQuerySet(models.QuerySet["SkillInterest"]):
    """Wishes to learn a skill."""

    def for_skill(self, skill: Skill) -> Self:
        """Keep the wishes for one skill."""
        return self.filter(skill=skill)

    def of(self, user: User, skill: Skill) -> Self:
        """Keep this person's wish for this skill."""
        return self.filter(user=user, skill=skill)
