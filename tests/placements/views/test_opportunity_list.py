"""The list of opportunities: search, filters with counts, order, pages."""

import datetime as dt

import pytest

from core.calendar import today
from people.choices import Clearance
from placements.choices import Direction, OpportunityStatus, RemoteShare
from placements.filters import paging
from placements.models import Opportunity
from tests.client import Page
from tests.factories.experts import OrganisationFactory
from tests.factories.people import (
    CivilServantFactory,
    RegionFactory,
    SkillFactory,
    TownFactory,
    UserFactory,
)
from tests.factories.placements import OpportunityFactory, OpportunitySkillFactory

pytestmark = pytest.mark.django_db
URL = "/opportunities"
FACETS = ["type", "skill", "region", "remote", "length", "hours", "grade", "clearance", "kind"]
PARAMETERS = [*FACETS, "direction", "soon", "sort", "page", "q"]
BAD = [
    "abc",
    "-1",
    "0",
    "10" * 20,
    "1e400",
    "NaN",
    "'",
    '"><script>',
    "٣",
    "__all",
    "?",
    "🙂",
    "%",
]


def listed(**fields):
    skills = fields.pop("skills", ())
    opportunity = OpportunityFactory(**fields)
    for skill in skills:
        OpportunitySkillFactory(opportunity=opportunity, skill=skill)
    Opportunity.objects.refresh_search([opportunity.pk])
    return opportunity


def shown(client, **query):
    html = client.get(URL, query).content.decode()
    ids = Page(html).ids
    return [each for each in ids if each.startswith("OP-")], html


def count_of(html, field):
    """Read the number beside a checkbox."""
    label = html.split(f'for="{field}"', 1)[1].split("</label>", 1)[0]
    return int(label.split("(")[1].split(")")[0].replace(",", ""))


def test_it_lists_only_what_somebody_can_apply_for(client):
    here = listed(title="Here")
    listed(title="Late", closing_on=today() - dt.timedelta(days=1))
    listed(draft=True)
    for status in (
        OpportunityStatus.PAUSED,
        OpportunityStatus.FILLED,
        OpportunityStatus.CANCELLED,
    ):
        listed(status=status)

    ids, html = shown(client)

    assert ids == [here.reference]
    assert "1 opportunity</h1>" in html


def test_a_card_says_what_people_need_to_decide(client):
    opportunity = listed(cost_to_department=1200)

    _ids, html = shown(client)

    for said in (
        opportunity.organisation.name,
        "37 hours a week",
        "Swindon, South West: On site",
        "Costs your department £1,200",
        "Closes 5pm on",
        "Checked by the host on",
    ):
        assert said in html


def test_the_contact_is_never_in_the_page(client):
    listed(contact=UserFactory(name="Canary Contact", email="canary@example.org"))

    _ids, html = shown(client)

    assert "anary" not in html


@pytest.mark.parametrize("rows", [1, 25])
def test_queries_do_not_grow_with_rows(client, rows, django_assert_num_queries):
    pks = [
        OpportunitySkillFactory(opportunity__organisation=OrganisationFactory()).opportunity_id
        for _number in range(rows)
    ]
    Opportunity.objects.refresh_search(pks)

    with django_assert_num_queries(6):  # skills, regions, grades; counts; numbers; rows
        client.get(URL)


def test_a_filter_keeps_what_has_one_of_its_values(client):
    shadowing = listed(shadowing=True)
    mentoring = listed(mentoring=True)
    listed()

    ids, _html = shown(client, type=["shadowing", "mentoring"])

    assert sorted(ids) == sorted([shadowing.reference, mentoring.reference])


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"remote": "remote"}, {"remote": RemoteShare.REMOTE}),
        ({"clearance": "sc"}, {"clearance": Clearance.SC}),
        ({"direction": "inward"}, {"direction": Direction.INWARD}),
        ({"hours": "day"}, {"hours_a_week": 8}),
        ({"hours": "days"}, {"hours_a_week": 9}),
        ({"length": "weeks"}, {"shadowing": True}),
        ({"length": "longer"}, {"ends_on": today() + dt.timedelta(days=400)}),
        ({"soon": "1"}, {"closing_on": today() + dt.timedelta(days=14)}),
        ({"q": "graphene"}, {"title": "Graphene"}),
    ],
)
def test_each_filter_finds_its_own(client, query, fields):
    wanted = listed(**fields)
    listed()

    ids, _html = shown(client, **query)

    assert ids == [wanted.reference]


def test_skill_region_kind_and_grade_come_from_other_tables(client):
    region = RegionFactory(code="TLL", name="Wales", slug="wales")
    wales = TownFactory(name="Bangor", region=region)
    wanted = listed(
        skills=[SkillFactory(slug="radar", name="Radar")],
        town=wales,
        organisation=OrganisationFactory(kind="firm"),
    )
    listed()

    for query in ({"skill": "radar"}, {"region": "wales"}, {"kind": "firm"}):
        assert shown(client, **query)[0] == [wanted.reference]
    assert len(shown(client, grade="HEO")[0]) == 2 or shown(client, grade="HEO")[0] == []


