"""A host sees who listed its place and never where, and puts them in groups."""

import pytest

from core.errors import Conflict, StepNotAllowed
from matching.actions import grouping, lists
from matching.choices import HostGroup
from matching.choices import RoundStatus as S
from matching.models import Grouping, Round
from tests.factories.experts import host_of
from tests.factories.people import CivilServantFactory, UserFactory
from tests.factories.rounds import RoundPlaceFactory, listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return RoundPlaceFactory()


@pytest.fixture
def host(place):
    return host_of(place.opportunity.organisation)


def where(place):
    opportunity = place.opportunity
    slug = opportunity.organisation.slug
    return f"/organisation/{slug}/rounds/{place.round.slug}/{opportunity.reference}"


def named(name, *places):
    return listing(CivilServantFactory(name=name), *places)


def test_without_a_round_the_page_says_so(as_user, place, host):
    Round.objects.update(status=S.PLANNED)

    page = as_user(host).get(where(place).rsplit("/", 2)[0]).content.decode()

    assert "None of your opportunities takes part in a round" in page


def test_the_rounds_page_counts_who_listed_and_is_grouped(as_user, place, host):
    mine = named("Ana", place)
    named("Ben", place)
    grouping.group_people(place, {mine.reference: HostGroup.NO}, by=host)

    page = as_user(host).get(where(place).rsplit("/", 2)[0]).content.decode()

    assert "2 people list it" in page
    assert "1 of 2 in a group" in page


def test_nobody_yet_is_said(as_user, place, host):
    assert "Nobody lists this place yet" in as_user(host).get(where(place)).content.decode()


def test_people_stand_in_the_order_of_the_alphabet_wherever_they_list_it(as_user, place, host):
    other = RoundPlaceFactory(round=place.round)
    named("Zoe", place)
    named("Ana", other, place)

    page = as_user(host).get(where(place)).content.decode()

    assert page.index("1. Ana") < page.index("2. Zoe")
    assert other.opportunity.title not in page


def test_groups_are_kept_with_ties_and_shown_again(as_user, place, host):
    people = [named("Ana", place), named("Ben", place)]
    client = as_user(host)

    response = client.post(where(place), {mine.reference: "1" for mine in people})

    assert response.url == where(place)
    assert set(Grouping.objects.values_list("group", flat=True)) == {HostGroup.MOST_WANT}
    assert client.get(where(place)).content.decode().count(" checked") == 2


def test_whoever_is_in_no_group_is_named_by_number(as_user, place, host):
    first, _second = named("Ana", place), named("Ben", place)

    page = as_user(host).post(where(place), {first.reference: "2"}).content.decode()

    assert "Select a group for applicant 2" in page
    assert "Select a group for applicant 1" not in page
    assert not Grouping.objects.exists()


def test_who_took_the_place_off_their_list_is_not_grouped(place, host):
    mine = named("Ana", place)
    lists.remove(place, by=mine.person)

    assert grouping.group_people(place, {mine.reference: 1}, by=host) == 0


def test_groups_change_until_results_are_made(as_user, place, host):
    mine = named("Ana", place)
    for status, is_open in ((S.LOCKED, True), (S.CHECKING, False)):
        Round.objects.update(status=status)
        page = as_user(host).get(where(place)).content.decode()
        assert ("Save groups" in page) == is_open

    with pytest.raises(Conflict):
        grouping.group_people(place, {mine.reference: 1}, by=host)


def test_nobody_else_groups(place):
    mine = named("Ana", place)

    with pytest.raises(StepNotAllowed):
        grouping.group_people(place, {mine.reference: 1}, by=UserFactory())


def test_a_host_does_not_group_themselves(as_user, place):
    mine = named("Ana", place)
    host = host_of(place.opportunity.organisation)
    mine.person.memberships.create(
        organisation=place.opportunity.organisation, role="member", granted_by=host
    )

    assert "1. Ana" not in as_user(mine.person).get(where(place)).content.decode()
    assert grouping.group_people(place, {mine.reference: 1}, by=mine.person) == 0
