"""Offers: made, accepted, declined or expired, and a freed place passed on to the reserve list."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core.calendar import add_working_days, today
from people.choices import DepartmentStep
from people.models import ApprovalRule, User
from placements.actions.confirmation import confirm
from placements.actions.moves import lock, lock_with_person, move
from placements.choices import ApprovalStage
from placements.emails import offers as emails
from placements.models import Application, Approval, Offer, Opportunity

DAYS_TO_REPLY = 5


@dataclass(frozen=True)
class Terms:
    """What an offer says."""

    starts_on: dt.date
    ends_on: dt.date
    hours_a_week: int
    reply_by: dt.date
    words: str = ""


def usual_reply_by(application: Application) -> dt.date:
    """Give the day an offer is answered by unless the host says another."""
    return add_working_days(today(), DAYS_TO_REPLY, application.department.nation)


def write_offer(application: Application, step: str, terms: Terms, *, by: User) -> Offer:
    """Hold a place for a locked application, and tell the applicant the terms."""
    application.starts_on = application.starts_on or terms.starts_on
    application.ends_on = application.ends_on or terms.ends_on
    move(application, step, by=by)
    application.due_on = terms.reply_by
    application.save(update_fields=["due_on"])
    offer = Offer.objects.create(
        application=application,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        hours_a_week=terms.hours_a_week,
        terms=terms.words,
        reply_by=terms.reply_by,
        made_by=by,
    )
    emails.offer_made(application, offer)
    return offer


@transaction.atomic
def accept(application: Application, *, by: User) -> Application:
    """Take the offer; the department is asked, or told and the placement confirmed at once.

    An offer is open until the service closes it, so a reply in the last minute counts.
    """
    application = lock_with_person(application)
    move(application, "accept", by=by)
    offer = _answer(application, accepted=True)
    application.department_decides = application.department_decides or _is_longer_rung(
        application, offer
    )
    application.starts_on, application.ends_on = offer.starts_on, offer.ends_on
    application.save(update_fields=["department_decides", "starts_on", "ends_on"])
    if application.department_decides:
        Approval.objects.get_or_create(
            application=application,
            stage=ApprovalStage.DEPARTMENT,
            defaults={"applicant": application.applicant},
        )
        emails.offer_accepted(application)
    else:
        move(application, "tell_department", by=User.objects.system())
        confirm(application)
    return application


@transaction.atomic
def decline(application: Application, *, by: User, reason: str) -> Application:
    """Give the offered place back, and let it go to the first on the reserve list."""
    application = lock(application)
    application.decline_reason = reason
    move(application, "decline", by=by, reason=reason)
    _answer(application, accepted=False)
    emails.offer_declined(application)
    pass_place_on(application)
    return application


@transaction.atomic
def expire(application: Application, *, by: User) -> Application:
    """Close an offer nobody answered in time, and pass its place on."""
    application = lock(application)
    move(application, "expire", by=by)
    emails.offer_expired(application)
    pass_place_on(application)
    return application


def pass_place_on(freed: Application) -> Application | None:
    """Offer a place that a locked application gave back to the first on the reserve list.

    To be called in the transaction of whatever freed the place, after ``move``.
    """
    if freed.matched_in:
        # the round that it came from passes it on, down the order of its cut-offs
        return None
    opportunity: Opportunity = freed.opportunity
    offer = Offer.objects.filter(application_id=freed.pk).first()
    if offer is None or opportunity.places_left < 1 or offer.starts_on <= today():
        return None
    first = Application.objects.on_reserve(opportunity).first()
    if first is None:
        emails.place_is_free(opportunity, freed)
        return None
    application = lock(first)
    terms = Terms(
        offer.starts_on,
        offer.ends_on,
        offer.hours_a_week,
        usual_reply_by(application),
        offer.terms,
    )
    write_offer(application, "promote", terms, by=User.objects.system())
    emails.place_passed_on(application)
    return application


def _answer(application: Application, *, accepted: bool) -> Offer:
    offer: Offer = application.offer
    offer.is_accepted = accepted
    offer.replied_at = timezone.now()
    offer.save(update_fields=["is_accepted", "replied_at"])
    return offer


def _is_longer_rung(application: Application, offer: Offer) -> bool:
    """Tell whether the dates offered, longer than those asked for, need the department's yes."""
    asked = application.working_days_away
    application.starts_on, application.ends_on = offer.starts_on, offer.ends_on
    if application.working_days_away <= asked:
        return False
    rung = ApprovalRule.objects.for_case(
        application.department_id, application.opportunity.type, application.working_days_away
    )
    return rung.department_step == DepartmentStep.APPROVES
