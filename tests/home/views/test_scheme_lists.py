"""The scheme team keeps departments' admins and the list of skills."""

import re

import pytest
from django.urls import reverse

from audit.models import Event
from notifications.models import Message
from people.models import Department, RoleGrant, Skill, SkillSynonym, User
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    ProfileSkillFactory,
    SkillFactory,
    department_admin,
    scheme_team_member,
)

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def team():
    return scheme_team_member()


@pytest.fixture
def client(as_user, team):
    return as_user(team)


@pytest.fixture
def department():
    return DepartmentFactory(slug="water", name="Department for Water")


@pytest.fixture
def address(department):
    return reverse("scheme-department", args=[department.slug])


def test_departments_are_listed_with_domains_and_admins(client, department):
    CivilServantFactory(department=department)

    page = text_of(client.get("/scheme/departments"))

    assert "Department for Water water.gov.uk 2 0 No admin" in page
    department_admin(department)
    assert "No admin" not in text_of(client.get("/scheme/departments"))


def test_no_departments_yet(client):
    assert not Department.objects.exists()
    assert "There are no departments yet" in text_of(client.get("/scheme/departments"))


def test_a_department_without_an_admin_is_warned_about(client, address):
    assert "Nobody can approve its applications" in text_of(client.get(address))


def test_somebody_new_becomes_an_admin_and_is_told(client, team, department, address):
    response = client.post(address, {"email": "New.Person@water.gov.uk"}, follow=True)

    person = User.objects.get(email="new.person@water.gov.uk")
    assert "is an admin now" in text_of(response)
    assert person.department == department
    assert person.administered_department_ids == [department.pk]
    event = Event.objects.get(action="grant_department_admin")
    assert (event.actor, event.subject_id) == (team, str(department.pk))
    assert event.detail == {"person": person.pk}
    assert Message.objects.get().recipient == person


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("", "Enter their work email address"),
        ("water", "Enter an email address in the correct format"),
        ("person@example.org", "must end in a domain of the department: @water.gov.uk"),
    ],
)
def test_an_address_is_refused(client, address, email, error):
    response = client.post(address, {"email": email})

    assert error in text_of(response)
    assert "Error: " in response.content.decode()
    assert not RoleGrant.objects.filter(role="department_admin").exists()


def test_nobody_is_an_admin_twice(client, department, address):
    admin = department_admin(department)

    response = client.post(address, {"email": admin.email.upper()})

    assert "admin of the department already" in text_of(response)


def test_rights_end_with_a_warning_when_it_is_the_last_admin(client, team, department):
    first, second = department_admin(department), department_admin(department)
    address = reverse("scheme-admin-end", args=[department.slug])
    assert "This is the last admin" not in text_of(client.get(address))
    assert "Select whose rights you want to end" in text_of(client.post(address, {}))

    client.post(address, {"grant": RoleGrant.objects.get(user=first).pk})

    assert RoleGrant.objects.get(user=first).ended_by == team
    assert "This is the last admin" in text_of(client.get(address))
    assert Event.objects.filter(action="end_department_admin").count() == 1
    assert Message.objects.get().recipient == first
    assert list(RoleGrant.objects.admins_of(department).values_list("user", flat=True)) == [
        second.pk
    ]

    client.post(address, {"grant": RoleGrant.objects.get(user=second).pk})
    assert "This department has no admin" in text_of(client.get(address))


def test_rights_in_another_department_do_not_end_here(client, department):
    other = RoleGrant.objects.get(user=department_admin(DepartmentFactory()))
    department_admin(department)

    response = client.post(
        reverse("scheme-admin-end", args=[department.slug]), {"grant": other.pk}
    )

    assert response.status_code == 200
    other.refresh_from_db()
    assert other.ended_at is None


def test_skills_are_found_by_part_of_any_name(client):
    SkillSynonym.objects.create(skill=SkillFactory(name="Robotics"), name="Automation")
    SkillFactory(name="Statistics")
    SkillFactory(name="Telegraphy", is_retired=True)

    found = text_of(client.get("/scheme/skills?text=automat"))
    retired = text_of(client.get("/scheme/skills?state=retired"))

    assert "Robotics" in found
    assert "Statistics" not in found
    assert "Telegraphy Retired" in retired
    assert "Robotics" not in retired
    assert "Telegraphy" not in text_of(client.get("/scheme/skills?state=used"))
    assert "No skill was found" in text_of(client.get("/scheme/skills?text=zzz"))


def test_a_skill_is_retired_after_a_page_that_says_what_it_means(client, team):
    skill = SkillFactory(name="Telegraphy")
    ProfileSkillFactory(skill=skill)
    address = reverse("scheme-skill-retire", args=[skill.slug])
    assert "It stays on 1 profile." in text_of(client.get(address))

    client.post(address)
    client.post(address)

    assert not Skill.objects.in_use().filter(pk=skill.pk).exists()
    assert Event.objects.get(action="retire_skill").actor == team


def test_a_retired_skill_is_restored(client):
    skill = SkillFactory(is_retired=True)
    assert "Restore this skill" in text_of(client.get(reverse("scheme-skill", args=[skill.slug])))

    client.post(reverse("scheme-skill-restore", args=[skill.slug]))

    assert Skill.objects.in_use().filter(pk=skill.pk).exists()
    assert Event.objects.filter(action="restore_skill").exists()


def test_another_name_is_added_and_removed(client):
    skill = SkillFactory(name="Robotics")
    address = reverse("scheme-skill", args=[skill.slug])

    client.post(address, {"name": "  Auto   mation "})
    assert [synonym.name for synonym in skill.synonyms.all()] == ["Auto mation"]

    for _twice in range(2):
        client.post(reverse("scheme-synonym-remove", args=[skill.slug]), {"name": "Auto mation"})
    assert not skill.synonyms.exists()
    assert sorted(Event.objects.values_list("action", flat=True)) == [
        "add_synonym",
        "remove_synonym",
    ]


@pytest.mark.parametrize("name", ["robotics", "AUTOMATION"])
def test_a_name_it_has_already_is_refused(client, name):
    skill = SkillFactory(name="Robotics")
    SkillSynonym.objects.create(skill=skill, name="Automation")

    response = client.post(reverse("scheme-skill", args=[skill.slug]), {"name": name})

    assert "The skill has this name already" in text_of(response)
    assert skill.synonyms.count() == 1
