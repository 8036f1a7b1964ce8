"""Published files: read whole with every error named, or not at all."""

import pytest
from django.core.management import CommandError, call_command

from people.importers import (
    ImportRefused,
    parse_esco,
    parse_gdad,
    parse_organisations,
)
from people.models import Department, Skill
from tests.factories.people import DepartmentFactory, SkillFactory, SkillGroupFactory

GDAD = """skill,description,awareness,working,practitioner,expert,roles
Asking for evidence,Knowing what would change your mind.,You can ask.,,,You can teach it.,Analyst
Reading maps,,,,,,
"""
ESCO_SKILLS = """id,label,pillar,group_codes,collections
00000000-0000-4000-8000-000000000001,draw tidal charts,S,S9.1.2 | S9.2,
00000000-0000-4000-8000-000000000002,tidal science,K,0991,research
"""
ESCO_GROUPS = """code,label,level,parent_code,description,uri
S,skills,0,,,
S9,working with water,1,S,"Two
lines",
S9.1,charting water,2,S9,,
S9.1.2,charting tides,3,S9.1,,
09,sea sciences,1,K,,
099,other sea sciences,2,09,,
0991,tidal sciences,3,099,,
"""
ORGANISATIONS = """slug,name,abbreviation,type,govuk_status,closed_at,reason,parents,superseded
department-for-tides,Department for Tides & Currents,DTC,Ministerial department,live,,,,
tide-office,Tide Office,,Executive agency,exempt,,,gone-body | department-for-tides,
moon-board,Moon Board,,Other,closed,2020-01-01,no_longer_exists,,
"""


