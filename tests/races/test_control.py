"""The same race without our guards oversells: the test of the places is able to fail."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from core.errors import Conflict
from placements.actions import moves
from placements.choices import ApplicationStatus as S
from placements.models import Application, Opportunity
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "placements_opportunity"
CONSTRAINT = "placements_opportunity_held"
PEOPLE, PLACES = 6, 2


@pytest.fixture
def without_constraint():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {CONSTRAINT}")
    yield
    Opportunity.objects.update(held=0)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {CONSTRAINT} CHECK (held <= places)")


def naive_hold_place(application):
    """Look first, then take: what everybody writes once."""
    opportunity = Opportunity.objects.get(pk=application.opportunity_id)
    if opportunity.held >= opportunity.places:
        raise Conflict(application, "full")
    time.sleep(0.2)  # everybody has looked by now
    opportunity.held += 1
    opportunity.save(update_fields=["held"])


def offer_to_all(lock):
    """Offer a place to everybody at the same moment; give how many got one."""
    opportunity = OpportunityFactory(places=PLACES)
    rows = [ApplicationFactory(opportunity=opportunity, status=S.SENT) for _n in range(PEOPLE)]
    start = threading.Barrier(PEOPLE)

    def offer(row):
        try:
            start.wait(20)
            with transaction.atomic():
                application = lock(row)
                application.status = S.OFFERED
                moves.hold_place(application)
                application.save(update_fields=["status"])
        except Conflict:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sum(pool.map(offer, rows))


def unlocked(row):
    return Application.objects.select_related("opportunity").get(pk=row.pk)


@pytest.mark.usefixtures("without_constraint")
def test_looking_before_taking_oversells(monkeypatch):
    monkeypatch.setattr(moves, "hold_place", naive_hold_place)

    assert offer_to_all(unlocked) > PLACES


@pytest.mark.usefixtures("without_constraint")
def test_the_counting_update_alone_does_not():
    assert offer_to_all(unlocked) == PLACES


def test_the_lock_does_not_either():
    assert offer_to_all(moves.lock) == PLACES
