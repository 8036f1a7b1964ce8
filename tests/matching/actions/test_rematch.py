"""Matching everybody: whole lists or the old ones, whatever stops, whoever comes twice."""

import datetime as dt
import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connections, transaction
from django.utils import timezone

from audit.models import Event
from core.calendar import today
from core.errors import Conflict
from matching import actions, tasks
from matching.choices import RematchState as S
from matching.live import files, recommend
from matching.models import Preference, RecommendedList, Rematch, RematchPart
from matching.querysets import recommending
from people.models import User
from placements.models import Opportunity
from tests.factories.matching import learner, teaching
from tests.factories.people import SkillFactory, scheme_team_member
from tests.locks import wait_for_a_lock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MATCHING_DIR = str(tmp_path / "arrays")


@pytest.fixture
def world():
    """Three people and some opportunities that suit them."""
    skills = SkillFactory.create_batch(3)
    for number in range(6):
        teaching(*skills[number % 2 : number % 2 + 2], level=2 + number % 3)
    return [learner(*skills), learner(*skills[:2]), learner(skills[2])]


def prepared(size=1):
    rematch = actions.start_nightly() or Rematch.objects.create(asked_by=User.objects.system())
    return rematch, actions.prepare_rematch(rematch.pk, size)


def all_done(rematch, parts):
    for part in parts:
        assert actions.match_part(part)
    assert actions.finish_rematch(rematch.pk)


def lists():
    newest = Rematch.objects.done().first()
    return {
        row.user_id: list(zip(row.opportunities, row.points, strict=True))
        for row in RecommendedList.objects.filter(rematch=newest)
    }


def test_a_list_is_the_one_of_the_persons_own_page(world):
    all_done(*prepared())

    shown = {
        user.pk: [(card.opportunity.pk, card.points) for card in recommend(user, limit=20).cards]
        for user in world
    }
    assert lists() == {pk: cards for pk, cards in shown.items() if cards}
    assert len(lists()) == 3


def test_beat_takes_it_from_the_request_to_the_lists(world, at_once):
    actions.ask_for_rematch(by=scheme_team_member())

    for _look in range(3):
        tasks.keep_matching()

    assert Rematch.objects.get().state == S.DONE
    assert len(lists()) == 3
    assert tasks.keep_matching() == 0


def test_how_people_are_cut_in_parts_changes_nothing(world):
    all_done(*prepared(size=1))
    one_by_one = lists()

    all_done(*prepared(size=100))

    assert lists() == one_by_one


def test_a_part_done_twice_is_done_once(world):
    rematch, parts = prepared()
    assert actions.match_part(parts[0])

    assert not actions.match_part(parts[0])
    all_done(rematch, parts[1:])
    assert RecommendedList.objects.count() == 3


def test_a_part_that_was_killed_is_handed_out_again_when_its_lease_ends(world):
    rematch, parts = prepared()
    RematchPart.objects.claim(parts[0])
    assert parts[0] not in actions.next_steps()[1]

    with time_machine.travel(timezone.now() + recommending.LEASE + dt.timedelta(seconds=1)):
        assert parts[0] in actions.next_steps()[1]
        all_done(rematch, parts)

    assert RematchPart.objects.get(pk=parts[0]).tries == 2
    assert len(lists()) == 3


def test_a_worker_that_lost_its_part_writes_nothing(world, monkeypatch):
    _rematch, parts = prepared()
    slow = actions.rematch.lists_of

    def overtaken(part):
        RematchPart.objects.filter(pk=part.pk).update(claimed_at=timezone.now())
        return slow(part)

    monkeypatch.setattr(actions.rematch, "lists_of", overtaken)

    assert not actions.match_part(parts[0])
    assert not RecommendedList.objects.exists()


def test_lists_count_only_when_all_are_there(world):
    all_done(*prepared())
    before = lists()
    teaching(*SkillFactory.create_batch(1))
    rematch, parts = prepared()

    actions.match_part(parts[0])
    assert not actions.finish_rematch(rematch.pk)
    assert lists() == before
    all_done(rematch, parts[1:])

    assert Rematch.objects.done().first() == rematch
    assert set(RecommendedList.objects.values_list("rematch", flat=True)) == {rematch.pk}


