"""Brings published skills and organisations into the database: a whole file, or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from people.choices import Nation
from people.importers import SkillRow
from people.models import Department, Skill, SkillGroup

BATCH = 1000
SLUG_LENGTH = 120
COMPARED = ("name", "description", "level_texts", "group_id", "version", "is_retired")
KINDS = {
    "ministerial department": "ministerial_department",
    "non-ministerial department": "non_ministerial_department",
    "executive agency": "executive_agency",
    "devolved government": "devolved_government",
}
OTHER_KIND = "public_body"
NATIONS = {
    "the-scottish-government": Nation.SCOTLAND,
    "welsh-government": Nation.WALES,
    "northern-ireland-executive": Nation.NORTHERN_IRELAND,
}


@transaction.atomic
def import_skills(
    source: str, groups: Mapping[str, str], rows: Sequence[SkillRow], *, edition: str = ""
) -> Counter[str]:
    """Add and correct the skills of one source; those its file no longer holds are retired."""
    counts: Counter[str] = Counter()
    group_ids = _group_ids(groups)
    known = {skill.source_id: skill for skill in Skill.objects.from_source(source)}
    taken = Skill.objects.slugs()
    elsewhere = Skill.objects.names_outside(source)
    new, changed = [], []
    for row in rows:
        skill = known.pop(row.source_id, None)
        if skill is None and row.name.lower() in elsewhere:
            counts["known from another source"] += 1
        elif skill is None:
            skill = Skill(source=source, source_id=row.source_id, slug=_free_slug(row, taken))
            _fill(skill, row, group_ids[row.group], edition)
            new.append(skill)
        elif _fill(skill, row, group_ids[row.group], edition):
            changed.append(skill)
        else:
            counts["unchanged"] += 1
    retired = [skill for skill in known.values() if not skill.is_retired]
    for skill in retired:
        skill.is_retired = True
    Skill.objects.bulk_create(new, batch_size=BATCH)
    Skill.objects.bulk_update([*changed, *retired], COMPARED, batch_size=BATCH)
    counts.update({"new": len(new), "changed": len(changed), "retired": len(retired)})
    return counts


def _group_ids(groups: Mapping[str, str]) -> dict[str, int]:
    return {
        slug: SkillGroup.objects.get_or_create(slug=slug, defaults={"name": name})[0].pk
        for slug, name in groups.items()
    }


def _free_slug(row: SkillRow, taken: set[str]) -> str:
    """Make a slug from the name; a second skill of that name adds a part of its own key."""
    slug = slugify(row.name)[:SLUG_LENGTH].strip("-") or slugify(row.source_id)
    if slug in taken:
        ending = slugify(row.source_id)[:20].strip("-")
        slug = f"{slug[: SLUG_LENGTH - len(ending) - 1]}-{ending}"
    taken.add(slug)
    return slug


def _fill(skill: Skill, row: SkillRow, group_id: int, edition: str) -> bool:
    """Put a row's values into a skill; tell whether anything differed."""
    before = [getattr(skill, name) for name in COMPARED]
    skill.name, skill.group_id, skill.is_retired = row.name, group_id, False
    skill.description = row.description or skill.description
    skill.level_texts = dict(row.level_texts) or skill.level_texts
    skill.version = edition or skill.version
    return before != [getattr(skill, name) for name in COMPARED]


@transaction.atomic
def import_departments(rows: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """Add GOV.UK organisations; those we have keep their words, and gain what they lack."""
    counts: Counter[str] = Counter()
    departments = list(Department.objects.for_import())
    found = _matches(rows, departments)
    for row in rows:
        if row["slug"] not in found:
            found[row["slug"]] = _new_department(row)
            counts["new"] += 1
        elif _complete(found[row["slug"]], row):
            counts["changed"] += 1
        else:
            counts["unchanged"] += 1
    for row in rows:
        _set_parent(found[row["slug"]], found.get(row["parent"]))
    return counts


def _matches(
    rows: Sequence[Mapping[str, Any]], departments: Sequence[Department]
) -> dict[str, Department]:
    """Find which department each row is: by its slug there or here, by name, else by initials."""
    found = {one.govuk_slug: one for one in departments if one.govuk_slug}
    free = [one for one in departments if not one.govuk_slug]
    matched = {row["slug"]: found[row["slug"]] for row in rows if row["slug"] in found}
    by_slug = {one.slug: one for one in free}
    matched |= {row["slug"]: by_slug.pop(row["slug"]) for row in rows if row["slug"] in by_slug}
    by_name = {_plain(one.name): one for one in by_slug.values()}
    for row in rows:
        if row["slug"] not in matched and _plain(row["name"]) in by_name:
            matched[row["slug"]] = by_name.pop(_plain(row["name"]))
    initials = Counter(row["abbreviation"].lower() for row in rows)
    by_initials = {one.abbreviation.lower(): one for one in by_name.values() if one.abbreviation}
    for row in rows:
        short = row["abbreviation"].lower()
        if row["slug"] not in matched and initials[short] == 1 and short in by_initials:
            matched[row["slug"]] = by_initials.pop(short)
    return matched


def _plain(name: str) -> str:
    words = name.lower().replace("&", "and").replace(",", "").removeprefix("the ")
    return " ".join(words.split())


def _new_department(row: Mapping[str, Any]) -> Department:
    return Department.objects.create(
        slug=row["slug"],
        govuk_slug=row["slug"],
        name=row["name"],
        abbreviation=row["abbreviation"],
        kind=KINDS.get(row["type"].lower(), OTHER_KIND),
        nation=NATIONS.get(row["slug"], Nation.ENGLAND),
        is_active=row["govuk_status"] != "closed",
    )


def _complete(department: Department, row: Mapping[str, Any]) -> bool:
    """Note which organisation of GOV.UK a department is, and what we did not know of it."""
    before = (department.govuk_slug, department.abbreviation, department.is_active)
    department.govuk_slug = row["slug"]
    department.abbreviation = department.abbreviation or row["abbreviation"]
    department.is_active = department.is_active and row["govuk_status"] != "closed"
    if before == (department.govuk_slug, department.abbreviation, department.is_active):
        return False
    department.save(update_fields=["govuk_slug", "abbreviation", "is_active"])
    return True


def _set_parent(department: Department, parent: Department | None) -> None:
    if parent is None or department.parent_id is not None or parent.parent_id == department.pk:
        return
    department.parent = parent
    department.save(update_fields=["parent"])
