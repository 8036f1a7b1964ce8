"""The worker's entry points to the outbox."""

from celery import shared_task

from notifications import actions
from notifications.models import Message


@shared_task
def deliver_due() -> int:
    """Start one task for each due message; beat runs this every two seconds."""
    pks = actions.hint_due()
    for pk in pks:
        deliver.delay(pk)
    return len(pks)


@shared_task
def deliver(message_id: int) -> str:
    """Send one message; a second call for the same message does nothing."""
    message = Message.objects.claim(message_id)
    return actions.deliver(message) if message else "taken"
