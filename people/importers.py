"""Reads published skills and organisations: checked rows, or every error with its place."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
FIRST_ROW = 2  # people count the header as row 1
SEPARATOR = " | "

Row = dict[str, Any]


@dataclass(frozen=True)
class RowError:
    """What is amiss in one cell, and where."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"row {self.row}" if self.row else "the file"
        return f"{place}, {self.column}: {self.message}" if self.column else self.message


class ImportRefused(Exception):
    """The file has errors, so nothing of it was kept."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        """Keep every error, in the order of the rows."""
        self.errors = sorted(errors, key=lambda error: (error.row, error.column))
        super().__init__("\n".join(str(error) for error in self.errors))


class RowForm(forms.Form):
    """One row of a published file; the names of its fields are the file's columns."""

    key = ""


class GdadSkillRow(RowForm):
    """A skill of the Government Digital and Data framework, with a text for each level."""

    key = "skill"

    skill = forms.CharField(max_length=200)
    description = forms.CharField(max_length=5000, required=False)
    awareness = forms.CharField(max_length=5000, required=False)
    working = forms.CharField(max_length=5000, required=False)
    practitioner = forms.CharField(max_length=5000, required=False)
    expert = forms.CharField(max_length=5000, required=False)


class EscoSkillRow(RowForm):
    """A skill of the European classification of skills and occupations."""

    key = "id"

    id = forms.UUIDField(error_messages={"invalid": "Must be a UUID"})
    label = forms.CharField(max_length=200)
    pillar = forms.RegexField(r"^[KLST]{1,4}$", error_messages={"invalid": "Must be K, L, S or T"})
    group_codes = forms.CharField(max_length=300)


class EscoGroupRow(RowForm):
    """A heading of the European classification; level 1 becomes a group of ours."""

    key = "code"

    code = forms.CharField(max_length=20)
    label = forms.CharField(max_length=300)
    level = forms.IntegerField(min_value=0, max_value=5)
    parent_code = forms.CharField(max_length=20, required=False)


class OrganisationRow(RowForm):
    """An organisation as GOV.UK lists it."""

    key = "slug"

    slug = forms.SlugField(max_length=160)
    name = forms.CharField(max_length=250)
    abbreviation = forms.CharField(max_length=60, required=False)
    type = forms.CharField(max_length=80)
    govuk_status = forms.ChoiceField(
        choices=[(name, name) for name in ("live", "exempt", "joining", "transitioning", "closed")]
    )
    parents = forms.CharField(max_length=1000, required=False)


def read_rows(path: Path, form: type[RowForm]) -> list[Row]:
    """Give every row of a file, checked; or refuse the file, naming each error."""
    records = read_records(path, list(form.base_fields))
    rows, errors = [], []
    for number, record in enumerate(records, FIRST_ROW):
        checked = form(record)
        if checked.is_valid():
            rows.append(checked.cleaned_data)
        errors += [
            RowError(number, column, str(message))
            for column, messages in checked.errors.items()
            for message in messages
        ]
    errors += repeated(records, form.key)
    if errors:
        raise ImportRefused(errors)
    return rows


def read_records(path: Path, columns: list[str]) -> list[dict[str, str]]:
    """Give the cells of a file as text, once its header and the number of cells are right."""
    reader = csv.reader(io.StringIO(decoded(path), newline=""), strict=True)
    try:
        table = [cells for cells in reader if cells]
    except csv.Error as error:
        raise ImportRefused([RowError(reader.line_num, "", f"Not a CSV file: {error}")]) from error
    if not table:
        raise ImportRefused([RowError(0, "", _("The file is empty"))])
    if len(table) > MAX_ROWS:
        raise ImportRefused([RowError(0, "", _("The file has more than 50,000 rows"))])
    header, *body = table
    wrong = [RowError(1, name, _("Column is missing")) for name in columns if name not in header]
    wrong += [
        RowError(1, name, _("Column appears twice")) for name in columns if header.count(name) > 1
    ]
    wrong += [
        RowError(
            number,
            "",
            _("Row %(row)s has %(found)d cells, not %(expected)d")
            % {"row": number, "found": len(cells), "expected": len(header)},
        )
        for number, cells in enumerate(body, FIRST_ROW)
        if len(cells) != len(header)
    ]
    if wrong:
        raise ImportRefused(wrong)
    return [dict(zip(header, cells, strict=True)) for cells in body]


