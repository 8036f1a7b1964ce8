"""Questions to the outbox, and the claim that lets one worker win."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone

from notifications.choices import MAX_ATTEMPTS, MessageState

if TYPE_CHECKING:
    from notifications.models import Message
    from people.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, newest first."""

    def visible_to(self, user: User) -> MessageQuerySet:
        """Keep what was written to this person."""
        return self.filter(recipient=user)

    def with_recipients(self) -> MessageQuerySet:
        """Fetch who each message is for, in the same query."""
        return self.select_related("recipient")

    def due(self) -> MessageQuerySet:
        """Keep what should be sent now: waiting, or left behind by a worker that died."""
        now = timezone.now()
        return self.filter(
            Q(state=MessageState.PENDING) | Q(state=MessageState.SENDING, lease_until__lt=now),
            next_try__lte=now,
        )

    def oldest_due(self) -> dt.datetime | None:
        """Give since when the oldest due message has been due."""
        since: dt.datetime | None = self.due().aggregate(since=Min("next_try"))["since"]
        return since

    def unhinted(self) -> MessageQuerySet:
        """Leave out what a worker was told about a moment ago."""
        since = timezone.now() - dt.timedelta(seconds=settings.OUTBOX_HINT_SECONDS)
        return self.filter(Q(hinted_at__isnull=True) | Q(hinted_at__lt=since))

    def urgent(self) -> MessageQuerySet:
        """Keep what somebody waits for at a page: a code, which is the only secret there is."""
        return self.exclude(secret={})

    def by_urgency(self) -> MessageQuerySet:
        """Put codes first, then what has been due for longest."""
        return self.annotate(is_urgent=~Q(secret={})).order_by("-is_urgent", "next_try")

    def claim(self, pk: int) -> Message | None:
        """Take one due message for sending, or nothing: the update decides between two workers."""
        now = timezone.now()
        won = (
            self.due()
            .filter(pk=pk, attempts__lt=MAX_ATTEMPTS)
            .update(
                state=MessageState.SENDING,
                attempts=F("attempts") + 1,
                lease_until=now + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS),
            )
        )
        return self.select_related("recipient").get(pk=pk) if won else None

    def exhausted(self) -> MessageQuerySet:
        """Keep what was tried as often as allowed and is due once more."""
        return self.due().filter(attempts__gte=MAX_ATTEMPTS)

    def claimed(self, message: Message) -> MessageQuerySet:
        """Keep the row as this worker claimed it; nothing when another claimed it since."""
        return self.filter(pk=message.pk, state=MessageState.SENDING, attempts=message.attempts)

    def unsent(self) -> MessageQuerySet:
        """Keep what has not gone out."""
        return self.exclude(state=MessageState.SENT)

    def stuck(self) -> MessageQuerySet:
        """Keep what will not go out unless somebody asks for it again."""
        return self.filter(state__in=[MessageState.FAILED, MessageState.DEAD])

    def with_recipient(self) -> MessageQuerySet:
        """Fetch whom each was written to, in one query."""
        return self.select_related("recipient")
