"""Loads the whole demo, the same on every run of a day, in one transaction."""

from random import Random

from django.db import connection, transaction

from home.demo.directory import load_civil_servants, load_partners, load_rights
from home.demo.letters import write_letters
from home.demo.offering import load_opportunities
from home.demo.searching import keep_searches
from home.demo.stories import plan
from home.demo.telling import Rows, Teller
from people.models import User
from placements.choices import HOLDS_A_PLACE, OpportunityStatus
from placements.models import Opportunity

SEED = 2026


def is_loaded() -> bool:
    """Tell whether the demo is there already."""
    return Opportunity.objects.exists()


@transaction.atomic
def load() -> Rows:
    """Load people, partners, opportunities, searches, applications and letters."""
    with connection.cursor() as cursor:  # a few large statements, and no request waits for them
        cursor.execute("SET LOCAL statement_timeout = '120s'")
    random = Random(SEED)  # noqa: S311 - the same demo every time is the point
    users = load_civil_servants()
    load_rights(users)
    opportunities = load_opportunities(load_partners(), random)
    Opportunity.objects.refresh_search([row.pk for row in opportunities])
    teller = Teller(random)
    applicants = _applicants()
    keep_searches(applicants)
    for story in plan(applicants, opportunities, random):
        teller.tell(story)
    teller.rows.save()
    _count_places(teller.rows)
    write_letters(teller.rows)
    return teller.rows


def _applicants() -> list[User]:
    """List who applies: civil servants with a line manager and no other part in the demo."""
    rows = User.objects.newcomers().filter(profile__line_manager__isnull=False, pk__gt=0)
    return list(rows.select_related("department", "profile__grade", "profile__line_manager"))


def _count_places(rows: Rows) -> None:
    """Write how many places are held, and which opportunities are filled by that."""
    opportunities = {a.opportunity_id: a.opportunity for a in rows.applications}
    for application in rows.applications:
        if application.status in HOLDS_A_PLACE:
            opportunities[application.opportunity_id].held += 1
    for opportunity in opportunities.values():
        if opportunity.places_left == 0:
            opportunity.status = OpportunityStatus.FILLED
    Opportunity.objects.bulk_update(opportunities.values(), ["held", "status"])
