"""Questions about what others decide: line managers' answers, codes, offers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from placements.choices import WITH_THE_MANAGER, ApplicationStatus

if TYPE_CHECKING:
    from people.models import User
    from placements.models import DecisionCode, ManagerRequest, Offer

MANAGER_LINKS = Signer(salt="placements.manager-decision", sep=".")


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
