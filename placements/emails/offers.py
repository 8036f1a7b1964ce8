"""Mails about offers: made, answered, running out, passed on."""

from placements.emails.letters import letter
from placements.models import Application, Offer, Opportunity


def offer_made(application: Application, offer: Offer) -> None:
    """Tell the applicant the terms, with the dates as a calendar file."""
    letter("offer_made", application, application.applicant, offer=offer, dates_of=offer)


def offer_accepted(application: Application) -> None:
    """Tell the host, and the applicant what happens next."""
    letter("offer_accepted_host", application, application.opportunity.contact)
    letter("offer_accepted", application, application.applicant)


def offer_declined(application: Application) -> None:
    """Tell the host, and confirm it to the applicant."""
    letter("offer_declined_host", application, application.opportunity.contact)
    letter("offer_declined", application, application.applicant)


def offer_expired(application: Application) -> None:
    """Tell both that the time to reply is over."""
    letter("offer_expired_host", application, application.opportunity.contact)
    letter("offer_expired", application, application.applicant)


def offer_reminder(application: Application, offer: Offer, *, last: bool) -> None:
    """Remind the applicant two days before, and on the morning of the last day."""
    name = "offer_reminder_today" if last else "offer_reminder"
    letter(name, application, application.applicant, offer=offer)


def place_passed_on(application: Application) -> None:
    """Tell the host who moved up from the reserve list."""
    letter("place_passed_on", application, application.opportunity.contact)


def place_is_free(opportunity: Opportunity, freed: Application) -> None:
    """Tell the host that a place is free and nobody waits for it."""
    letter("place_is_free", freed, opportunity.contact)