def test_counts_ignore_the_filters_own_choice(client):
    listed(shadowing=True, remote=RemoteShare.REMOTE)
    listed(shadowing=True)
    listed(mentoring=True)

    _ids, html = shown(client, type="shadowing")

    assert count_of(html, "type-shadowing") == 2
    assert count_of(html, "type-mentoring") == 1
    assert count_of(html, "remote-on_site") == 1
    assert count_of(html, "remote-remote") == 1


def test_counts_with_two_filters_match_what_choosing_shows(client):
    for fields in (
        {"shadowing": True},
        {"shadowing": True, "hours_a_week": 8},
        {"hours_a_week": 8},
    ):
        for remote in RemoteShare.values:
            listed(remote=remote, skills=[SkillFactory()], **fields)
    chosen = {"type": "shadowing", "hours": "day"}

    _ids, html = shown(client, **chosen)

    for name, value in (("type", "placement"), ("hours", "week"), ("remote", "remote")):
        asked = {**chosen, name: [value]}
        assert count_of(html, f"{name}-{value}") == len(shown(client, **asked)[0])


def test_a_filter_in_use_can_be_taken_away(client):
    listed(shadowing=True)

    _ids, html = shown(client, type="shadowing", remote="on_site", q="sensors")

    assert 'href="?q=sensors&amp;remote=on_site"' in html
    assert "Remove this filter:" in html


def test_nothing_found_says_what_each_removal_would_show(client):
    listed(shadowing=True)
    listed(shadowing=True)

    _ids, html = shown(client, type="shadowing", remote="remote")

    assert "0 opportunities</h1>" in html
    assert "Removing ‘Remote’ shows 2" in html


def test_nothing_found_for_words_says_what_is_there_without_them(client):
    listed()

    _ids, html = shown(client, q="xylophone")

    assert "Removing ‘xylophone’ shows 1" in html


def test_an_empty_service_has_its_own_words(client):
    _ids, html = shown(client)

    assert "There is nothing to apply for today" in html


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "ABC"), ("closing", "ABC"), ("newest", "CBA"), ("start", "BCA"), ("title", "ABC")],
)
def test_it_is_ordered_as_asked(client, sort, order):
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number, (title, starts) in enumerate((("A", 90), ("B", 70), ("C", 80))):
        listed(
            title=title,
            closing_on=today() + dt.timedelta(days=10 + number),
            published_at=now + dt.timedelta(days=number),
            starts_on=today() + dt.timedelta(days=starts),
        )
    by_reference = dict(Opportunity.objects.values_list("reference", "title"))

    ids, _html = shown(client, sort=sort)

    assert "".join(by_reference[each] for each in ids) == order


def test_pages_keep_the_filters_and_number_themselves(client):
    pks = [each.pk for each in OpportunityFactory.create_batch(21, shadowing=True)]
    Opportunity.objects.refresh_search(pks)

    ids, html = shown(client, type="shadowing", page="2")

    assert len(ids) == 1
    assert "(page 2 of 2)" in html
    assert "?type=shadowing&amp;page=1" in html


def test_the_last_page_says_that_there_is_more(client, monkeypatch):
    monkeypatch.setattr(paging, "LAST_PAGE", 1)
    pks = [each.pk for each in OpportunityFactory.create_batch(21)]
    Opportunity.objects.refresh_search(pks)

    _ids, html = shown(client, page="9")

    assert "Narrow your search" in html


@pytest.mark.parametrize("value", BAD)
def test_bad_values_are_ignored(client, value):
    listed()

    for name in PARAMETERS:
        response = client.get(URL, {name: value})

        assert response.status_code == 200
        if name != "q":
            assert "1 opportunity</h1>" in response.content.decode()


@pytest.mark.parametrize("value", ["\x00", "%00", "a\x00b"])
def test_text_that_no_page_can_hold_is_refused(client, value):
    assert client.get(f"{URL}?q={value}").status_code in {200, 400}


def test_unknown_parameters_change_nothing(client):
    listed()

    query = {"organisation__contact__email": "x", "_connector": "OR", "order_by": "contact"}
    ids, _html = shown(client, **query)

    assert len(ids) == 1


def test_what_was_typed_is_shown_as_text(client):
    html = client.get(URL, {"q": '"><img src=x>'}).content.decode()

    assert "<img src=x" not in html


def test_only_reading_is_allowed(client):
    assert client.post(URL).status_code == 405


def test_a_signed_in_person_sees_what_they_saved(as_user):
    user = CivilServantFactory()
    opportunity = listed()
    opportunity.saved_by.create(user=user)

    html = as_user(user).get(URL).content.decode()

    assert "In your saved list" in html
    assert "/recommended" in html
