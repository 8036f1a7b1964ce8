"""The arrays are made anew only if something changed."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from matching.actions import LOCK
from matching.models import Change, Snapshot
from matching.tasks import refresh_arrays
from tests.factories.matching import teaching
from tests.factories.people import SkillFactory

pytestmark = pytest.mark.django_db


def test_the_first_run_makes_them():
    teaching(SkillFactory())

    assert refresh_arrays() == 1
    assert not Change.objects.exists()


def test_a_second_run_does_nothing():
    teaching(SkillFactory())
    refresh_arrays()

    assert refresh_arrays() == 0
    assert Snapshot.objects.count() == 1


def test_a_change_asks_for_new_ones():
    offer = teaching(SkillFactory())
    refresh_arrays()
    offer.title = "Another title"
    offer.save()

    assert refresh_arrays() == 1
    assert Snapshot.objects.count() == 2


def test_a_new_day_asks_for_new_ones():
    teaching(SkillFactory())
    refresh_arrays()

    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        assert refresh_arrays() == 1


def test_other_weights_ask_for_new_ones():
    teaching(SkillFactory())
    refresh_arrays()
    Snapshot.objects.update(code_version="0.0.0-older")

    assert refresh_arrays() == 1


def test_while_somebody_makes_them_nobody_else_does():
    teaching(SkillFactory())
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            assert refresh_arrays() == 0
            assert not Snapshot.objects.exists()
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    finally:
        elsewhere.close()

    assert refresh_arrays() == 1
