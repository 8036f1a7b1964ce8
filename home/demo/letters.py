"""Writes the letters that belong to where each story stands now."""

from home.demo.telling import Rows
from placements.choices import ApplicationStatus
from placements.emails import applications, departments, hosts, managers, offers
from placements.models import Application

S = ApplicationStatus
OF_APPLICATION = {
    S.NOT_SELECTED: hosts.not_selected,
    S.RESERVE: hosts.put_on_reserve,
    S.OFFER_DECLINED: offers.offer_declined,
    S.OFFER_EXPIRED: offers.offer_expired,
    S.WITH_DEPARTMENT: offers.offer_accepted,
    S.DEPT_INFO: departments.information_wanted,
    S.CONFIRMED: departments.placement_confirmed,
    S.PLACE_CANCELLED: departments.place_cancelled,
}


def write_letters(rows: Rows) -> None:
    """Put into the outbox what the last step of each story would have put there."""
    for request in rows.requests:
        if request.is_open:
            managers.manager_asked(request)
            applications.sent_to_manager(request.application)
        elif request.application.status in {S.MANAGER_CHANGES, S.NOT_SUPPORTED}:
            managers.manager_replied(request)
    for offer in rows.offers:
        if offer.application.status == S.OFFERED:
            offers.offer_made(offer.application, offer)
    for application in rows.applications:
        _letter_of(application)


def _letter_of(application: Application) -> None:
    """Write to whoever the application's state concerns."""
    if application.status == S.SENT:
        applications.new_for_host(application)
    elif application.status in OF_APPLICATION:
        OF_APPLICATION[ApplicationStatus(application.status)](application)
