"""The worker's entry points to the outbox."""

from celery import shared_task

from notifications import actions
from notifications.models import Message

AT_ONCE, IN_TURN = 0, 6  # in Redis the lower number goes first, and what names none is 0


@shared_task
def deliver_due() -> int:
    """Start one task for each due message; beat runs this every two seconds."""
    pks = actions.hint_due()
    urgent = set(Message.objects.filter(pk__in=pks).urgent().values_list("pk", flat=True))
    for pk in pks:
        deliver.apply_async((pk,), priority=AT_ONCE if pk in urgent else IN_TURN)
    return len(pks)


@shared_task
def deliver(message_id: int) -> str:
    """Send one message; a second call for the same message does nothing."""
    message = Message.objects.claim(message_id)
    return actions.deliver(message) if message else "taken"
