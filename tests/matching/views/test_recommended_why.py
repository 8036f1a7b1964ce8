"""Why this match."""

import re

import pytest

from placements.choices import OpportunityStatus
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.matching import a_match, learner, teaching
from tests.factories.people import SkillFactory

pytestmark = pytest.mark.django_db


def page(client, opportunity, status=200):
    response = client.get(f"/recommended/{opportunity.reference}/why")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_it_is_for_people_who_signed_in(client):
    _user, opportunity = a_match()

    page(client, opportunity, status=302)


def test_it_is_not_for_hosts(as_user):
    _user, opportunity = a_match()

    page(as_user(host_of(OrganisationFactory())), opportunity, status=403)


def test_a_draft_is_not_there(as_user):
    user, opportunity = a_match(draft=True)

    page(as_user(user), opportunity, status=404)


def test_the_table_adds_up(as_user):
    user, opportunity = a_match()

    html = page(as_user(user), opportunity)

    cells = re.findall(r"([\d,]+) of [\d,]+ </td>", html)
    points = [int(cell.replace(",", "")) for cell in cells]
    total = int(re.search(r"<strong>([\d,]+) of", html)[1].replace(",", ""))
    assert len(points) == 8
    assert sum(points) == total > 0


def test_it_names_what_was_not_used(as_user):
    user, opportunity = a_match()

    html = page(as_user(user), opportunity)

    assert "We did not use: age, sex, ethnicity, disability, religion, caring." in html


def test_a_near_miss_says_the_one_condition_and_what_would_change_it(as_user):
    user, opportunity = a_match(clearance="sc")

    html = page(as_user(user), opportunity)

    assert "One condition stands in the way:" in html
    assert "It needs clearance: Security check (SC)" in html
    assert (
        "If you held this clearance: Security check (SC), you could apply,"
        " and it would be a strong match" in html
    )


def test_several_failing_rules_are_all_said(as_user):
    user, opportunity = a_match(
        clearance="dv", lowest_grade__code="SCS1", highest_grade__code="SCS1"
    )

    html = page(as_user(user), opportunity)

    assert "These conditions stand in the way:" in html
    assert "It is for Grade SCS1 to Grade SCS1" in html


def test_a_closed_one_says_so(as_user):
    user, opportunity = a_match(status=OpportunityStatus.CLOSED)

    assert "It is closed to applications." in page(as_user(user), opportunity)


def test_another_skill_would_raise_the_score(as_user):
    known, other = SkillFactory(), SkillFactory(name="Photonics")
    opportunity = teaching(known, other)

    html = page(as_user(learner(known)), opportunity)

    assert "If you also wanted to learn Photonics, this would" in html
