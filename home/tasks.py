"""The worker's entry points that look at the whole service."""

from celery import shared_task

from home.live import note_worker_alive


@shared_task
def beat_heart() -> None:
    """Show that beat and a worker are alive; the status page reads it."""
    note_worker_alive()
