"""The arrays in memory: fresh, the same whichever way they were read, and open only."""

import datetime as dt

import numpy as np
import pytest
from django.db import connection

from core.calendar import today
from matching import actions
from matching.live import recommend, store
from matching.models import Change, Snapshot
from placements.choices import Direction
from placements.models import Opportunity
from tests.factories.matching import asking, learner, teaching
from tests.factories.people import RegionFactory, SkillFactory, TownFactory

pytestmark = pytest.mark.django_db


def pks_of(state):
    return {int(pk) for offers, kept in state.blocks for pk in offers.pk[kept]}


def a_few():
    skills = SkillFactory.create_batch(4)
    wales = RegionFactory(code="TLL", name="Wales", slug="wales", nation="wales")
    towns = [
        TownFactory(),
        TownFactory(name="Cardiff", region=wales, latitude=51.48, longitude=-3.18),
    ]
    for n in range(12):
        offer = teaching(
            *skills[n % 3 : n % 3 + 2],
            level=1 + n % 4,
            town=towns[n % 2],
            remote=("on_site", "hybrid", "remote")[n % 3],
            summary=f"Sensors and lasers {'optics' * (n % 2)}",
        )
        if n % 2:
            asking(offer, skills[n % 4])
    return skills


def test_what_is_not_open_to_civil_servants_is_left_out():
    opened = teaching(SkillFactory())
    teaching(SkillFactory(), draft=True)
    teaching(SkillFactory(), direction=Direction.INWARD)
    teaching(SkillFactory(), closing_on=today() - dt.timedelta(days=1))

    actions.rebuild()

    assert pks_of(store.state()) == {opened.pk}


def test_a_snapshot_and_a_delta_recommend_the_same():
    skills = a_few()
    user = learner(*skills[:3], development_plan="Lasers and optics")
    actions.rebuild()
    from_snapshot = recommend(user, limit=12)

    # everything counts as changed, so nothing comes from the snapshot
    Change.objects.bulk_create(
        Change(opportunity_id=pk) for pk in Opportunity.objects.values_list("pk", flat=True)
    )
    from_delta = recommend(user, limit=12)

    assert from_snapshot.cards
    assert from_delta == from_snapshot


def test_a_snapshot_reads_back_as_it_was_written():
    a_few()
    snapshot = actions.rebuild()

    held = store.state().blocks[-1][0]

    assert len(held) == snapshot.opportunities == 12
    assert bytes(snapshot.content) == held.packed()
    assert not held.pk.flags.writeable


def test_rows_stand_in_lottery_order():
    a_few()
    actions.rebuild()

    held = store.state().blocks[-1][0]

    assert (np.diff(held.lottery.astype(float)) > 0).all()


def test_a_snapshot_is_read_once(django_assert_max_num_queries):
    a_few()
    actions.rebuild()
    store.state()

    with django_assert_max_num_queries(2):
        store.state()


def test_every_change_of_what_counts_is_noted():
    skill = SkillFactory()
    offer = teaching(skill)
    Change.objects.all().delete()

    offer.hours_a_week = 10
    offer.save()
    offer.opportunity_skills.update(level=4)
    Opportunity.objects.filter(pk=offer.pk).update(title="Another title")

    assert [change.opportunity_id for change in Change.objects.all()] == [offer.pk] * 3


def test_a_place_taken_or_a_draft_changed_is_not_noted():
    offer, draft = teaching(), teaching(draft=True)
    Change.objects.all().delete()

    Opportunity.objects.filter(pk=offer.pk).update(held=1)
    Opportunity.objects.filter(pk=draft.pk).update(title="Another title")

    assert not Change.objects.exists()


def test_the_trigger_is_a_note_of_the_database_itself():
    offer = teaching()
    Change.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE placements_opportunity SET status = 'paused' WHERE true")

    assert [change.opportunity_id for change in Change.objects.all()] == [offer.pk]


def test_a_skill_that_is_newer_than_the_snapshot_is_passed_over():
    actions.rebuild()
    skill = SkillFactory()
    user = learner(skill)
    teaching(skill)

    assert recommend(user).cards == []
    actions.rebuild()
    assert len(recommend(user).cards) == 1


def test_the_newest_snapshots_are_kept_and_the_rest_go():
    for _each in range(actions.KEPT + 2):
        actions.rebuild()

    assert Snapshot.objects.count() == actions.KEPT
