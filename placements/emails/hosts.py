"""Mails about what a host decides, or has not decided yet."""

from collections.abc import Sequence

from notifications.actions import queue_email
from notifications.rendering import render_texts
from placements.emails.letters import FOLDER, letter
from placements.models import Application, Offer, Opportunity


def alternatives_for(application: Application) -> list[Opportunity]:
    """Find three open opportunities like this one, for somebody without a place."""
    return list(
        Opportunity.objects.alternatives_to(application.opportunity, application.applicant)[:3]
    )


def put_on_reserve(application: Application) -> None:
    """Tell the applicant that they may move up, and what that depends on."""
    letter("put_on_reserve", application, application.applicant)


def not_selected(application: Application) -> None:
    """Tell the applicant why, and what is open now."""
    letter(
        "not_selected",
        application,
        application.applicant,
        alternatives=alternatives_for(application),
    )


def closed_out(application: Application) -> None:
    """Tell somebody still waiting that no place is left to wait for, or that nobody chose."""
    letter(
        "closed_out",
        application,
        application.applicant,
        alternatives=alternatives_for(application),
    )


def preview(name: str, application: Application, offer: Offer | None) -> tuple[str, str]:
    """Write what an applicant will get, from a decision that is not saved yet."""
    rows = {"offer": offer} if offer else {"alternatives": alternatives_for(application)}
    return render_texts(
        f"{FOLDER}/{name}", to=application.applicant, application=application, **rows
    )


def choosing(opportunity: Opportunity, name: str) -> None:
    """Remind the host of the day they said they would choose by; once for each such day."""
    queue_email(
        f"{FOLDER}/{name}",
        to=opportunity.contact,
        dedupe_key=f"{name}:{opportunity.pk}:{opportunity.choosing_on}",
        opportunity=opportunity,
    )


def choosing_is_late(opportunity: Opportunity, waiting: Sequence[Application]) -> None:
    """Tell the host and, honestly, everybody who waits, that the day has gone by."""
    choosing(opportunity, "choosing_late_host")
    for application in waiting:
        queue_email(
            f"{FOLDER}/choosing_late",
            to=application.applicant,
            dedupe_key=f"choosing_late:{application.pk}:{opportunity.choosing_on}",
            application=application,
        )
