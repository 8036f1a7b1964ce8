"""The worker's entry points to matching."""

from celery import shared_task

from matching import actions


@shared_task
def refresh_arrays() -> int:
    """Make the opportunities' arrays anew if something changed; beat runs this every minute."""
    snapshot = actions.rebuild_if_stale()
    return snapshot.opportunities if snapshot else 0
