"""A person's list of choices, without a script: buttons, a number, and sentences."""

import pytest

from matching.choices import ListSupport
from matching.choices import RoundStatus as S
from matching.models import Choice, Round
from notifications.models import Message
from notifications.rendering import render
from placements.models import Opportunity, SavedOpportunity
from tests.client import Page
from tests.factories.people import CivilServantFactory
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def person():
    return CivilServantFactory()


@pytest.fixture
def places():
    row = RoundFactory()
    return [RoundPlaceFactory(round=row) for _number in range(3)]


@pytest.fixture
def client(as_user, person):
    return as_user(person)


def titles(person):
    rows = Choice.objects.filter(list__person=person).order_by("position")
    return [row.place.opportunity.title for row in rows]


def page_of(places):
    return f"/rounds/{places[0].round.slug}/choices"


def where(place, end):
    return f"/rounds/{place.round.slug}/choices/{place.opportunity.reference}/{end}"


def test_an_empty_list_says_how_to_begin(client, places):
    page = client.get(page_of(places)).content.decode()

    assert "You have not chosen any places" in page
    assert "Your list locks at 11:59pm" in page


def test_saved_places_are_offered(client, person, places):
    SavedOpportunity.objects.create(user=person, opportunity=places[0].opportunity)

    page = client.get(page_of(places)).content.decode()
    assert "Start with your 1 saved one" in page
    client.post(where(places[0], "add"))

    assert titles(person) == [places[0].opportunity.title]
    assert "Saved, and not on your list" not in client.get(page_of(places)).content.decode()


def test_a_saved_place_that_is_not_for_the_person_says_why(client, person, places):
    Opportunity.objects.filter(pk=places[0].opportunity_id).update(clearance="sc")
    SavedOpportunity.objects.create(user=person, opportunity=places[0].opportunity)

    assert "See why you cannot list it" in client.get(page_of(places)).content.decode()
    page = client.get(where(places[0], "add")).content.decode()
    assert "It needs clearance" in page
    assert '<form method="post" novalidate' not in page


def test_a_move_leads_back_to_the_row_and_says_where_it_is(client, person, places):
    mine = listing(person, *places)
    place = places[2]

    response = client.post(where(place, "move"), {"position": "2", "version": mine.version})

    assert response.url == f"{page_of(places)}#{place.opportunity.reference}"
    page = client.get(page_of(places)).content.decode()
    assert f"‘{place.opportunity.title}’ moved to position 2 of 3" in page
    assert place.opportunity.reference in Page(page).ids


@pytest.mark.parametrize("position", ["", "0", "4", "x", "1.5"])
def test_a_position_that_is_none_is_refused_beside_its_row(client, person, places, position):
    mine = listing(person, *places)

    response = client.post(
        where(places[1], "move"), {"position": position, "version": mine.version}
    )

    page = response.content.decode()
    assert "Position must be a number from 1 to 3" in page
    assert "<title>Error: Your choices" in page.replace("\n", "").replace("  ", "")
    assert f'href="#{places[1].opportunity.reference}-position"' in page


def test_a_place_is_removed(client, person, places):
    listing(person, *places)

    page = client.post(where(places[0], "remove"), follow=True).content.decode()

    assert "is not on your list any more" in page
    assert len(titles(person)) == 2


def test_a_cancelled_place_asks_to_be_removed(client, person, places):
    listing(person, *places)
    Opportunity.objects.filter(pk=places[1].opportunity_id).update(status="cancelled")

    page = client.get(page_of(places)).content.decode()

    assert f"Remove ‘{places[1].opportunity.title}’ – it is not available any more" in page


def test_a_locked_list_is_shown_without_buttons(client, person, places):
    listing(person, *places)
    Round.objects.update(status=S.LOCKED)

    page = client.get(page_of(places)).content.decode()

    assert "Lists are locked. This is the list you are matched by" in page
    assert "Move up" not in page


def test_nobody_sees_anothers_list(as_user, person, places):
    listing(person, *places)

    page = as_user(CivilServantFactory()).get(page_of(places)).content.decode()

    assert "You have not chosen any places" in page


def test_places_of_a_round_are_searched(client, places):
    Opportunity.objects.filter(pk=places[0].opportunity_id).update(title="Quantum sensing")
    Opportunity.objects.refresh_search([places[0].opportunity_id])
    address = f"/rounds/{places[0].round.slug}/places"

    found = client.get(address, {"q": "quantum"}).content.decode()
    assert "Quantum sensing" in found
    assert places[1].opportunity.title not in found
    assert "No place holds all these words" in client.get(address, {"q": "zzz"}).content.decode()


# The line manager


def support(places):
    return f"/rounds/{places[0].round.slug}/support"


def test_the_form_knows_the_line_manager_and_the_days_needed(client, person, places):
    listing(person, *places)

    page = client.get(support(places)).content.decode()

    assert person.profile.line_manager.email in page
    assert f'value="{places[0].opportunity.working_days}"' in page


def test_an_empty_question_says_what_to_enter(client, places):
    page = client.post(support(places), {}).content.decode()

    assert "Enter your line manager’s name" in page
    assert "Number of working days must be between 1 and 520" in page


def test_nobody_asks_themselves(client, person, places):
    form = {"name": "Me", "email": person.email, "days": "5"}

    page = client.post(support(places), form).content.decode()

    assert "Enter your line manager’s address, not your own" in page


def test_a_line_manager_reads_what_is_asked_and_answers(client, as_user, person, places):
    mine = listing(person, *reversed(places))
    manager = person.profile.line_manager
    form = {"name": manager.name, "email": manager.email, "days": "90", "note": "It helps us."}
    client.post(support(places), form)
    address = f"/manager/rounds/{mine.reference}"

    page = as_user(manager).get(address).content.decode()
    shown = [page.index(place.opportunity.title) for place in places]
    as_user(manager).post(address, {"decision": "yes"})

    assert "It helps us." in page
    assert shown == sorted(shown)
    mine.refresh_from_db()
    assert mine.support == ListSupport.YES
    assert (
        "supports any place on your list up to 90" in client.get(page_of(places)).content.decode()
    )
    for message in Message.objects.all():
        subject, body = render(message)
        assert subject
        assert "None" not in body


def test_a_no_needs_words(as_user, person, places):
    mine = listing(person, *places)
    mine.manager, mine.support = person.profile.line_manager, ListSupport.ASKED
    mine.support_asked_at, mine.support_days = mine.saved_at, 5
    mine.save()

    page = as_user(mine.manager).post(f"/manager/rounds/{mine.reference}", {"decision": "no"})

    assert "Enter what would make it possible later" in page.content.decode()
