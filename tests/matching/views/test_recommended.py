"""Recommended for you."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.calendar import today
from matching import actions
from matching.models import Change
from placements.choices import OpportunityStatus
from placements.models import Opportunity
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import a_match, learner, teaching
from tests.factories.people import (
    CivilServantFactory,
    SkillFactory,
    SkillGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
URL = "/recommended"


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_is_for_people_who_signed_in(client):
    assert client.get(URL).status_code == 302


def test_it_is_not_for_hosts(as_user):
    assert as_user(host_of(OrganisationFactory())).get(URL).status_code == 403


def test_it_shows_a_match_in_words_with_reasons(as_user):
    user, opportunity = a_match(title="Measure very small things")

    html = page(as_user(user))

    assert "Measure very small things" in html
    assert "Strong match" in html
    assert "Teaches 2 of the 2 skills you want to learn" in html
    assert f"/recommended/{opportunity.reference}/why" in html


def test_it_asks_for_skills_before_anything_else(as_user):
    teaching(SkillFactory(), title="Measure very small things")

    html = page(as_user(CivilServantFactory()))

    assert "the skills you want to learn" in html
    assert "Measure very small things" not in html


def test_who_works_in_no_department_has_no_profile_to_compare(as_user):
    assert as_user(UserFactory()).get(URL).status_code == 403


@pytest.mark.parametrize("with_snapshot", [True, False])
def test_what_closed_since_is_gone_at_once(as_user, with_snapshot):
    user, opportunity = a_match(title="Measure very small things")
    if with_snapshot:
        actions.rebuild()
    client = as_user(user)
    assert "Measure very small things" in page(client)

    opportunity.status = OpportunityStatus.PAUSED
    opportunity.save()

    assert "Measure very small things" not in page(client)


def test_what_changed_since_is_compared_as_it_is_now(as_user):
    user, opportunity = a_match(title="Measure very small things")
    actions.rebuild()
    client = as_user(user)
    assert "Strong match" in page(client)

    opportunity.opportunity_skills.all().delete()

    assert "Measure very small things" not in page(client)


def test_what_opened_since_is_there_at_once(as_user):
    skill = SkillFactory()
    user = learner(skill)
    actions.rebuild()
    client = as_user(user)
    assert "We do not have a match yet" in page(client)

    teaching(skill, level=4, title="Measure very small things")

    assert "Measure very small things" in page(client)


def test_what_the_arrays_missed_is_still_checked_in_the_database(as_user):
    user, opportunity = a_match(title="Measure very small things")
    actions.rebuild()
    client = as_user(user)
    assert "Measure very small things" in page(client)

    # no trigger fires for a date that simply comes
    Opportunity.objects.filter(pk=opportunity.pk).update(
        closing_on=today() - dt.timedelta(days=1), choosing_on=today()
    )
    Change.objects.all().delete()

    assert "Measure very small things" not in page(client)


def test_a_near_miss_says_what_stands_in_the_way(as_user):
    user, _opportunity = a_match(title="Measure very small things", clearance="sc")

    html = page(as_user(user))

    assert "Nearly" in html
    assert "What stands in the way: It needs clearance: Security check (SC)." in html


def test_nothing_found_tells_what_would_help(as_user):
    skill = SkillFactory()
    user = learner(skill, hours_a_week=7)
    teaching(skill, level=4, hours_a_week=14, title="Measure very small things")

    html = page(as_user(user))

    assert "We do not have a match yet" in html
    assert "If you could spend 37 hours a week: 1 match" in html


def test_it_never_shows_more_than_ten(as_user):
    skill = SkillFactory()
    for _each in range(12):
        teaching(skill, level=4)

    assert page(as_user(learner(skill))).count('class="app-card"') == 10


def test_own_department_and_own_applications_are_left_out(as_user):
    user, opportunity = a_match(title="Measure very small things")
    opportunity.organisation.department = user.department
    opportunity.organisation.save()

    assert "Measure very small things" not in page(as_user(user))


def test_queries_do_not_grow_with_rows(as_user):
    skill = SkillFactory()
    client = as_user(learner(skill))
    counts = []
    for _turn in range(2):
        teaching(skill, level=4)
        actions.rebuild()
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))
        for _each in range(5):
            teaching(skill, level=4)

    assert counts[0] == counts[1] <= 20


def test_two_more_skills_are_counted_as_one_help(as_user):
    wanted = SkillFactory()
    groups = [SkillGroupFactory(slug=f"group-{n}", name=f"Group {n}") for n in range(17)]
    teaching(*(SkillFactory(group=group) for group in groups), level=1)

    html = page(as_user(learner(wanted)))

    assert "If you added 2 more skills to learn: 1 match" in html


def test_with_nothing_found_it_says_what_stands_in_the_way(as_user):
    user, _opportunity = a_match(clearance="dv", hours_a_week=37)
    user.profile.hours_a_week = 7
    user.profile.save()

    html = page(as_user(user))

    assert "Security clearance: stands in the way of 1 opportunity" in html
    assert "Hours a week: stands in the way of 1 opportunity" in html
