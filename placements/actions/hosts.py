"""What a host does: read, sort, note, pause, and send a batch of decisions at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from people.models import User
from placements.actions.moves import lock, lock_all, lock_opportunity, move, move_opportunity
from placements.actions.offers import Terms, write_offer
from placements.emails import hosts as emails
from placements.lifecycle import APPLICATION
from placements.models import Application, Opportunity
from placements.permissions import is_host

MOST_PLACES = 50


@dataclass(frozen=True)
class Decision:
    """What a host decided about one application, and the version they decided on."""

    pk: int
    version: int
    step: str  # offer, reserve or not_select
    terms: Terms | None = None
    reasons: list[str] = field(default_factory=list)
    note: str = ""


class StaleDecisions(Exception):
    """Some applications changed while the host was deciding; nothing was sent."""

    def __init__(self, changed: Sequence[Application]) -> None:
        """Keep what changed, as it is now."""
        super().__init__("applications changed since they were shown")
        self.changed = list(changed)


class TooManyOffers(Exception):
    """More offers than places left; the host may add places."""

    def __init__(self, offers: int, places: int) -> None:
        """Keep both counts."""
        super().__init__(f"{offers} offers for {places} places")
        self.offers = offers
        self.places = places


def applicants_page(opportunity: Opportunity) -> str:
    """Give the address a host goes back to."""
    return reverse(
        "organisation-applicants", args=[opportunity.organisation.slug, opportunity.reference]
    )


@transaction.atomic
def start_review(application: Application, *, by: User) -> Application:
    """Note that the host opened a new application."""
    return sort(application, by=by, step="review")


@transaction.atomic
def sort(application: Application, *, by: User, step: str) -> Application:
    """Move an application between the host's own buckets; the applicant is not told."""
    application = lock(application)
    move(application, step, by=by)
    return application


@transaction.atomic
def note(application: Application, *, by: User, text: str) -> Application:
    """Keep the host's own note, which the applicant never sees."""
    application = lock(application)
    if not is_host(by, application):
        raise StepNotAllowed(f"{by} may not write about {application}")
    application.host_note = text
    application.save(update_fields=["host_note"])
    record("note_by_host", application, by=by)
    return application


@transaction.atomic
def pause(opportunity: Opportunity, *, by: User) -> Opportunity:
    """Take no more applications for now."""
    return _step(opportunity, "pause", by=by)


@transaction.atomic
def reopen(opportunity: Opportunity, *, by: User) -> Opportunity:
    """Take applications again."""
    return _step(opportunity, "reopen", by=by)


def _step(opportunity: Opportunity, step: str, *, by: User) -> Opportunity:
    opportunity = lock_opportunity(opportunity.pk)
    move_opportunity(opportunity, step, by=by)
    return opportunity


@transaction.atomic
def send_decisions(
    opportunity: Opportunity, decisions: Sequence[Decision], *, by: User, new_places: int = 0
) -> list[Application]:
    """Send all decisions as one: every one of them, or none; a second sending does nothing.

    Raises StaleDecisions when an application changed since, TooManyOffers without the places.
    """
    applications = lock_all(opportunity.pk, [decision.pk for decision in decisions])
    rows = {application.pk: application for application in applications}
    pairs = [(rows[decision.pk], decision) for decision in decisions]
    if pairs and all(_was_sent(application, decision) for application, decision in pairs):
        return applications
    changed = [row for row, decision in pairs if row.version != decision.version]
    if changed:
        raise StaleDecisions(changed)
    if pairs:
        _make_room(applications[0].opportunity, decisions, new_places, by=by)
    for application, decision in pairs:
        application.opportunity = applications[0].opportunity
        _decide(application, decision, by=by)
    return applications


def _was_sent(application: Application, decision: Decision) -> bool:
    """Tell whether this very decision was saved already, by an earlier press of the button."""
    target = APPLICATION.steps[decision.step].target
    return application.status == target and application.version == decision.version + 1


def _make_room(
    opportunity: Opportunity, decisions: Sequence[Decision], new_places: int, *, by: User
) -> None:
    offers = sum(decision.step == "offer" for decision in decisions)
    missing = offers - opportunity.places_left
    if missing <= 0:
        return
    if missing != new_places:
        raise TooManyOffers(offers, opportunity.places_left)
    if opportunity.places + missing > MOST_PLACES:
        text = _("An opportunity has %(most)d places at most. Nothing was sent.")
        raise Conflict(applicants_page(opportunity), text % {"most": MOST_PLACES})
    opportunity.places += missing
    opportunity.version += 1
    opportunity.save(update_fields=["places", "version"])
    record("add_places", opportunity, by=by, places=opportunity.places)


def _decide(application: Application, decision: Decision, *, by: User) -> None:
    if decision.terms is not None:
        write_offer(application, "offer", decision.terms, by=by)
    elif decision.step == "reserve":
        move(application, "reserve", by=by)
        emails.put_on_reserve(application)
    else:
        application.not_selected_reasons = decision.reasons
        application.not_selected_note = decision.note
        move(application, "not_select", by=by, reasons=decision.reasons)
        emails.not_selected(application)
