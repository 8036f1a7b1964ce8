"""Puts the reference data that the service ships with into the database."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from people.choices import DepartmentStep, ManagerStep, OpportunityType
from people.importers import SEPARATOR
from people.models import (
    ApprovalRule,
    Department,
    EmailDomain,
    Grade,
    PostcodeArea,
    Profession,
    Region,
    Skill,
    SkillGroup,
    SkillSynonym,
    Town,
)

FOLDER = Path(__file__).resolve().parent.parent / "reference"
STARTER = "starter"
SUPPORTS, TOLD = ManagerStep.SUPPORTS, ManagerStep.TOLD
DEFAULT_LADDER = [
    (OpportunityType.SHADOWING, 0, SUPPORTS, DepartmentStep.TOLD, None),
    (OpportunityType.MENTORING, 0, TOLD, DepartmentStep.TOLD, None),
    (OpportunityType.PLACEMENT, 0, SUPPORTS, DepartmentStep.TOLD, None),
    (OpportunityType.PLACEMENT, 11, SUPPORTS, DepartmentStep.APPROVES, None),
    (OpportunityType.EXCHANGE, 0, SUPPORTS, DepartmentStep.APPROVES, Decimal(5000)),
]


@transaction.atomic
def load_reference_data() -> Counter[str]:
    """Write what is missing and correct what differs; give how many rows of each are new."""
    new: Counter[str] = Counter()
    _load_grades(new)
    _load_professions(new)
    _load_places(new)
    _load_departments(new)
    _load_skills(new)
    _load_ladder(new)
    return new


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _values(cell: str) -> list[str]:
    return cell.split(SEPARATOR) if cell else []


def _load_grades(new: Counter[str]) -> None:
    for row in _rows("grades"):
        _grade, created = Grade.objects.update_or_create(
            code=row["code"], defaults={"name": row["name"], "rank": int(row["rank"])}
        )
        new["grades"] += created


def _load_professions(new: Counter[str]) -> None:
    for row in _rows("professions"):
        _profession, created = Profession.objects.update_or_create(
            slug=row["slug"], defaults={"name": row["name"]}
        )
        new["professions"] += created


def _load_places(new: Counter[str]) -> None:
    rows = _rows("regions")
    for row in rows:
        slug = row["name"].lower().replace(" ", "-")
        _region, created = Region.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "slug": slug, "nation": row["nation"]},
        )
        new["regions"] += created
    regions = {region.code: region for region in Region.objects.all()}
    for row in rows:
        regions[row["code"]].neighbours.set(regions[code] for code in _values(row["neighbours"]))
    for row in _rows("towns"):
        place = {name: float(row[name]) for name in ("latitude", "longitude")}
        _town, created = Town.objects.update_or_create(
            name=row["name"], defaults={"region": regions[row["region"]], **place}
        )
        new["towns"] += created
    towns = {town.name: town for town in Town.objects.all()}
    for row in _rows("postcode_areas"):
        _area, created = PostcodeArea.objects.update_or_create(
            area=row["area"], defaults={"town": towns[row["town"]]}
        )
        new["postcode areas"] += created


def _load_departments(new: Counter[str]) -> None:
    """Add departments and domains; what a scheme team changed since stays as they left it."""
    rows = _rows("departments")
    known = {department.slug: department for department in Department.objects.all()}
    for row in rows:
        if row["slug"] not in known:
            fields = {name: row[name] for name in ("slug", "name", "abbreviation", "kind")}
            known[row["slug"]] = Department.objects.create(nation=row["nation"], **fields)
            new["departments"] += 1
    for row in rows:
        department = known[row["slug"]]
        if row["parent"] and department.parent_id is None:
            department.parent = known[row["parent"]]
            department.save(update_fields=["parent"])
        for domain in _values(row["domains"]):
            _domain, created = EmailDomain.objects.get_or_create(
                domain=domain, defaults={"department": department}
            )
            new["e-mail domains"] += created


def _load_skills(new: Counter[str]) -> None:
    for row in _rows("skill_groups"):
        _group, created = SkillGroup.objects.update_or_create(
            slug=row["slug"], defaults={"name": row["name"]}
        )
        new["skill groups"] += created
    groups = {group.slug: group for group in SkillGroup.objects.all()}
    for row in _rows("skills"):
        fields = {"name": row["name"], "description": row["description"]}
        skill, created = Skill.objects.update_or_create(
            slug=row["slug"],
            defaults={**fields, "group": groups[row["group"]], "source": STARTER},
        )
        new["skills"] += created
        synonyms = [SkillSynonym(skill=skill, name=name) for name in _values(row["synonyms"])]
        SkillSynonym.objects.bulk_create(synonyms, ignore_conflicts=True)


def _load_ladder(new: Counter[str]) -> None:
    """Add the rungs that are missing; a rung that was edited stays as it is."""
    for kind, days, manager, department_step, second_check_over in DEFAULT_LADDER:
        _rung, created = ApprovalRule.objects.get_or_create(
            department=None,
            opportunity_type=kind,
            min_working_days=days,
            defaults={
                "manager": manager,
                "department_step": department_step,
                "second_check_over": second_check_over,
            },
        )
        new["ladder rungs"] += created
