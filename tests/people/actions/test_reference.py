"""What the service ships with gets into the database once, and stays as people left it."""

import pytest
from django.core.management import call_command

from people.models import ApprovalRule, Department, EmailDomain, Region, Skill, SkillSynonym, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    call_command("load_reference_data", verbosity=0)


def test_a_second_load_adds_nothing(loaded, capsys):
    capsys.readouterr()

    call_command("load_reference_data")

    assert capsys.readouterr().out == "New: nothing\n"


def test_rows_are_joined_up(loaded):
    assert Skill.objects.in_use().count() > 180
    assert SkillSynonym.objects.count() > 180
    assert Town.objects.get(name="Swindon").region.name == "South West"
    wales = Region.objects.get(name="Wales")
    assert "South West" in {region.name for region in wales.neighbours.all()}
    dsit = EmailDomain.objects.of_address("sam@dsit.gov.uk").department
    assert dsit.abbreviation == "DSIT"
    assert dsit.agencies.exists()


@pytest.mark.parametrize(
    ("kind", "days", "manager", "department"),
    [
        ("shadowing", 3, "supports", "told"),
        ("mentoring", 200, "told", "told"),
        ("placement", 10, "supports", "told"),
        ("placement", 11, "supports", "approves"),
        ("exchange", 60, "supports", "approves"),
    ],
)
def test_the_default_ladder_says_who_decides(loaded, kind, days, manager, department):
    rung = ApprovalRule.objects.for_case(None, kind, days)

    assert (rung.manager, rung.department_step) == (manager, department)
    assert rung.second_check_over == (5000 if kind == "exchange" else None)


def test_what_people_changed_since_stays(loaded):
    ApprovalRule.objects.filter(opportunity_type="shadowing").update(manager="told")
    Department.objects.filter(slug="dsit").update(name="Another name")

    call_command("load_reference_data", verbosity=0)

    assert ApprovalRule.objects.get(opportunity_type="shadowing").manager == "told"
    assert Department.objects.get(slug="dsit").name == "Another name"
