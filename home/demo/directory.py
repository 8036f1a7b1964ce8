"""Loads who is in the demo: civil servants, partners and their people, and their rights."""

import datetime as dt
from collections import defaultdict

from core.calendar import today
from experts.choices import OrganisationStatus
from experts.models import Membership, Organisation
from home.demo import catalogue
from home.demo.shapes import DemoPerson
from people.choices import Role, SkillUse
from people.models import (
    Department,
    EmailDomain,
    Grade,
    Profession,
    Profile,
    ProfileSkill,
    RoleGrant,
    Skill,
    Town,
    User,
)

ADMINS_OF_EACH_DEPARTMENT = 2
# a level of none is an answer too, which only this list can tell from no answer
LEVELS_GIVEN = ["skills-to-learn-levels", "skills-levels"]
SCHEME_TEAM = (
    ("Miriam Okonkwo", "miriam.okonkwo@stemfutures.example"),
    ("Tom Ashworth", "tom.ashworth@stemfutures.example"),
)


def load_civil_servants() -> list[User]:
    """Make the civil servants with their profiles, in the order of the catalogue."""
    departments = {row.slug: row for row in Department.objects.all()}
    people = catalogue.people()
    users = User.objects.bulk_create(
        User(name=person.name, email=person.email, department=departments[person.department])
        for person in people
    )
    grades = {row.code: row for row in Grade.objects.all()}
    professions = {row.slug: row for row in Profession.objects.all()}
    towns = {row.name: row for row in Town.objects.all()}
    profiles = Profile.objects.bulk_create(
        Profile(
            user=user,
            grade=grades[person.grade],
            profession=professions[person.profession],
            line_manager=None if person.manager is None else users[person.manager],
            hours_a_week=person.hours_a_week,
            available_from=today() + dt.timedelta(days=person.available_from),
            available_until=today() + dt.timedelta(days=person.available_until),
            town=towns[person.town],
            max_distance_miles=person.max_distance_miles,
            remote_ok=person.remote_ok,
            working_pattern=person.working_pattern,
            clearance=person.clearance,
            development_plan=person.development_plan,
            answered=LEVELS_GIVEN,
        )
        for user, person in zip(users, people, strict=True)
    )
    load_profile_skills(profiles, people)
    return users


def load_profile_skills(profiles: list[Profile], people: tuple[DemoPerson, ...]) -> None:
    """Put the skills on the profiles."""
    skills = {row.slug: row for row in Skill.objects.all()}
    ProfileSkill.objects.bulk_create(
        ProfileSkill(profile=profile, skill=skills[each.skill], use=use, level=each.level)
        for profile, person in zip(profiles, people, strict=True)
        for use, listed in ((SkillUse.HELD, person.held), (SkillUse.LEARN, person.to_learn))
        for each in listed
    )


def load_rights(users: list[User]) -> None:
    """Make the senior people of each department its admins, and a scheme team."""
    system = User.objects.system()
    team = User.objects.bulk_create(User(name=name, email=email) for name, email in SCHEME_TEAM)
    EmailDomain.objects.get_or_create(domain="stemfutures.example")
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=Role.SCHEME_TEAM, granted_by=system) for user in team
    )
    of_department = defaultdict(list)
    for user in users:
        of_department[user.department_id].append(user)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=user,
            role=Role.DEPARTMENT_ADMIN,
            department_id=department_id,
            granted_by=team[0],
        )
        for department_id, members in of_department.items()
        for user in members[1 : 1 + ADMINS_OF_EACH_DEPARTMENT]
    )


def load_partners() -> dict[str, list[User]]:
    """Make the partners and who acts for them; gives the people by the partner's slug."""
    departments = {row.slug: row for row in Department.objects.all()}
    towns = {row.name: row for row in Town.objects.all()}
    system = User.objects.system()
    organisations = {
        row.slug: row
        for row in Organisation.objects.bulk_create(
            Organisation(
                slug=each.slug,
                name=each.name,
                kind=each.kind,
                status=OrganisationStatus.ACTIVE,
                department=departments[each.department] if each.department else None,
                summary=each.summary,
                website=each.website,
                size=each.size,
                town=towns[each.town],
            )
            for each in catalogue.organisations()
        )
    }
    for each in catalogue.organisations():
        domain, _made = EmailDomain.objects.get_or_create(domain=each.domain)
        organisations[each.slug].domains.add(domain)
    people = defaultdict(list)
    hosts = catalogue.hosts()
    known = {user.email: user for user in User.objects.filter(email__in=[h.email for h in hosts])}
    for host in hosts:
        user = known.get(host.email) or User.objects.create(name=host.name, email=host.email)
        people[host.organisation].append(user)
        Membership.objects.create(
            user=user,
            organisation=organisations[host.organisation],
            role=host.role,
            job_title=host.job_title,
            granted_by=system,
        )
    return dict(people)
