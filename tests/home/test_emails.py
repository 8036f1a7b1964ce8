"""Letters about rights read well: lines stay apart, and they say why they came."""

import pytest

from notifications.models import Message
from notifications.rendering import render
from people.actions import roles
from people.models import RoleGrant
from tests.factories.people import DepartmentFactory, department_admin, scheme_team_member

pytestmark = pytest.mark.django_db


def test_a_new_admin_is_told_what_they_can_do_and_where():
    department = DepartmentFactory(name="Department for Water", slug="water")

    roles.grant_department_admin(department, email="zoe@water.gov.uk", by=scheme_team_member())

    subject, body = render(Message.objects.get())
    assert subject == f"You are now an admin of {department.short_name}"
    assert "Dear zoe@water.gov.uk,\n\nThe scheme team made you an admin of" in body
    assert "/department/water\n" in body
    assert "Why you got this: your rights in STEM Futures changed." in body


def test_somebody_is_told_when_their_rights_end():
    department = DepartmentFactory(name="Department for Water")
    department_admin(department)

    grant = RoleGrant.objects.admins_of(department).get()
    assert roles.end_department_admin(grant, by=scheme_team_member())
    assert not roles.end_department_admin(grant, by=scheme_team_member())

    subject, body = render(Message.objects.get())
    assert subject.startswith("You are no longer an admin of")
    assert "\n\nYou are no longer an admin of Department for Water." in body
