"""The worker's entry points to placements: what happens by the clock."""

from celery import shared_task

from placements.actions import reminders
from placements.models import ManagerRequest


@shared_task
def chase_managers() -> int:
    """Start one task for each line manager who has not answered; beat runs this every hour."""
    pks = list(ManagerRequest.objects.waiting().values_list("pk", flat=True))
    for pk in pks:
        chase_manager.delay(pk)
    return len(pks)


@shared_task
def chase_manager(request_id: int) -> int:
    """Do what has become due about one question; a second call does nothing."""
    request = ManagerRequest.objects.waiting().with_application().filter(pk=request_id).first()
    return reminders.chase(request) if request else 0