def decoded(path: Path) -> str:
    """Read a file as the text it most likely is: Unicode by its mark, else UTF-8."""
    if path.stat().st_size > MAX_BYTES:
        raise ImportRefused([RowError(0, "", _("The file is larger than 20 MB"))])
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused([RowError(0, "", _("Save the file as UTF-8"))]) from error
    if "\x00" in text:
        raise ImportRefused([RowError(0, "", _("The file holds a character no text has"))])
    return text


def repeated(records: Iterable[Mapping[str, str]], column: str) -> list[RowError]:
    """Name every row whose key stood in an earlier row."""
    first: dict[str, int] = {}
    errors = []
    for number, record in enumerate(records, FIRST_ROW):
        value = record[column].strip().lower()
        if value and first.setdefault(value, number) != number:
            errors.append(RowError(number, column, _("Same as row %d") % first[value]))
    return errors


@dataclass(frozen=True)
class SkillRow:
    """A skill as the import keeps it, whatever file it came from."""

    source_id: str
    name: str
    group: str
    description: str = ""
    level_texts: tuple[tuple[str, str], ...] = ()


GDAD_GROUP = ("government-digital-and-data", "Government Digital and Data")
LEVEL_COLUMNS = {"1": "awareness", "2": "working", "3": "practitioner", "4": "expert"}


def parse_gdad(path: Path) -> tuple[dict[str, str], list[SkillRow]]:
    """Read the skills of the Government Digital and Data framework: groups and skills."""
    rows = [
        SkillRow(
            source_id=slugify(row["skill"])[:80],
            name=row["skill"],
            group=GDAD_GROUP[0],
            description=row["description"],
            level_texts=tuple(
                (level, row[column]) for level, column in LEVEL_COLUMNS.items() if row[column]
            ),
        )
        for row in read_rows(path, GdadSkillRow)
    ]
    return {GDAD_GROUP[0]: GDAD_GROUP[1]}, rows


def parse_esco(path: Path, groups_path: Path) -> tuple[dict[str, str], list[SkillRow]]:
    """Read the European skills; each stands under the broad heading of its first group."""
    headings = {row["code"]: row for row in read_rows(groups_path, EscoGroupRow)}
    skills = read_rows(path, EscoSkillRow)
    rows, errors = [], []
    for number, row in enumerate(skills, FIRST_ROW):
        code = row["group_codes"].split(SEPARATOR)[0]
        top = _broad_heading(code, headings)
        if top is None:
            errors.append(RowError(number, "group_codes", _("No such group: %s") % code))
            continue
        label = row["label"]
        rows.append(SkillRow(str(row["id"]), label[:1].upper() + label[1:], f"esco-{top.lower()}"))
    if errors:
        raise ImportRefused(errors)
    names = {f"esco-{code.lower()}": _heading_name(row) for code, row in headings.items()}
    return {slug: names[slug] for slug in sorted({row.group for row in rows})}, rows


def _broad_heading(code: str, headings: Mapping[str, Row]) -> str | None:
    seen = set()
    while code in headings and code not in seen:
        if headings[code]["level"] <= 1:
            return code
        seen.add(code)
        code = headings[code]["parent_code"]
    return None


def _heading_name(row: Row) -> str:
    label = row["label"]
    return f"{label[:1].upper()}{label[1:]}"[:93] + " (ESCO)"


def parse_organisations(path: Path) -> list[Row]:
    """Read the organisations of GOV.UK; parents that the file does not hold are left out."""
    rows = read_rows(path, OrganisationRow)
    known = {row["slug"] for row in rows}
    for row in rows:
        parents = [slug for slug in row["parents"].split(SEPARATOR) if slug in known]
        row["parent"] = next((slug for slug in parents if slug != row["slug"]), "")
    return rows
