"""The search: what it knows, what it finds, and in which order."""

import pytest

from experts.choices import OrganisationKind
from people.models import SkillSynonym
from placements.models import Opportunity
from tests.factories.experts import OrganisationFactory
from tests.factories.people import SkillFactory
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory

pytestmark = pytest.mark.django_db


def listed(**fields):
    skills = fields.pop("skills", ())
    opportunity = OpportunityFactory(**fields)
    for skill in skills:
        OpportunitySkillFactory(opportunity=opportunity, skill=skill)
    Opportunity.objects.refresh_search([opportunity.pk])
    return Opportunity.objects.get(pk=opportunity.pk)


def titles(text):
    rows, words = Opportunity.objects.found_by(text)
    return [each.title for each in rows.best_first(words)]


def test_it_writes_what_comes_from_other_tables():
    skill = SkillFactory(name="Metrology")
    host = OrganisationFactory(kind=OrganisationKind.FIRM)

    opportunity = listed(skills=[skill], organisation=host, title="Café sensors")

    assert opportunity.search_skills == [skill.pk]
    assert opportunity.search_region == opportunity.town.region_id
    assert opportunity.search_kind == OrganisationKind.values.index("firm")
    assert (opportunity.search_lowest, opportunity.search_highest) == (3, 6)
    assert opportunity.search_words.startswith("cafe sensors metrology")


def test_the_database_codes_what_stands_on_the_row():
    opportunity = listed(shadowing=True, hours_a_week=8)

    codes = (opportunity.search_type, opportunity.search_length, opportunity.search_hours)
    assert codes == (0, 0, 0)


def test_one_call_refreshes_many_in_one_query(django_assert_num_queries):
    pks = [each.pk for each in OpportunityFactory.create_batch(3)]

    with django_assert_num_queries(1):
        assert Opportunity.objects.refresh_search(pks) == 3


@pytest.mark.parametrize(
    "text",
    [
        "sensors",
        "sensor",
        "TESTING",
        "testing sens",
        "café",
        "cafe",
        '"testing sensors"',
        "zürich",
    ],
)
def test_words_are_found_in_any_form(text):
    listed(title="Testing sensors at the Café", summary="With a team in Zurich.")
    listed(title="Other things", summary="Nothing alike.", what_you_will_do="Walk.")

    assert titles(text) == ["Testing sensors at the Café"]


def test_a_title_counts_more_than_a_skill_and_a_skill_more_than_text():
    listed(title="Text", what_you_will_do="Use photonics every day.")
    listed(title="Skill", skills=[SkillFactory(name="Photonics")])
    listed(title="Photonics")

    assert titles("photonics") == ["Photonics", "Skill", "Text"]


def test_a_synonym_finds_the_skill():
    skill = SkillFactory(name="Data science")
    SkillSynonym.objects.create(skill=skill, name="number crunching")
    listed(title="Counting", skills=[skill])

    assert titles("crunching") == ["Counting"]


@pytest.mark.parametrize("slip", ["fotonics", "photnics", "photonisc", "Phötnics practise"])
def test_a_typing_slip_still_finds_it(slip):
    listed(title="Photonics in practice")
    listed(title="Something else")

    assert titles(slip) == ["Photonics in practice"]


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "a'b", "&|!", ":*", "(", "-", "or", "the", "🙂", "x" * 500, "%", "<->"],
)
def test_no_text_breaks_the_search(text):
    listed(title="Testing")

    titles(text)
