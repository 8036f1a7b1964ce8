"""Skills: what they mean, where to learn them, who would like to."""

import pytest

from people.models import SkillSynonym
from placements.models import Opportunity, SkillInterest
from tests.factories.people import SkillFactory, UserFactory
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory

pytestmark = pytest.mark.django_db


def taught(skill, **fields):
    opportunity = OpportunitySkillFactory(
        opportunity=OpportunityFactory(**fields), skill=skill
    ).opportunity
    Opportunity.objects.refresh_search([opportunity.pk])
    return opportunity


def test_skills_stand_in_groups_with_what_is_open(client):
    radar = SkillFactory(name="Radar")
    taught(radar)

    html = client.get("/skills").content.decode()

    assert "Radar</a> (1" in html
    assert "Data</h2>" in html


@pytest.mark.parametrize("text", ["rada", "echo", "RADAR"])
def test_a_skill_is_found_by_its_names(client, text):
    radar = SkillFactory(name="Radar")
    SkillFactory(name="Optics")
    SkillSynonym.objects.create(skill=radar, name="echo ranging")

    html = client.get("/skills", {"q": text}).content.decode()

    assert "Radar" in html
    assert "Optics" not in html


def test_nothing_found_says_what_to_do(client):
    assert "No skills match" in client.get("/skills", {"q": "zzz"}).content.decode()


def test_a_skill_says_what_it_means_and_where_to_learn_it(client):
    radar = SkillFactory(name="Radar", description="Seeing by echoes.")
    SkillSynonym.objects.create(skill=radar, name="Echo ranging")
    taught(radar, title="Learn radar here")

    html = client.get(radar.get_absolute_url()).content.decode()

    for said in ("Seeing by echoes.", "Echo ranging", "Learn radar here", "?skill="):
        assert said in html


@pytest.mark.parametrize("rows", [1, 10])
def test_queries_do_not_grow_with_rows(client, rows, django_assert_num_queries):
    skill = SkillFactory()
    for _row in range(rows):
        taught(skill)

    with django_assert_num_queries(5):  # skill, synonyms, people waiting, count, opportunities
        client.get(skill.get_absolute_url())


def test_interest_is_registered_once_and_can_be_undone(as_user):
    user, skill = UserFactory(), SkillFactory()
    client = as_user(user)
    address = f"{skill.get_absolute_url()}/interest"

    client.post(address)
    client.post(address)

    assert SkillInterest.objects.count() == 1
    assert "We have noted" in client.get(skill.get_absolute_url()).content.decode()

    client.post(f"{address}/undo")

    assert not SkillInterest.objects.exists()


def test_a_get_registers_nothing(as_user):
    skill = SkillFactory()

    as_user(UserFactory()).get(f"{skill.get_absolute_url()}/interest")

    assert not SkillInterest.objects.exists()


@pytest.mark.parametrize(("people", "shown"), [(9, False), (10, True)])
def test_a_small_number_of_people_is_not_shown(client, people, shown):
    skill = SkillFactory()
    for _person in range(people):
        SkillInterest.objects.create(user=UserFactory(), skill=skill)

    html = client.get(skill.get_absolute_url()).content.decode()

    assert ("people want to learn this" in html) is shown
