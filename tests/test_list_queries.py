"""A list asks the database as often for 50 rows as for one, where no other test says so."""

import datetime as dt
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actions import record
from core.calendar import today
from experts.choices import MemberRole
from notifications.actions import queue_email
from notifications.choices import MessageState
from notifications.models import Message
from people.models import SkillSynonym
from placements.choices import ApplicationStatus as S
from placements.models import Opportunity
from tests.client import QuickClient
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    ProfileSkillFactory,
    SkillFactory,
    UserFactory,
    department_admin,
    scheme_team_member,
)
from tests.factories.placements import (
    ApplicationFactory,
    OpportunityFactory,
    OpportunitySkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]
MANY = 50


class Place(NamedTuple):
    """What the lists are about."""

    department: Any
    organisation: Any
    opportunity: Any
    skill: Any
    application: Any


@pytest.fixture
def place():
    department, organisation = DepartmentFactory(), OrganisationFactory()
    opportunity = OpportunityFactory(organisation=organisation, places=50)
    applicant = CivilServantFactory(department=department)
    application = ApplicationFactory(opportunity=opportunity, applicant=applicant, status=S.SENT)
    return Place(department, organisation, opportunity, SkillFactory(), application)


def a_department(_place):
    department = DepartmentFactory()
    department_admin(department)
    CivilServantFactory(department=department)


def an_admin(place):
    department_admin(place.department)


def a_skill(_place):
    skill = SkillFactory()
    SkillSynonym.objects.create(skill=skill, name="Another name")
    ProfileSkillFactory(skill=skill)


def another_name(place):
    number = place.skill.synonyms.count()
    SkillSynonym.objects.create(skill=place.skill, name=f"Name {number}")


def a_letter_that_is_stuck(_place):
    letter = queue_email("home/emails/admin_ended", to=UserFactory())
    Message.objects.filter(pk=letter.pk).update(state=MessageState.FAILED, error="refused")


def an_opportunity(place):
    opportunity = OpportunityFactory(organisation=place.organisation)
    OpportunitySkillFactory(opportunity=opportunity, skill=place.skill)
    Opportunity.objects.refresh_search([opportunity.pk])
    ApplicationFactory(opportunity=opportunity, status=S.SENT)


def an_applicant(place):
    ApplicationFactory(opportunity=place.opportunity, status=S.SENT)


def somebody_away(place):
    begun = OpportunityFactory(
        starts_on=today(),
        closing_on=today() - dt.timedelta(days=9),
        choosing_on=today() - dt.timedelta(days=2),
    )
    ApplicationFactory(
        opportunity=begun,
        applicant=CivilServantFactory(department=place.department),
        status=S.CONFIRMED,
    )


def to_approve(place):
    ApplicationFactory(
        applicant=CivilServantFactory(department=place.department),
        status=S.WITH_DEPARTMENT,
        due_on=today() - dt.timedelta(days=1),
    )


def approved(place):
    application = ApplicationFactory(
        applicant=CivilServantFactory(department=place.department), status=S.DEPT_INFO
    )
    approval = application.approvals.get()
    approval.decision, approval.decided_by = "approve", UserFactory()
    approval.decided_at = approval.decided_by.date_joined
    approval.save()


def a_new_link(place):
    record("renew_link", place.application, by=UserFactory())


def admin(place):
    return department_admin(place.department)


def host(place):
    return host_of(place.organisation, MemberRole.MEMBER)


def team(_place):
    return scheme_team_member()


def applicant(place):
    return place.application.applicant


def addresses(place):
    """Give what stands in the address of each kind of list."""
    return {
        "one": [],
        "department": [place.department.slug],
        "host": [place.organisation.slug],
        "opportunity": [place.organisation.slug, place.opportunity.reference],
        "skill": [place.skill.slug],
        "application": [place.application.reference],
    }


LISTS = [
    ("scheme-departments", team, "one", a_department),
    ("scheme-department", team, "department", an_admin),
    ("scheme-skills", team, "one", a_skill),
    ("scheme-skill", team, "skill", another_name),
    ("scheme-messages", team, "one", a_letter_that_is_stuck),
    ("opportunity-feed", applicant, "one", an_opportunity),
    ("organisation-detail", applicant, "host", an_opportunity),
    ("skill-list", applicant, "one", a_skill),
    ("organisation-workspace", host, "host", an_opportunity),
    ("organisation-opportunities", host, "host", an_opportunity),
    ("decisions", host, "opportunity", an_applicant),
    ("department-overview", admin, "department", to_approve),
    ("department-overview", admin, "department", somebody_away),
    ("department-placements", admin, "department", somebody_away),
    ("department-absence", admin, "department", somebody_away),
    ("approval-list", admin, "department", to_approve),
    ("approvals-waiting", admin, "department", approved),
    ("approvals-decided", admin, "department", approved),
    ("application-history", applicant, "application", a_new_link),
]


def queries_of(client, address):
    """Count the queries of one page, with what it showed."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries), len(response.content)


@pytest.mark.parametrize(
    ("name", "who", "of", "make"),
    LISTS,
    ids=[f"{row[0]}, {row[3].__name__}" for row in LISTS],
)
def test_fifty_rows_take_as_many_queries_as_one(place, name, who, of, make):
    client = QuickClient()
    client.force_login(who(place))
    address = reverse(name, args=addresses(place)[of])
    make(place)
    one, short = queries_of(client, address)

    for _number in range(MANY - 1):
        make(place)

    many, long = queries_of(client, address)
    assert many == one
    assert long > short, "the page does not show the rows"
