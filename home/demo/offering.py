"""Loads what the demo's partners offer."""

import datetime as dt
from random import Random

from django.utils import timezone

from core.calendar import deadline, today
from core.references import ALPHABET, LENGTH
from experts.models import Organisation
from home.demo import catalogue
from home.demo.shapes import DemoOpportunity
from people.models import Grade, Skill, Town, User
from placements.choices import (
    PUBLIC_OPPORTUNITY,
    ExchangeKind,
    OpportunityStatus,
    SkillRole,
)
from placements.models import Opportunity, OpportunitySkill

OPEN_FOR = dt.timedelta(days=45)


def load_opportunities(hosts: dict[str, list[User]], random: Random) -> list[Opportunity]:
    """Make the opportunities with their skills, in the order of the catalogue."""
    organisations = {row.slug: row for row in Organisation.objects.all()}
    towns = {row.name: row for row in Town.objects.all()}
    grades = {row.code: row for row in Grade.objects.all()}
    rows = catalogue.opportunities()
    made = Opportunity.objects.bulk_create(
        _opportunity(
            each,
            organisations[each.organisation],
            hosts[each.organisation],
            (towns[each.town], grades[each.lowest_grade], grades[each.highest_grade]),
            random,
        )
        for each in rows
    )
    skills = {row.slug: row for row in Skill.objects.all()}
    OpportunitySkill.objects.bulk_create(
        OpportunitySkill(
            opportunity=opportunity, skill=skills[named.skill], role=role, level=named.level
        )
        for opportunity, each in zip(made, rows, strict=True)
        for role, listed in (
            (SkillRole.LEARNED, each.skills_learned),
            (SkillRole.NEEDED, each.skills_needed),
        )
        for named in listed
    )
    return made


def _opportunity(
    each: DemoOpportunity,
    organisation: Organisation,
    people: list[User],
    where_and_who: tuple[Town, Grade, Grade],
    random: Random,
) -> Opportunity:
    dates = each.dates(today())
    town, lowest, highest = where_and_who
    is_public = each.status in PUBLIC_OPPORTUNITY
    published = min(deadline(dates.closing) - OPEN_FOR, timezone.now() - dt.timedelta(days=2))
    checked = today() - dt.timedelta(days=random.randint(0, 30))
    return Opportunity(
        reference=reference("OP", random),
        organisation=organisation,
        created_by=people[0],
        contact=people[each.contact],
        # those that were filled are so by the applications that took the places
        status=OpportunityStatus.CLOSED
        if each.status == OpportunityStatus.FILLED
        else each.status,
        created_at=published - dt.timedelta(days=5),
        published_at=published if is_public else None,
        confirmed_on=checked if is_public else None,
        type=each.type,
        exchange_kind=exchange_kind(each),
        direction=each.direction,
        title=each.title,
        summary=each.summary,
        what_you_will_do=each.what_you_will_do,
        what_you_will_learn=each.what_you_will_learn,
        who_it_suits=each.who_it_suits,
        places=each.places,
        starts_on=dates.start,
        ends_on=dates.end,
        hours_a_week=each.hours_a_week,
        pattern=each.pattern,
        town=town,
        remote=each.remote,
        site_access=each.site_access,
        lowest_grade=lowest,
        highest_grade=highest,
        clearance=each.clearance,
        salary_payer=each.salary_payer,
        travel_payer=each.travel_payer,
        cost_to_department=each.cost_to_department,
        closing_on=dates.closing,
        choosing_on=dates.choosing,
        supervisor=each.supervisor,
    )


def exchange_kind(each: DemoOpportunity) -> str:
    """Name an exchange with another department a loan; a secondment leaves the Civil Service."""
    in_government = {row.slug for row in catalogue.organisations() if row.department}
    if each.exchange_kind == ExchangeKind.SECONDMENT and each.organisation in in_government:
        return ExchangeKind.LOAN
    return each.exchange_kind


def reference(prefix: str, random: Random) -> str:
    """Make a reference that is the same in every load of the demo."""
    letters = "".join(random.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{letters}"
