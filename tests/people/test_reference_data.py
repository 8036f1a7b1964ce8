"""The reference data that the service ships with: complete, joined up and plainly worded."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from people.models import Town

FOLDER = Path(__file__).resolve().parents[2] / "people" / "reference"
HEADERS = {
    "grades": ["rank", "code", "name"],
    "professions": ["slug", "name"],
    "departments": ["slug", "name", "abbreviation", "kind", "parent", "nation", "domains"],
    "regions": ["code", "name", "nation", "neighbours"],
    "towns": ["name", "region", "latitude", "longitude"],
    "postcode_areas": ["area", "town"],
    "skill_groups": ["slug", "name"],
    "skills": ["slug", "name", "group", "description", "synonyms"],
}
NATIONS = {"england", "scotland", "wales", "northern-ireland"}
KINDS = {
    "ministerial_department",
    "non_ministerial_department",
    "executive_agency",
    "public_body",
    "devolved_government",
}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
AVOIDED = re.compile(
    r"\b(utilis\w+|leverag\w+|stakeholders?|capabilit\w+|talents?|resources?|endorse\w*|"
    r"onboard\w*|rejected|deadlines?|please|sorry|valid|invalid|oops|etc|eg|ie)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(cell: str) -> list[str]:
    return cell.split(" | ") if cell else []


def column(name: str, field: str) -> list[str]:
    return [row[field] for row in rows(name)]


@pytest.mark.parametrize("name", HEADERS)
def test_each_file_has_its_columns_and_clean_cells(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == HEADERS[name]
    for row in rows(name):
        assert None not in row, f"too many cells in {row}"
        for cell in row.values():
            assert cell is not None, f"too few cells in {row}"
            assert cell == cell.strip()
            assert "  " not in cell


def test_no_file_is_left_without_a_check():
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(HEADERS)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("grades", "code"),
        ("grades", "rank"),
        ("grades", "name"),
        ("professions", "slug"),
        ("professions", "name"),
        ("departments", "slug"),
        ("departments", "name"),
        ("departments", "abbreviation"),
        ("regions", "code"),
        ("regions", "name"),
        ("towns", "name"),
        ("postcode_areas", "area"),
        ("skill_groups", "slug"),
        ("skills", "slug"),
        ("skills", "name"),
    ],
)
def test_keys_are_present_and_unique(name, key):
    repeated = [value for value, count in Counter(column(name, key)).items() if count > 1]
    assert repeated == []
    assert all(column(name, key))


@pytest.mark.parametrize("name", ["professions", "departments", "skill_groups", "skills"])
def test_slugs_can_stand_in_an_address(name):
    assert [slug for slug in column(name, "slug") if not SLUG.fullmatch(slug)] == []


def test_grades_run_from_most_junior_to_most_senior():
    codes = ["AA", "AO", "EO", "HEO", "SEO", "G7", "G6", "SCS1", "SCS2", "SCS3", "SCS4"]
    assert [(row["rank"], row["code"]) for row in rows("grades")] == [
        (str(rank), code) for rank, code in enumerate(codes, start=1)
    ]


def test_departments_have_a_kind_a_nation_and_a_real_parent():
    departments = rows("departments")
    slugs = {row["slug"] for row in departments}
    assert len(departments) >= 60
    for row in departments:
        assert row["kind"] in KINDS
        assert row["nation"] in NATIONS
        assert row["parent"] in slugs | {""}
        assert row["parent"] != row["slug"]
    assert {row["kind"] for row in departments} == KINDS
    assert {row["nation"] for row in departments} == NATIONS


def test_an_email_domain_belongs_to_one_department():
    domains = [domain for cell in column("departments", "domains") for domain in values(cell)]
    assert [domain for domain in domains if not DOMAIN.fullmatch(domain)] == []
    assert [domain for domain, count in Counter(domains).items() if count > 1] == []
    assert all(column("departments", "domains"))


def test_the_twelve_regions_cover_four_nations():
    assert len(rows("regions")) == 12
    assert set(column("regions", "nation")) == NATIONS


def test_neighbouring_regions_name_each_other():
    neighbours = {row["code"]: set(values(row["neighbours"])) for row in rows("regions")}
    for code, others in neighbours.items():
        assert code not in others
        assert all(code in neighbours[other] for other in others)


def test_only_northern_ireland_has_no_neighbour_by_land():
    alone = [row["nation"] for row in rows("regions") if not row["neighbours"]]
    assert alone == ["northern-ireland"]


def test_towns_lie_in_a_known_region_inside_the_united_kingdom():
    regions = set(column("regions", "code"))
    towns = rows("towns")
    assert 190 <= len(towns) <= 260
    assert {town["region"] for town in towns} == regions
    for town in towns:
        assert re.fullmatch(r"\d\d\.\d{3}", town["latitude"])
        assert re.fullmatch(r"-?\d\.\d{3}", town["longitude"])
        assert 49.8 < float(town["latitude"]) < 60.9
        assert -8.2 < float(town["longitude"]) < 1.8


def test_no_two_towns_share_a_point():
    points = [(town["latitude"], town["longitude"]) for town in rows("towns")]
    assert len(set(points)) == len(points)


def test_every_postcode_area_leads_to_a_known_town():
    areas = rows("postcode_areas")
    towns = set(column("towns", "name"))
    assert 121 <= len(areas) <= 124
    for row in areas:
        assert re.fullmatch(r"[A-Z]{1,2}", row["area"])
        assert row["town"] in towns
    assert {row["area"]: row["town"] for row in areas}["SN"] == "Swindon"


def test_skills_are_enough_and_every_group_is_used():
    groups = column("skill_groups", "slug")
    used = Counter(column("skills", "group"))
    assert 12 <= len(groups) <= 16
    assert sum(used.values()) >= 180
    assert set(used) == set(groups)
    assert min(used.values()) >= 6


def test_skill_descriptions_are_one_plain_sentence():
    descriptions = column("skills", "description")
    assert len(set(descriptions)) == len(descriptions)
    for text in descriptions:
        assert text.endswith(".")
        assert text.count(". ") == 0
        assert 5 <= len(text.split()) <= 25
        assert not AVOIDED.search(text), text


def test_a_search_word_leads_to_one_skill():
    words = Counter(
        word.lower() for row in rows("skills") for word in [row["name"], *values(row["synonyms"])]
    )
    assert [word for word, count in words.items() if count > 1] == []
    assert all(1 <= len(values(cell)) <= 4 for cell in column("skills", "synonyms"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("town", "named"), [("Yeovil", "Yeovil, South West"), ("London", "London")]
)
def test_a_town_is_named_with_its_region_unless_it_is_the_region(town, named):
    call_command("load_reference_data", verbosity=0)

    assert Town.objects.get(name=town).in_region == named
