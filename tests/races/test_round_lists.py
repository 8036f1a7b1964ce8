"""Two windows, two presses, and a lock at the same moment: a list is whole and nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from core.errors import Conflict
from matching.actions import lists, round_steps
from matching.choices import RoundStatus as S
from matching.models import Choice, Round
from people.models import User
from tests.factories.people import CivilServantFactory
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, listing
from tests.locks import wait_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run each in its own thread and connection, from one moment; say which was refused."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(20)
            act()
        except Conflict as lost:
            return lost
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def order(person):
    rows = list(Choice.objects.filter(list__person=person).order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.place for row in rows]


def test_two_windows_that_add_keep_both():
    person, row = CivilServantFactory(), RoundFactory()
    one, two = RoundPlaceFactory(round=row), RoundPlaceFactory(round=row)

    outcomes = at_once(
        lambda: lists.add(one, by=person),
        lambda: lists.add(two, by=person),
        lambda: lists.add(one, by=person),
    )

    assert outcomes == [None] * 3
    assert {place.pk for place in order(person)} == {one.pk, two.pk}


def test_a_double_press_moves_once():
    person, row = CivilServantFactory(), RoundFactory()
    places = [RoundPlaceFactory(round=row) for _number in range(3)]
    mine = listing(person, *places)

    def press():
        lists.move(places[2], by=person, position=2, version=mine.version)

    assert at_once(press, press) == [None, None]
    assert order(person) == [places[0], places[2], places[1]]


def test_a_change_that_began_before_the_lock_counts_and_the_lock_waits():
    person, place = CivilServantFactory(), RoundPlaceFactory()
    service = User.objects.system()

    def lock():
        round_steps.lock_lists(Round.objects.get(pk=place.round_id), by=service)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            lists.add(place, by=person)
            locking = pool.submit(lock)
            wait_for_a_lock()
            assert not locking.done()
        locking.result(20)

    assert order(person) == [place]
    assert Round.objects.get(pk=place.round_id).status == S.LOCKED


def test_a_change_that_comes_while_lists_are_locked_is_told():
    person, place = CivilServantFactory(), RoundPlaceFactory()
    service = User.objects.system()

    def add():
        try:
            lists.add(place, by=person)
        except Conflict as refused:
            return refused.message
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            round_steps.lock_lists(place.round, by=service)
            adding = pool.submit(add)
            wait_for_a_lock()
        assert "Lists are locked" in adding.result(20)

    assert order(person) == []
