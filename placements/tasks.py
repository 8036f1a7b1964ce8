"""The worker's entry points to placements: what happens by the clock."""

from celery import shared_task

from placements.actions import lapses, reminders
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


@shared_task
def expire_offers() -> int:
    """Let offers nobody answered end; beat runs this every five minutes."""
    return lapses.expire_offers()


@shared_task
def remind_of_offers() -> int:
    """Remind applicants whose offer ends soon; beat runs this in the morning."""
    return lapses.remind_of_offers()


@shared_task
def remind_hosts() -> int:
    """Remind hosts of the day they choose by; beat runs this in the morning."""
    return lapses.remind_hosts()


@shared_task
def close_what_is_over() -> int:
    """Close opportunities past their date, and applications nobody will decide; once an hour."""
    return lapses.close_opportunities() + lapses.close_out()


@shared_task
def move_placements() -> int:
    """Start and complete placements on their days; once an hour."""
    return lapses.start_placements() + lapses.complete_placements()


@shared_task
def send_digests() -> int:
    """Tell departments what waits; beat runs this at 8am."""
    return lapses.send_digests()


@shared_task
def chase_approvers() -> int:
    """Tell departments what they are late with; beat runs this on weekday mornings."""
    return lapses.chase_approvers()
