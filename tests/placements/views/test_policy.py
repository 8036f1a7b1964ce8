"""A department reads and changes its approval ladder."""

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import Conflict, StepNotAllowed
from people.models import ApprovalRule
from placements.actions import policy
from tests.factories.people import DepartmentFactory, UserFactory, department_admin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def department():
    return DepartmentFactory()


@pytest.fixture
def client(as_user, department):
    return as_user(department_admin(department))


def where(department, name="department-policy", *more):
    return reverse(name, args=[department.slug, *more])


def rung(department, days=0, kind="placement"):
    return ApprovalRule.objects.for_case(department.pk, kind, days)


def test_the_default_is_shown(client, department):
    html = client.get(where(department)).content.decode()

    assert "The default, which holds for every department" in html
    assert "over £5,000" in html
    assert "11 working days" in html
    assert "Go back to the default" not in html


def test_changing_a_rung_makes_the_type_the_departments_own(client, department):
    data = {"manager": "supports", "department_step": "approves", "second_check_over": "1200"}
    change = where(department, "policy-rung", "placement", 0)

    assert "from 0 working days" in client.get(change).content.decode()
    html = client.post(change, data, follow=True).content.decode()

    assert "Approval ladder changed" in html
    assert "Go back to the default" in html
    assert rung(department).department_step == "approves"
    assert rung(department).second_check_over == 1200
    assert rung(department, 20).department == department
    assert rung(DepartmentFactory()).department is None
    assert Event.objects.about(department).get().action == "change_rung"


def test_adding_and_removing_a_rung(client, department):
    data = {"min_working_days": "30", "manager": "supports", "department_step": "approves"}
    client.post(where(department, "policy-add", "shadowing"), data)
    assert rung(department, 30, "shadowing").department_step == "approves"
    assert rung(department, 29, "shadowing").department_step == "told"

    remove = where(department, "policy-remove", "shadowing", 30)
    assert "The rung before it then holds" in client.get(remove).content.decode()
    client.post(remove)
    assert rung(department, 30, "shadowing").department_step == "told"


def test_going_back_to_the_default(client, department):
    data = {"manager": "told", "department_step": "approves"}
    client.post(where(department, "policy-rung", "mentoring", 0), data)
    default = where(department, "policy-default", "mentoring")

    assert "own rungs for this type are removed" in client.get(default).content.decode()
    client.post(default)

    assert rung(department, 0, "mentoring").department is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({}, "Select what the line manager does"),
        ({}, "Select what the department does"),
        ({}, "Number of working days must be between 0 and 520"),
        ({"min_working_days": "521"}, "Number of working days must be between 0 and 520"),
        ({"second_check_over": "lots"}, "Cost must be a number, like 1200"),
        ({"second_check_over": "-1"}, "Cost must be a number, like 1200"),
    ],
)
def test_a_rung_must_be_whole(client, department, data, text):
    response = client.post(where(department, "policy-add", "exchange"), data)

    assert text in response.content.decode()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("policy-rung", ("cruise", 0)),
        ("policy-rung", ("placement", 7)),
        ("policy-add", ("cruise",)),
        ("policy-remove", ("placement", 0)),
        ("policy-remove", ("placement", 7)),
    ],
)
def test_a_rung_that_is_not_there(client, department, name, more):
    assert client.get(where(department, name, *more)).status_code == 404


def test_the_first_rung_stays(department):
    admin = department_admin(department)

    with pytest.raises(Conflict):
        policy.remove_rung(department, by=admin, opportunity_type="placement", min_working_days=0)


def test_a_stranger_changes_no_ladder(department):
    with pytest.raises(StepNotAllowed):
        policy.use_default(department, by=UserFactory(), opportunity_type="placement")
