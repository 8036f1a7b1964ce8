"""Opportunities by the thousand, the same ones each time."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from core.calendar import today
from core.references import LENGTH
from experts.choices import OrganisationKind, OrganisationStatus
from experts.models import Organisation
from people.choices import Clearance, OpportunityType
from people.models import Grade, Skill, Town, User
from placements.choices import Direction, OpportunityStatus
from placements.models import Opportunity, OpportunitySkill

SEED = 2026
HOSTS_PER = 30
BATCH = 5000
WAYS = ("Shadow", "Work with", "Learn from", "Help", "Spend time with", "Join")
TEAMS = ("a team", "engineers", "researchers", "analysts", "a laboratory", "a workshop")
ENDS = ("in practice", "for policy", "at scale", "from the inside", "for public services", "")
NAMES = ("Northbrook", "Calder", "Ashby", "Fenwick", "Larkhill", "Morven", "Penarth", "Strand")
BODIES = ("Institute", "Laboratories", "University", "Systems", "Trust", "Technologies")
SENTENCES = (
    "You sit with the team and see how decisions are made from first data to final advice.",
    "You plan a small piece of work, carry it out and present what it showed.",
    "The week starts with a visit to the workshop and ends with a short review.",
    "You write up the methods so that colleagues in your department can use them.",
    "Most days have time to ask questions and to read what the team published.",
    "You meet people from design, testing, safety and delivery.",
)
LENGTHS = (4, 9, 30, 60, 88, 120, 180, 270, 365)


@dataclass(frozen=True)
class World:
    """What the rows are made from."""

    rng: random.Random
    hosts: list[Organisation]
    towns: list[Town]
    grades: list[Grade]
    owner: User


@transaction.atomic
def fill(size: int) -> None:
    """Replace all opportunities by this many open ones, and tell the search about them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    switch_triggers(on=False)
    rng = random.Random(SEED)  # noqa: S311 - the same data each time, nothing secret
    OpportunitySkill.objects.all().delete()
    Opportunity.objects.all().delete()
    Organisation.objects.all().delete()
    owner = User.objects.system()
    towns = list(Town.objects.all())
    grades = list(Grade.objects.all())
    skills = list(Skill.objects.in_use())
    hosts = Organisation.objects.bulk_create(
        _host(number, rng, towns) for number in range(max(10, size // HOSTS_PER))
    )
    taught = [rng.sample(skills, rng.choice((1, 2, 2, 3))) for _number in range(size)]
    world = World(rng, hosts, towns, grades, owner)
    rows = [_row(number, world, learned) for number, learned in enumerate(taught)]
    copy_rows(Opportunity, list(rows[0]), (list(row.values()) for row in rows))
    pks = list(Opportunity.objects.order_by("reference").values_list("pk", flat=True))
    links = (
        (pk, skill.pk, role, level)
        for pk, learned in zip(pks, taught, strict=True)
        for role, level, some in (("learned", 2, learned), ("needed", 1, learned[:1]))
        for skill in some
    )
    copy_rows(OpportunitySkill, ("opportunity_id", "skill_id", "role", "level"), links)
    for start in range(0, size, BATCH):
        Opportunity.objects.refresh_search(pks[start : start + BATCH])


def switch_triggers(*, on: bool) -> None:
    """Let what others note of each change be noted, or not."""
    with connection.cursor() as cursor:
        for model in (Opportunity, OpportunitySkill):
            cursor.execute(
                f"ALTER TABLE {model._meta.db_table} {'ENABLE' if on else 'DISABLE'} TRIGGER USER"  # noqa: SLF001 - Django's public name for it
            )


def copy_rows(model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows the fast way."""
    table = model._meta.db_table  # noqa: SLF001 - Django's public name for it
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _host(number: int, rng: random.Random, towns: list[Town]) -> Organisation:
    name = f"{rng.choice(NAMES)} {rng.choice(BODIES)} {number}"
    return Organisation(
        slug=f"host-{number}",
        name=name,
        kind=rng.choice(OrganisationKind.values),
        status=OrganisationStatus.ACTIVE,
        summary="Measures, builds and explains things that are hard to see.",
        town=rng.choice(towns),
    )


def _row(number: int, world: World, learned: list[Skill]) -> dict[str, Any]:
    rng, town, grades = world.rng, world.rng.choice(world.towns), world.grades
    kind = rng.choice(OpportunityType.values)
    closing = today() + dt.timedelta(days=rng.randrange(1, 120))
    starts = closing + dt.timedelta(days=rng.randrange(30, 120))
    ends = starts + dt.timedelta(days=4 if kind == "shadowing" else rng.choice(LENGTHS))
    low = rng.randrange(2, 6)
    high = rng.randrange(low, min(low + 4, len(grades)))
    subject = learned[0].name.lower()
    summary = f"See how {subject} is done, and take it to your team. {learned[0].description}"
    title = f"{rng.choice(WAYS)} {rng.choice(TEAMS)}: {subject} {rng.choice(ENDS)}".strip()[:80]
    now = timezone.now()
    text = [" ".join(rng.sample(SENTENCES, 4)), " ".join(rng.sample(SENTENCES, 2))]
    return {
        "reference": f"OP-{number:0{LENGTH}d}",
        "organisation_id": rng.choice(world.hosts).pk,
        "created_by_id": world.owner.pk,
        "created_at": now,
        "status": OpportunityStatus.OPEN,
        "published_at": now - dt.timedelta(minutes=number),
        "confirmed_on": today() - dt.timedelta(days=rng.randrange(40)),
        "version": 1,
        "type": kind,
        "exchange_kind": rng.choice(("secondment", "loan", "swap")) if kind == "exchange" else "",
        "direction": rng.choice(
            (Direction.OUTWARD, Direction.OUTWARD, Direction.OUTWARD, Direction.INWARD)
        ),
        "title": title,
        "summary": summary[:400],
        "what_you_will_do": text[0],
        "what_you_will_learn": f"{text[1]} {' '.join(skill.description for skill in learned)}",
        "who_it_suits": "Somebody who likes careful work.",
        "places": rng.randrange(1, 5),
        "held": 0,
        "starts_on": starts,
        "ends_on": ends,
        "hours_a_week": rng.choice((2, 4, 8, 15, 22, 30, 37)),
        "pattern": rng.choice(("full_time", "part_time", "days", "flexible")),
        "town_id": town.pk,
        "remote": rng.choice(("on_site", "hybrid", "hybrid", "remote")),
        "site_access": "",
        "lowest_grade_id": grades[low].pk,
        "highest_grade_id": grades[high].pk,
        "clearance": rng.choice((*[Clearance.NONE] * 5, *Clearance.values)),
        "salary_payer": "department",
        "travel_payer": rng.choice(("department", "host")),
        "cost_to_department": rng.choice((0, 0, 250, 1200, 6500)),
        "closing_on": closing,
        "choosing_on": closing + dt.timedelta(days=14),
        "supervisor": "",
        "contact_id": world.owner.pk,
        "search_words": "",
        "search_skills": [],
        "search_taught": b"",
    }
