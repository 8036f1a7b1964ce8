"""Every question about organisations and their people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from experts.choices import MemberRole, OrganisationStatus

if TYPE_CHECKING:
    from experts.models import (
        Membership,
        Organisation,
    )
    from people.models import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def active(self) -> OrganisationQuerySet:
        """Keep the partners everybody may see."""
        return self.filter(status=OrganisationStatus.ACTIVE)

    def with_place(self) -> OrganisationQuerySet:
        """Fetch where each one is."""
        return self.select_related("town__region")

    def named_like(self, text: str) -> OrganisationQuerySet:
        """Find organisations by part of their name or description."""
        return self.filter(
            models.Q(name__unaccent__icontains=text) | models.Q(summary__unaccent__icontains=text)
        )

    def of_member(self, user: User) -> OrganisationQuerySet:
        """Keep those this person may act for."""
        return self.filter(memberships__user=user, memberships__ended_at__isnull=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def live(self) -> MembershipQuerySet:
        """Keep those that hold now."""
        return self.filter(ended_at__isnull=True)

    def owners(self) -> MembershipQuerySet:
        """Keep those of owners."""
        return self.filter(role=MemberRole.OWNER)

    def of_organisation(self, organisation_id: int) -> MembershipQuerySet:
        """Keep those of one organisation."""
        return self.filter(organisation_id=organisation_id).select_related("user", "organisation")

    def user_ids(self) -> set[int]:
        """List whom they belong to."""
        return set(self.values_list("user_id", flat=True))