def test_a_part_that_never_works_ends_the_match_and_leaves_the_old_lists(world):
    all_done(*prepared())
    before = lists()
    rematch, parts = prepared()
    actions.match_part(parts[1])
    RematchPart.objects.filter(pk=parts[0]).update(tries=recommending.MOST_TRIES)

    assert actions.finish_rematch(rematch.pk)

    assert Rematch.objects.get(pk=rematch.pk).state == S.FAILED
    assert lists() == before
    assert not RecommendedList.objects.filter(rematch=rematch).exists()


def test_preparing_twice_makes_no_second_set_of_parts(world):
    rematch, parts = prepared()

    assert actions.prepare_rematch(rematch.pk) == []
    assert RematchPart.objects.count() == len(parts) == 3


def test_the_opportunities_of_a_match_under_way_are_kept(world):
    rematch, parts = prepared()
    for _each in range(actions.KEPT + 1):
        actions.rebuild()

    all_done(rematch, parts)


def test_a_worker_without_the_files_reads_them_from_the_database(world, settings, tmp_path):
    rematch, parts = prepared()
    actions.match_part(parts[0])
    settings.MATCHING_DIR = str(tmp_path / "another worker")

    all_done(rematch, parts[1:])

    assert len(lists()) == 3


def test_arrays_that_are_not_what_they_should_be_are_refused(world):
    _rematch, parts = prepared()
    RematchPart.objects.filter(pk=parts[0]).update(hash=hashlib.sha256(b"other").hexdigest())

    with pytest.raises(files.Damaged):
        actions.match_part(parts[0])


def test_a_match_tells_what_it_was_made_from(world):
    rematch, _parts = prepared()

    manifest = Rematch.objects.get(pk=rematch.pk).manifest
    assert set(manifest) == {
        "opportunities",
        "weights_version",
        "lottery_seed",
        "code_version",
        "day",
    }
    assert manifest["code_version"] == actions.CODE_VERSION


def test_a_match_across_midnight_keeps_to_the_day_it_was_prepared_on(world):
    Opportunity.objects.update(closing_on=today())
    Opportunity.objects.refresh_search(Opportunity.objects.values_list("pk", flat=True))
    rematch, parts = prepared()

    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        all_done(rematch, parts)

    assert len(lists()) == 3


def test_the_night_is_audited_as_the_service_and_asked_for_once():
    rematch = actions.start_nightly()

    assert actions.start_nightly() is None
    event = Event.objects.get(action="match_everybody")
    assert event.actor == rematch.asked_by == User.objects.system()


def test_only_one_can_be_asked_for_at_a_time():
    team = scheme_team_member()
    actions.ask_for_rematch(by=team)

    with pytest.raises(Conflict):
        actions.ask_for_rematch(by=team)

    assert Rematch.objects.count() == 1
    assert Event.objects.get(action="match_everybody").actor == team


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_the_same_moment_the_second_is_told():
    team = scheme_team_member()

    def ask():
        try:
            with pytest.raises(Conflict, match="already"):
                actions.ask_for_rematch(by=team)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            actions.ask_for_rematch(by=team)
            second = pool.submit(ask)
            wait_for_a_lock()
        second.result(20)
    assert Rematch.objects.count() == 1


def test_a_match_is_finished_once(world):
    rematch, parts = prepared()
    all_done(rematch, parts)

    assert not actions.finish_rematch(rematch.pk)


def test_the_night_asks_once():
    assert tasks.match_nightly()
    Rematch.objects.update(state=S.DONE)

    assert not tasks.match_nightly()


def test_nobody_to_match_is_a_match_too():
    all_done(*prepared())

    assert lists() == {}


def test_people_with_nothing_to_choose_from_are_no_trouble():
    skills = SkillFactory.create_batch(2)
    people = [learner(*skills), learner(skills[0], remote_ok=True)]
    Preference.objects.create(user=people[0], off=["place"])

    all_done(*prepared(size=100))

    assert lists() == {}


def test_old_files_are_taken_away(world, monkeypatch):
    rematch, parts = prepared()
    actions.match_part(parts[0])
    assert list(files.directory().glob("*"))
    monkeypatch.setattr(files, "KEPT_SECONDS", -1)

    files.tidy()

    assert not list(files.directory().glob("*"))
    all_done(rematch, parts[1:])
