"""The numbers beside the filters: the same as counting one opportunity after the other."""

import datetime as dt
import random
from collections import Counter

import pytest
from django.http import QueryDict

from core.calendar import today
from people.choices import Clearance, OpportunityType
from people.models import Grade
from placements.choices import Direction, HoursBand, LengthBand, RemoteShare
from placements.filters.facets import SOON_DAYS
from placements.filters.opportunities import OpportunityResults
from placements.models import Opportunity
from tests.factories.people import SkillFactory
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory

pytestmark = pytest.mark.django_db
ROWS = 60
ADDRESSES = [
    "",
    "type=shadowing",
    "skill=skill-1&skill=skill-2",
    "type=shadowing&type=mentoring&remote=remote",
    "hours=day&skill=skill-0&clearance=none",
    "grade={grade}&soon=1",
    "length=weeks&direction=inward&hours=week&remote=hybrid",
    "q=alpha",
    "q=alpha&type=placement&skill=skill-3",
    "q=alpha&grade={grade}&direction=outward",
]


@pytest.fixture
def listed():
    """Sixty opportunities of all kinds, some of them closed."""
    chance = random.Random(4)  # noqa: S311 - test data
    skills = [SkillFactory(slug=f"skill-{number}") for number in range(5)]
    first = OpportunityFactory()
    for _number in range(ROWS):
        kind = chance.choice(["placement", "shadowing", "mentoring"])
        starts = today() + dt.timedelta(days=150)
        days = 4 if kind == "shadowing" else chance.choice([9, 60, 150, 300])
        opportunity = OpportunityFactory(
            **({kind: True} if kind != "placement" else {}),
            organisation=first.organisation,
            town=first.town,
            lowest_grade=first.lowest_grade,
            highest_grade=first.highest_grade,
            title=chance.choice(["Alpha work", "Other work"]),
            closing_on=today() + dt.timedelta(days=chance.choice([-1, 3, 14, 15, 40])),
            choosing_on=today() + dt.timedelta(days=60),
            starts_on=starts,
            ends_on=starts + dt.timedelta(days=days),
            hours_a_week=chance.choice([4, 8, 9, 23, 24, 37]),
            remote=chance.choice(RemoteShare.values),
            clearance=chance.choice(Clearance.values),
            direction=chance.choice(Direction.values),
        )
        for skill in chance.sample(skills, chance.randint(0, 3)):
            OpportunitySkillFactory(opportunity=opportunity, skill=skill)
    Opportunity.objects.refresh_search(Opportunity.objects.values_list("pk", flat=True))


def band(value, limits):
    return next(name for name, limit in limits if limit is None or value <= limit)


def values_of(row):
    """Tell what a row has, filter by filter, as an address says it."""
    grades = Grade.objects.filter(
        rank__range=(row.lowest_grade.rank, row.highest_grade.rank)
    ).values_list("code", flat=True)
    days = (row.ends_on - row.starts_on).days
    return {
        "type": {row.type},
        "skill": {
            link.skill.slug for link in row.opportunity_skills.all() if link.role == "learned"
        },
        "region": {row.town.region.slug},
        "remote": {row.remote},
        "length": {band(days, zip(LengthBand.values, (13, 92, 184, None), strict=True))},
        "hours": {band(row.hours_a_week, zip(HoursBand.values, (8, 23, None), strict=True))},
        "grade": set(grades),
        "clearance": {row.clearance},
        "kind": {row.organisation.kind},
        "direction": {row.direction},
        "soon": {"1"} if row.closing_on <= today() + dt.timedelta(days=SOON_DAYS) else set(),
    }


def recounted(query):
    """Count without the search: every row against every filter."""
    rows = [
        values_of(row)
        for row in Opportunity.objects.with_details()
        if row.status == "open"
        and row.closing_on >= today()
        and query.get("q", "") in row.title.lower()
    ]
    asked = {name: set(values) for name, values in query.lists() if name != "q"}

    def passing(without):
        rest = {name: values for name, values in asked.items() if name != without}
        return [row for row in rows if all(row[name] & values for name, values in rest.items())]

    facets = values_of(Opportunity.objects.with_details()[0])
    counts = {
        name: Counter(value for row in passing(name) for value in row[name]) for name in facets
    }
    return len(passing(None)), counts


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_count_is_what_counting_by_hand_gives(listed, address):
    query = QueryDict(address.format(grade=Grade.objects.order_by("rank")[0].code))

    results = OpportunityResults(query)

    total, counts = recounted(query)
    assert results.total == total
    for group in results.groups:
        shown = {line.value: line.count for line in group.lines if line.count}
        assert shown == dict(counts[group.name]), group.name
    assert set(OpportunityType.values) == {
        line.value for group in results.groups if group.name == "type" for line in group.lines
    }


def test_what_removing_a_filter_would_show_is_counted_too(listed):
    results = OpportunityResults(QueryDict("type=exchange&remote=remote"))

    shown = {offer.name: offer.count for offer in results.suggestions}

    assert results.total == 0
    assert shown == {"type": OpportunityResults(QueryDict("remote=remote")).total}
