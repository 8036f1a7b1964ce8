"""A list is saved at once; what is stale, twice or too late changes nothing."""

import datetime as dt

import pytest
import time_machine

from core.calendar import LONDON
from core.errors import Conflict, StepNotAllowed
from matching.actions import list_support, lists, round_steps
from matching.choices import ListSupport
from matching.choices import RoundStatus as S
from matching.live.support import Ladder
from matching.models import Choice, Result, Round, RoundList, Run
from notifications.models import Message
from notifications.rendering import render
from people.models import User
from tests.factories.people import CivilServantFactory, UserFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.rounds import RoundFactory, RoundListFactory, RoundPlaceFactory, listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def person():
    return CivilServantFactory()


@pytest.fixture
def places():
    row = RoundFactory()
    return [RoundPlaceFactory(round=row) for _number in range(3)]


def order(person):
    rows = Choice.objects.filter(list__person=person).order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.place for row in rows]


def test_a_place_goes_to_the_end_of_the_list(person, places):
    for place in places:
        lists.add(place, by=person)

    assert order(person) == places


def test_adding_twice_is_adding_once(person, places):
    lists.add(places[0], by=person)
    lists.add(places[0], by=person)

    assert order(person) == places[:1]


def test_a_list_has_an_end(person, places):
    Round.objects.update(most_choices=2)
    for place in places[:2]:
        lists.add(place, by=person)

    with pytest.raises(Conflict, match="You can list up to 2 places"):
        lists.add(places[2], by=person)


def test_who_may_not_have_a_place_cannot_list_it_and_hears_why(person):
    place = RoundPlaceFactory(opportunity__clearance="dv")

    with pytest.raises(Conflict, match="Developed vetting"):
        lists.add(place, by=person)

    assert order(person) == []


def test_who_applied_for_it_already_cannot_list_it(person, places):
    ApplicationFactory(opportunity=places[0].opportunity, applicant=person, status="sent")

    with pytest.raises(Conflict):
        lists.add(places[0], by=person)


def test_a_profile_without_a_grade_lists_nothing(person, places):
    person.profile.grade = None
    person.profile.save()

    with pytest.raises(Conflict, match="your name and your grade"):
        lists.add(places[0], by=person)


def test_what_is_not_available_cannot_be_added(person):
    place = RoundPlaceFactory(opportunity__status="cancelled")

    with pytest.raises(Conflict, match="not available"):
        lists.add(place, by=person)


def test_people_without_a_department_list_nothing(places):
    with pytest.raises(StepNotAllowed):
        lists.add(places[0], by=UserFactory())


@pytest.mark.parametrize(
    ("place", "to", "after"),
    [(0, 2, [1, 0, 2]), (0, 3, [1, 2, 0]), (2, 1, [2, 0, 1]), (1, 99, [0, 2, 1])],
)
def test_a_place_moves_to_a_position(person, places, place, to, after):
    mine = listing(person, *places)

    lists.move(places[place], by=person, position=to, version=mine.version)

    assert order(person) == [places[each] for each in after]


def test_pressing_move_twice_moves_once(person, places):
    mine = listing(person, *places)

    for _press in range(2):
        lists.move(places[2], by=person, position=2, version=mine.version)

    assert order(person) == [places[0], places[2], places[1]]


def test_who_moves_on_an_old_page_is_told_and_nothing_moves(person, places):
    mine = listing(person, *places)
    lists.remove(places[0], by=person)

    with pytest.raises(Conflict, match="changed in another window"):
        lists.move(places[2], by=person, position=1, version=mine.version)

    assert order(person) == places[1:]


def test_what_is_not_on_the_list_cannot_move(person, places):
    listing(person, places[0])

    with pytest.raises(Conflict, match="not on your list"):
        lists.move(places[1], by=person, position=1, version=1)


def test_removing_twice_is_removing_once(person, places):
    listing(person, *places)

    assert lists.remove(places[1], by=person)
    assert not lists.remove(places[1], by=person)
    assert order(person) == [places[0], places[2]]


def test_from_midnight_nothing_changes(person, places):
    mine = listing(person, *places)
    midnight = dt.datetime.combine(
        places[0].round.locks_on + dt.timedelta(days=1), dt.time(), tzinfo=LONDON
    )

    with time_machine.travel(midnight, tick=False):
        for change in (
            lambda: lists.add(places[0], by=person),
            lambda: lists.remove(places[0], by=person),
            lambda: lists.move(places[0], by=person, position=2, version=mine.version),
        ):
            with pytest.raises(Conflict, match="locked"):
                change()

    assert order(person) == places


