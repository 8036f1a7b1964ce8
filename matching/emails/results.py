"""Letters about results."""

from matching.models import Result
from notifications.actions import queue_email


def result_ready(result: Result) -> None:
    """Tell somebody that their result is there; the result itself stands in the service only."""
    queue_email(
        "matching/emails/result_ready",
        to=result.list.person,
        dedupe_key=f"result_ready:{result.pk}",
        result=result,
        round=result.list.round,
    )


def place_expired(result: Result) -> None:
    """Tell somebody that the time to reply is over."""
    _changed("place_expired", result)


def place_changed(result: Result) -> None:
    """Tell somebody that they moved up, as they asked."""
    _changed("place_changed", result)


def place_came_free(result: Result) -> None:
    """Tell somebody on the reserve list that a place is theirs if they want it."""
    _changed("place_came_free", result)


def _changed(name: str, result: Result) -> None:
    queue_email(
        f"matching/emails/{name}",
        to=result.list.person,
        dedupe_key=f"{name}:{result.pk}:{result.application_id}",
        result=result,
        round=result.run.round,
    )
