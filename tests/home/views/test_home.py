"""The home page: what waits for a person, in every part they have."""

import datetime as dt

import pytest
from django.utils import timezone

from core.calendar import today
from placements.choices import ApplicationStatus
from placements.models import Application
from tests.factories.experts import host_of
from tests.factories.people import CivilServantFactory, UserFactory, department_admin
from tests.factories.placements import ApplicationFactory, PlacementFactory
from tests.factories.rounds import RoundListFactory

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


def test_nothing_waits_for_somebody_new(as_user):
    page = words(as_user(CivilServantFactory()).get("/home"))

    assert "Nothing waits for you." in page
    assert "You have not applied for anything yet." in page


def test_an_outsider_is_not_told_about_applications(as_user):
    page = words(as_user(UserFactory()).get("/home"))

    assert "Your applications" not in page


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (ApplicationStatus.DRAFT, "Finish your application"),
        (ApplicationStatus.OFFERED, "Answer your offer"),
        (ApplicationStatus.DEPT_INFO, "Answer your department’s question"),
    ],
)
def test_the_applicants_next_step_waits_for_them(as_user, status, what):
    application = ApplicationFactory(status=status)

    assert what in words(as_user(application.applicant).get("/home"))


def test_what_waits_for_others_does_not_wait_for_the_applicant(as_user):
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    page = words(as_user(application.applicant).get("/home"))

    assert "Nothing waits for you." in page
    assert application.opportunity.title in page


def test_a_manager_finds_who_asks_for_support(as_user):
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)

    page = words(as_user(application.manager).get("/home"))

    assert f"Decide on {application.applicant.name}’s application" in page


def test_a_host_finds_how_many_wait_at_their_organisation_only(as_user):
    first, other = ApplicationFactory.create_batch(2, status=ApplicationStatus.SENT)
    host = host_of(first.opportunity.organisation)

    page = words(as_user(host).get("/home"))

    assert "Review 1 applicant" in page
    assert first.opportunity.organisation.name in page
    assert other.opportunity.organisation.name not in page


def test_an_admin_finds_how_many_wait_at_their_department_only(as_user):
    first, other = ApplicationFactory.create_batch(2, status=ApplicationStatus.WITH_DEPARTMENT)
    admin = department_admin(first.department)

    page = words(as_user(admin).get("/home"))

    assert "Decide on 1 request" in page
    assert other.department.name not in page


def test_the_most_urgent_comes_first_and_what_is_late_says_so(as_user):
    person = CivilServantFactory()
    later, late = ApplicationFactory.create_batch(
        2, applicant=person, status=ApplicationStatus.OFFERED
    )
    for row, days in ((later, 3), (late, -1)):
        Application.objects.filter(pk=row.pk).update(due_on=today() + dt.timedelta(days=days))

    page = words(as_user(person).get("/home"))

    assert page.index(late.opportunity.title) < page.index(later.opportunity.title)
    assert page.count("Overdue") == 1


@pytest.mark.parametrize("rows", [1, 8])
def test_queries_do_not_grow_with_rows(as_user, django_assert_max_num_queries, rows):
    person = CivilServantFactory()
    for _row in range(rows):
        ApplicationFactory(applicant=person, status=ApplicationStatus.OFFERED)
        ApplicationFactory(manager=person, status=ApplicationStatus.WITH_MANAGER)
        PlacementFactory(application=ApplicationFactory(applicant=person), is_exclusive=False)
    client = as_user(person)

    with django_assert_max_num_queries(28):
        client.get("/home")


def test_a_line_manager_finds_who_asks_about_a_list(as_user):
    mine = RoundListFactory(support="asked", support_days=5, support_asked_at=timezone.now())
    mine.manager = mine.person.profile.line_manager
    mine.save()

    page = as_user(mine.manager).get("/home").content.decode()

    assert f"/manager/rounds/{mine.reference}" in page
