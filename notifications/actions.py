"""Writes of the outbox: put a message in, and take it through its sending."""

import datetime as dt
from collections.abc import Mapping
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from notifications.choices import (
    BATCH,
    FIRST_RETRY_SECONDS,
    LAST_RETRY_SECONDS,
    MAX_ATTEMPTS,
    SUBJECT_LENGTH,
    MessageState,
)
from notifications.models import Message
from notifications.rendering import calendar_of, cover, pack, render
from people.models import User

log = structlog.get_logger()
PERMANENT = 500


def queue_email(
    template: str,
    *,
    to: User,
    dedupe_key: str | None = None,
    secret: Mapping[str, str] | None = None,
    **context: Any,
) -> Message | None:
    """Write an e-mail to the outbox, in the caller's transaction; None when its key is known."""
    fields: dict[str, Any] = {
        "recipient": to,
        "template": template,
        "context": {name: pack(value) for name, value in context.items()},
        "secret": dict(secret or {}),
    }
    if dedupe_key is None:
        return Message.objects.create(**fields)
    message, created = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    return message if created else None


@transaction.atomic
def hint_due() -> list[int]:
    """List what is due and note that a worker hears of it; give up on what was tried too often."""
    Message.objects.exhausted().update(state=MessageState.DEAD)
    rows = Message.objects.due().unhinted().by_urgency()
    pks = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    Message.objects.filter(pk__in=pks).update(hinted_at=timezone.now())
    return pks


def deliver(message: Message) -> MessageState:
    """Send a claimed message and note what came of it; every try has the same Message-ID."""
    covered = cover(message)
    subject = render(covered)[0]
    try:
        _send(message)
    except SMTPRecipientsRefused as error:
        code = max(code for code, _reply in error.recipients.values())
        return _put_off(message, error, permanent=code >= PERMANENT)
    except SMTPResponseException as error:
        return _put_off(message, error, permanent=error.smtp_code >= PERMANENT)
    except (SMTPException, OSError) as error:
        return _put_off(message, error, permanent=False)
    Message.objects.claimed(message).update(
        state=MessageState.SENT,
        sent_at=timezone.now(),
        subject=subject[:SUBJECT_LENGTH],
        secret=message.secret if settings.OUTBOX_KEEPS_SECRETS else covered.secret,
        lease_until=None,
        error="",
    )
    return MessageState.SENT


def _send(message: Message) -> None:
    """Hand the message to the mail server."""
    subject, body = render(message)
    dates = calendar_of(message)
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rsplit("@", 1)[-1]
    mail = EmailMessage(
        subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient.email],
        headers={"Message-ID": f"<{message.uid}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    if dates:
        mail.attach("dates.ics", dates.decode(), "text/calendar")
    mail.send()


def _put_off(message: Message, error: Exception, *, permanent: bool) -> MessageState:
    """Try again later, twice as late each time, or stop when the server says never."""
    state = MessageState.PENDING
    if permanent:
        state = MessageState.FAILED
    elif message.attempts >= MAX_ATTEMPTS:
        state = MessageState.DEAD
    wait = min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2**message.attempts)
    Message.objects.claimed(message).update(
        state=state,
        next_try=timezone.now() + dt.timedelta(seconds=wait),
        hinted_at=None,
        lease_until=None,
        error=type(error).__name__,
    )
    log.warning("message not sent", message=message.pk, state=state, error=type(error).__name__)
    return state


def retry(message: Message) -> bool:
    """Put what was refused or given up back in the queue; False when it is there no longer."""
    rows = Message.objects.stuck().filter(pk=message.pk)
    return bool(
        rows.update(
            state=MessageState.PENDING,
            attempts=0,
            next_try=timezone.now(),
            hinted_at=None,
            lease_until=None,
            error="",
        )
    )
