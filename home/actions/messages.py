"""Puts a message that did not go out back in the queue, and writes down who did."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict
from notifications import actions
from notifications.models import Message
from people.models import User


@transaction.atomic
def try_again(message: Message, *, by: User) -> None:
    """Send a refused or given-up message once more; Conflict when it is on its way already."""
    if not actions.retry(message):
        raise Conflict(
            "scheme-messages", _("This message is on its way already. Nothing was changed.")
        )
    record("retry_message", message, by=by, template=message.template, was=message.state)
