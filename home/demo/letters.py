"""Writes the letters that belong to where each story stands now."""

from home.demo.telling import Rows
from placements.choices import ApplicationStatus
from placements.emails import offers


def write_letters(rows: Rows) -> None:
    """Put into the outbox what the last step of each story would have put there."""
    for offer in rows.offers:
        if offer.application.status == ApplicationStatus.OFFERED:
            offers.offer_made(offer.application, offer)
