"""Questions about confirmed placements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.calendar import today
from experts.permissions import organisation_ids
from people.choices import Role
from placements.choices import LIVE_PLACEMENT, PlacementStatus
from placements.querysets.referenced import Referenced

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from people.models import Department, User
    from placements.models import Application, Placement


class PlacementQuerySet(Referenced, models.QuerySet["Placement"]):
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

    def people_who_went(self, people: Iterable[User]) -> set[int]:
        """List who of some people ever had a placement."""
        return set(self.filter(person__in=people).values_list("person_id", flat=True))

    def live(self) -> Self:
        """Keep those that have not ended."""
        return self.filter(status__in=LIVE_PLACEMENT)

    def under_way_of(self, user: User) -> Self:
        """Keep what this person is away on now."""
        return self.filter(person=user, status=PlacementStatus.UNDER_WAY)

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
