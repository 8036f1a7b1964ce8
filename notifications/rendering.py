"""A message's subject and body, rendered from the rows it names when it is read or sent."""

import re
from copy import copy
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.template.loader import render_to_string

from notifications.models import Message
from people.models import User

ROW = "row"
COVERED = "······"


def pack(value: Any) -> Any:
    """Turn a row into its name and key; leave plain words and numbers."""
    if isinstance(value, models.Model):
        return {ROW: [value._meta.label_lower, value.pk]}  # noqa: SLF001 - Django's public name for it
    if isinstance(value, (list, tuple)):
        return [pack(each) for each in value]
    return value


def unpack(value: Any) -> Any:
    """Fetch the row a packed value names."""
    if isinstance(value, dict) and ROW in value:
        label, pk = value[ROW]
        return apps.get_model(label)._base_manager.get(pk=pk)  # noqa: SLF001 - rows nobody sees too
    if isinstance(value, list):
        return [unpack(each) for each in value]
    return value


def render(message: Message) -> tuple[str, str]:
    """Give the subject (one line) and the plain text body."""
    context = {name: unpack(value) for name, value in (message.context | message.secret).items()}
    return render_texts(message.template, to=message.recipient, **context)


def cover(message: Message) -> Message:
    """Give the message as it may be kept and read again: every secret is dots."""
    covered = copy(message)
    covered.secret = dict.fromkeys(message.secret, COVERED)
    return covered


def calendar_of(message: Message) -> bytes | None:
    """Give the calendar file of the row that the mail names as ``dates_of``, if it names one."""
    row = message.context.get("dates_of")
    return bytes(unpack(row).calendar_file()) if row else None


def render_texts(template: str, *, to: User, **context: Any) -> tuple[str, str]:
    """Write a mail from rows at hand: what is sent, and what somebody checks before it is."""
    context |= {
        "recipient": to,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
    }
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    body = render_to_string(f"{template}_body.txt", context)
    return subject, re.sub(r"\n{3,}", "\n\n", body).strip() + "\n"