# The line manager is asked once


def ask(person, places, **changed):
    manager = person.profile.line_manager
    values = {"name": "M", "email": manager.email, "days": 90} | changed
    return list_support.ask_for_support(places[0].round, by=person, **values)


def test_the_line_manager_is_asked_about_the_whole_list(person, places):
    mine = ask(person, places)
    ask(person, places)

    assert (mine.support, mine.support_days) == (ListSupport.ASKED, 90)
    assert Message.objects.filter(template="matching/emails/list_support_asked").count() == 1


def test_somebody_else_who_is_asked_takes_the_place_of_the_first(person, places):
    first = ask(person, places).manager
    second = ask(person, places, email="other@example.org").manager

    told = Message.objects.get(template="matching/emails/list_support_not_needed")
    assert told.recipient == first
    assert RoundList.objects.asked_of(second).exists()
    assert not RoundList.objects.asked_of(first).exists()


def test_nobody_supports_themselves(person, places):
    with pytest.raises(StepNotAllowed):
        ask(person, places, email=person.email)


@pytest.mark.parametrize("decision", [ListSupport.YES, ListSupport.NO])
def test_the_line_manager_answers_once_and_both_hear(person, places, decision):
    mine = ask(person, places)

    for _press in range(2):
        list_support.answer(mine, by=mine.manager, decision=decision, words="Later.")

    mine.refresh_from_db()
    assert mine.support == decision
    assert mine.support_decided_by == mine.manager
    for name in ("list_support_answered", "list_support_receipt"):
        assert Message.objects.filter(template=f"matching/emails/{name}").count() == 1


def test_nobody_else_answers(person, places):
    mine = ask(person, places)

    with pytest.raises(StepNotAllowed):
        list_support.answer(mine, by=UserFactory(), decision=ListSupport.YES)


def test_once_results_are_made_the_answer_stays(person, places):
    mine = ask(person, places)
    Round.objects.update(status=S.CHECKING)

    with pytest.raises(Conflict, match="cannot change any more"):
        list_support.answer(mine, by=mine.manager, decision=ListSupport.YES)


def test_support_covers_places_up_to_its_days(person, places):
    mine = RoundListFactory(round=places[0].round, person=person, support=ListSupport.YES)
    opportunity = places[0].opportunity

    mine.support_days = opportunity.working_days
    assert Ladder().covers(mine, opportunity)
    mine.support_days -= 1
    assert not Ladder().covers(mine, opportunity)
    opportunity.type = "mentoring"  # the ladder only tells the line manager about these
    assert Ladder().covers(mine, opportunity)


def finished(person, *, matched):
    place = RoundPlaceFactory(round__status=S.FINISHED)
    run = Run.objects.create(
        round=place.round, stage=1, number=1, made_by=person, settings={}, inputs={},
        outcome={}, certificate={}, counts={},
    )  # fmt: skip
    application = ApplicationFactory(applicant=person) if matched else None
    Result.objects.create(
        run=run,
        list=listing(person, place),
        state="matched" if matched else "reserve",
        choice=1 if matched else None,
        application=application,
    )


@pytest.mark.parametrize(
    ("rounds", "waited"), [([], 0), ([False], 1), ([False, False], 2), ([False, True, False], 1)]
)
def test_rounds_without_a_place_are_counted_since_the_last_match(person, places, rounds, waited):
    for matched in rounds:
        finished(person, matched=matched)

    assert lists.add(places[0], by=person).rounds_waited == waited


def test_a_list_is_reminded_of_3_days_and_1_day_before_it_locks_and_confirmed_then(person, places):
    mine = listing(person, places[1], places[0])
    sent = []
    for before in (4, 3, 3, 2, 1, 0):
        day = mine.round.locks_on - dt.timedelta(days=before)
        with time_machine.travel(dt.datetime.combine(day, dt.time(9), tzinfo=LONDON), tick=False):
            round_steps.remind_of_lists()
        sent.append(Message.objects.count())
    round_steps.lock_lists(mine.round, by=User.objects.system())

    assert sent == [0, 1, 1, 1, 2, 2]
    letter = Message.objects.get(template="matching/emails/list_locked")
    body = render(letter)[1]
    assert body.index(f"1. {places[1].opportunity.title}") < body.index("2. ")
    reminder = Message.objects.filter(template="matching/emails/list_locks_soon").first()
    assert "locks at 11:59pm" in render(reminder)[0]
