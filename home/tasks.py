"""The worker's entry points that look at the whole service."""

import structlog
from celery import shared_task

from home.live.invariants import breaches
from home.live.status import note_worker_alive

log = structlog.get_logger()


@shared_task
def beat_heart() -> None:
    """Show that beat and a worker are alive; the status page reads it."""
    note_worker_alive()


@shared_task
def check_invariants() -> int:
    """Look for what should be impossible and log each finding as an error, once a night."""
    found = breaches()
    for breach in found:
        log.error(
            "invariant broken",
            invariant=breach.invariant.name,
            rows=breach.count,
            examples=breach.examples,
        )
    return len(found)
