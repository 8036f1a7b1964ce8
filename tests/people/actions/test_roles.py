"""Who may act for a department: given once, ended once, and told to whoever listens."""

import pytest

from audit.models import Event
from people.actions import roles
from people.models import RoleGrant, User
from tests.factories.people import DepartmentFactory, UserFactory, scheme_team_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return scheme_team_member()


@pytest.fixture
def department():
    return DepartmentFactory()


def actions_about(department):
    return sorted(Event.objects.about(department).values_list("action", flat=True))


def test_making_somebody_an_admin_twice_is_the_same_as_once(department, team):
    person = UserFactory(email="ada@example.gov.uk")

    first = roles.grant_department_admin(department, email="ada@example.gov.uk", by=team)
    second = roles.grant_department_admin(department, email="ada@example.gov.uk", by=team)

    assert first == second
    assert first.user == person
    assert RoleGrant.objects.admins_of(department).count() == 1
    assert actions_about(department) == ["grant_department_admin"]
    assert person.messages.count() == 1


def test_an_ended_right_is_given_anew_and_both_stay_on_record(department, team):
    grant = roles.grant_department_admin(department, email="ada@example.gov.uk", by=team)

    assert roles.end_department_admin(grant, by=team)
    again = roles.grant_department_admin(department, email="ada@example.gov.uk", by=team)

    assert again != grant
    assert User.objects.admins_of(department.pk).get() == again.user
    assert RoleGrant.objects.filter(department=department).count() == 2


def test_a_right_is_ended_once(department, team):
    grant = roles.grant_department_admin(department, email="ada@example.gov.uk", by=team)

    assert roles.end_department_admin(grant, by=team)
    assert not roles.end_department_admin(grant, by=UserFactory())

    grant.refresh_from_db()
    assert grant.ended_by == team
    assert actions_about(department) == ["end_department_admin", "grant_department_admin"]
