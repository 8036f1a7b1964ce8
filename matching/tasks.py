"""The worker's entry points to matching."""

from celery import shared_task

from matching import actions
from matching.actions import replies, round_steps

# handed out again by the next look, so a queue that stands still does not grow
EXPIRES = 14
# people a task: seconds of work
TOGETHER = 50


@shared_task
def refresh_arrays() -> int:
    """Make the opportunities' arrays anew if something changed; beat runs this every minute."""
    snapshot = actions.rebuild_if_stale()
    return snapshot.opportunities if snapshot else 0


@shared_task
def spread_news() -> int:
    """Find whom new opportunities are news to; beat runs this every five minutes."""
    return actions.spread_news()


@shared_task
def send_news() -> int:
    """Hand out whom to write to about what is new; beat runs this on weekday mornings."""
    people = actions.whom_to_tell()
    for start in range(0, len(people), TOGETHER):
        tell_people.delay(people[start : start + TOGETHER])
    return len(people)


@shared_task
def tell_people(user_ids: list[int]) -> int:
    """Write to some people about what is new; a second call on the same day does nothing."""
    return actions.tell_people(user_ids)


@shared_task
def match_nightly() -> bool:
    """Ask for the night's match of everybody; a second call the same night does nothing."""
    return actions.start_nightly() is not None


@shared_task
def keep_matching() -> int:
    """Hand out what a match of everybody needs next; beat runs this all the time.

    What a worker that stopped had in hand is handed out again when its lease ends.
    """
    to_prepare, parts, to_finish = actions.next_steps()
    for pk in to_prepare:
        prepare_rematch.apply_async((pk,), expires=EXPIRES)
    for pk in parts:
        match_part.apply_async((pk,), expires=EXPIRES)
    for pk in to_finish:
        actions.finish_rematch(pk)
    return len(to_prepare) + len(parts)


@shared_task(soft_time_limit=1_700, time_limit=1_800)
def prepare_rematch(rematch_id: int) -> int:
    """Freeze everybody as arrays, and hand out the parts; a second call does nothing."""
    return len(actions.prepare_rematch(rematch_id))


@shared_task(soft_time_limit=270, time_limit=290)
def match_part(part_id: int) -> bool:
    """Match one part's people; a second call does nothing."""
    return actions.match_part(part_id)


@shared_task
def move_rounds() -> int:
    """Open, lock and finish rounds when their day has come; beat runs this every minute."""
    return round_steps.by_the_clock() + replies.by_the_clock()


@shared_task
def remind_of_lists() -> int:
    """Remind of lists that lock in 3 days or 1; beat runs this in the morning."""
    return round_steps.remind_of_lists()