@pytest.fixture
def write(tmp_path):
    def make(text, name="file.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return make


def refusal(parse, *paths):
    with pytest.raises(ImportRefused) as refused:
        parse(*paths)
    return [str(error) for error in refused.value.errors]


def test_a_framework_skill_keeps_what_each_level_means(write):
    groups, rows = parse_gdad(write(GDAD))

    assert groups == {"government-digital-and-data": "Government Digital and Data"}
    assert [row.name for row in rows] == ["Asking for evidence", "Reading maps"]
    assert dict(rows[0].level_texts) == {"1": "You can ask.", "4": "You can teach it."}


def test_a_european_skill_stands_under_the_broad_heading_of_its_first_group(write):
    groups, rows = parse_esco(write(ESCO_SKILLS), write(ESCO_GROUPS, "groups.csv"))

    assert groups == {
        "esco-09": "Sea sciences (ESCO)",
        "esco-s9": "Working with water (ESCO)",
    }
    assert [(row.name, row.group) for row in rows] == [
        ("Draw tidal charts", "esco-s9"),
        ("Tidal science", "esco-09"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_the_header(write, encoding):
    _groups, rows = parse_gdad(write(GDAD, encoding=encoding))

    assert len(rows) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", "The file is empty"),
        (b"\xff\xfe\x00", "Save the file as UTF-8"),
        (b"skill\xe9,description\n", "Save the file as UTF-8"),
        (b"skill\x00,description\n", "The file holds a character no text has"),
        (b'skill,"description\n', "Not a CSV file: unexpected end of data"),
        (b"x" * 131_073, "Not a CSV file: field larger than field limit (131072)"),
        (b"\n" * 20_000_001, "The file is larger than 20 MB"),
        (b"a\n" * 50_001, "The file has more than 50,000 rows"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_is_no_table_is_refused(write, text, expected):
    assert refusal(parse_gdad, write(text)) == [expected]


def test_every_error_is_named_with_its_row_and_column(write):
    text = (
        GDAD.replace("Reading maps", "") + "asking FOR evidence,,,,,,\n" + f"{'x' * 201},,,,,,\n"
    )

    assert refusal(parse_gdad, write(text)) == [
        "row 3, skill: This field is required.",
        "row 4, skill: Same as row 2",
        "row 5, skill: Ensure this value has at most 200 characters (it has 201).",
    ]


def test_missing_and_repeated_columns_are_named(write):
    text = "skill,description,description,working,practitioner,expert\n"

    assert refusal(parse_gdad, write(text)) == [
        "row 1, awareness: Column is missing",
        "row 1, description: Column appears twice",
    ]


def test_a_row_with_too_few_or_too_many_cells_is_named(write):
    assert refusal(parse_gdad, write(GDAD + "One,two\n")) == ["Row 4 has 2 cells, not 7"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("00000000-0000-4000-8000-000000000001", "one", "row 2, id: Must be a UUID"),
        (",S,S9", ",Q,S9", "row 2, pillar: Must be K, L, S or T"),
        ("0991", "7777", "row 3, group_codes: No such group: 7777"),
    ],
)
def test_a_wrong_cell_of_a_european_skill_is_named(write, old, new, expected):
    skills = write(ESCO_SKILLS.replace(old, new))

    assert refusal(parse_esco, skills, write(ESCO_GROUPS, "groups.csv")) == [expected]


def test_headings_that_lead_in_a_circle_lead_nowhere(write):
    groups = ESCO_GROUPS.replace("S9.1,charting water,2,S9", "S9.1,charting water,2,S9.1.2")

    assert refusal(parse_esco, write(ESCO_SKILLS), write(groups, "groups.csv")) == [
        "row 2, group_codes: No such group: S9.1.2"
    ]


def test_a_parent_that_is_not_in_the_file_is_passed_over(write):
    rows = parse_organisations(write(ORGANISATIONS))

    assert [row["parent"] for row in rows] == ["", "department-for-tides", ""]


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing(write, capsys):
    path = write(GDAD)

    call_command("import_skills", "gdad", path)
    before = list(Skill.objects.values())
    call_command("import_skills", "gdad", path)

    assert list(Skill.objects.values()) == before
    said = capsys.readouterr().out.splitlines()
    assert said == ["2 skills read: 2 new", "2 skills read: 2 unchanged"]


@pytest.mark.django_db
def test_a_file_with_one_error_leaves_nothing_behind(write):
    path = write(GDAD.replace("Reading maps", ""))

    with pytest.raises(CommandError, match="row 3, skill"):
        call_command("import_skills", "gdad", path)

    assert not Skill.objects.exists()


@pytest.mark.django_db
def test_a_skill_that_left_the_list_is_retired_and_can_return(write, capsys):
    call_command("import_skills", "gdad", write(GDAD))

    call_command("import_skills", "gdad", write(GDAD.rsplit("Reading", 1)[0]))
    assert Skill.objects.get(name="Reading maps").is_retired

    call_command("import_skills", "gdad", write(GDAD))
    assert not Skill.objects.get(name="Reading maps").is_retired


@pytest.mark.django_db
def test_a_blank_cell_never_wipes_what_is_known(write):
    call_command("import_skills", "gdad", write(GDAD))

    call_command(
        "import_skills",
        "gdad",
        write(
            "".join(
                [
                    GDAD.splitlines(keepends=True)[0],
                    "Asking for evidence,,,,,,\nReading maps,,,,,,\n",
                ]
            )
        ),
    )

    skill = Skill.objects.get(name="Asking for evidence")
    assert skill.description == "Knowing what would change your mind."
    assert skill.level_texts == {"1": "You can ask.", "4": "You can teach it."}


@pytest.mark.django_db
def test_a_name_that_another_list_gave_is_not_given_twice(write, capsys):
    SkillFactory(name="Asking for Evidence", slug="asking-for-evidence", group=SkillGroupFactory())

    call_command("import_skills", "gdad", write(GDAD))

    assert Skill.objects.filter(name__iexact="asking for evidence").count() == 1
    assert capsys.readouterr().out == "2 skills read: 1 known from another source, 1 new\n"


@pytest.mark.django_db
def test_european_skills_keep_their_edition_and_their_own_slug(write):
    SkillFactory(name="Draw: tidal charts", slug="draw-tidal-charts")

    call_command(
        "import_skills", "esco", write(ESCO_SKILLS), write(ESCO_GROUPS, "groups.csv"), edition="9"
    )

    skill = Skill.objects.get(source="esco", name="Draw tidal charts")
    assert skill.slug == "draw-tidal-charts-00000000-0000-4000-8"
    assert skill.version == "9"


@pytest.mark.django_db
@pytest.mark.parametrize("files", [["one.csv"], ["one.csv", "two.csv", "three.csv"]])
def test_the_wrong_number_of_files_is_refused(files):
    with pytest.raises(CommandError, match=r"esco needs 2 file\(s\)"):
        call_command("import_skills", "esco", *files)


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_departments", tmp_path / "none.csv")


@pytest.mark.django_db
def test_a_known_department_keeps_its_words_and_learns_its_place(write, capsys):
    ours = DepartmentFactory(slug="dtc", name="Department for Tides and Currents", abbreviation="")

    call_command("import_departments", write(ORGANISATIONS))

    ours.refresh_from_db()
    assert (ours.govuk_slug, ours.abbreviation) == ("department-for-tides", "DTC")
    assert ours.name == "Department for Tides and Currents"
    agency = Department.objects.get(slug="tide-office")
    assert (agency.parent, agency.kind) == (ours, "executive_agency")
    assert not Department.objects.get(slug="moon-board").is_active
    assert capsys.readouterr().out == "3 organisations read: 1 changed, 2 new\n"


@pytest.mark.django_db
def test_a_department_is_known_by_its_initials(write):
    ours = DepartmentFactory(slug="dtc", name="Tides", abbreviation="DTC")

    call_command("import_departments", write(ORGANISATIONS))

    ours.refresh_from_db()
    assert ours.govuk_slug == "department-for-tides"


@pytest.mark.django_db
def test_a_department_is_known_by_the_same_slug(write):
    ours = DepartmentFactory(slug="tide-office", name="Office of Tides", abbreviation="")

    call_command("import_departments", write(ORGANISATIONS))

    ours.refresh_from_db()
    assert (ours.govuk_slug, ours.name) == ("tide-office", "Office of Tides")


@pytest.mark.django_db
def test_the_same_organisations_twice_change_nothing(write, capsys):
    call_command("import_departments", write(ORGANISATIONS))
    before = list(Department.objects.values())

    call_command("import_departments", write(ORGANISATIONS))

    assert list(Department.objects.values()) == before
    assert capsys.readouterr().out.splitlines()[1] == "3 organisations read: 3 unchanged"
