"""Whom a new or edited opportunity is news to: those who have it among their best."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from core.calendar import today
from experts.choices import OrganisationStatus
from matching import actions
from matching.choices import Rhythm
from matching.live import reach, recommend
from matching.models import Change, Edition, News, PersonChange, Preference, Rematch, RematchPart
from people.models import User
from placements.choices import OpportunityStatus
from tests.factories.matching import learner, teaching
from tests.factories.people import SkillFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MATCHING_DIR = str(tmp_path / "arrays")


def matched(size=2):
    """Match everybody to the end; what is open then is known to all."""
    rematch = Rematch.objects.create(asked_by=User.objects.system())
    for part in actions.prepare_rematch(rematch.pk, size):
        actions.match_part(part)
    actions.finish_rematch(rematch.pk)
    actions.spread_news()
    News.objects.all().delete()
    return rematch


def spread():
    """Do what beat does, and give whom what is news to."""
    actions.rebuild_if_stale()
    actions.spread_news()
    return waiting()


def waiting():
    return set(News.objects.waiting().values_list("user_id", "opportunity_id"))


def on_their_page(people, opportunities):
    """Give which of some opportunities each person's own search finds among their best."""
    wanted = {one.pk for one in opportunities}
    return {
        (user.pk, card.opportunity.pk)
        for user in people
        for card in recommend(user, limit=20).cards
        if card.opportunity.pk in wanted
    }


@pytest.fixture
def skills():
    return SkillFactory.create_batch(4)


@pytest.fixture
def people(skills):
    return [learner(*skills[:2]), learner(*skills[1:3]), learner(skills[2]), learner(skills[3])]


def test_a_new_opportunity_is_news_to_those_whose_best_it_enters(skills, people):
    matched()
    new = teaching(skills[1], skills[2], level=4)

    found = spread()

    assert found == on_their_page(people, [new])
    assert {user for user, _one in found} >= {people[0].pk, people[1].pk, people[2].pk}


def test_what_was_open_before_is_no_news(skills, people):
    teaching(skills[0], level=4)
    matched()

    assert spread() == set()


def test_nothing_is_spread_before_anybody_was_matched(skills, people):
    teaching(skills[1], level=4)

    assert spread() == set()
    assert Edition.objects.filter(spread_at=None).exists()


def test_a_full_list_is_entered_by_what_is_better_than_its_last(skills, people, monkeypatch):
    monkeypatch.setattr(reach, "K", 20)
    for _each in range(22):
        teaching(skills[0], skills[1], level=2)
    matched()
    better, worse = teaching(skills[0], skills[1], level=4), teaching(skills[0], level=1)

    found = spread()

    assert (people[0].pk, better.pk) in found
    assert (people[0].pk, worse.pk) not in found
    assert found == on_their_page(people, [better, worse])


def test_a_place_that_became_free_on_a_list_is_searched_for(skills, people):
    offers = [teaching(skills[0], skills[1], level=3) for _each in range(21)]
    matched()
    for offer in offers[:4]:
        offer.status = OpportunityStatus.PAUSED
        offer.save()
    new = teaching(skills[0], skills[1], level=2)

    found = spread()

    assert (people[0].pk, new.pk) in found
    assert found == on_their_page(people, [new])


def test_who_edited_their_profile_since_is_compared_as_they_are_now(skills, people):
    matched()
    people[3].profile.profile_skills.create(skill=skills[1], use="learn")
    people[0].profile.profile_skills.all().delete()
    late = learner(skills[1])
    new = teaching(skills[1], level=4)

    found = spread()

    assert found == on_their_page([*people, late], [new])
    assert {person for person, _one in found} >= {people[1].pk, people[3].pk, late.pk}
    assert (people[0].pk, new.pk) not in found


def test_who_applied_since_is_not_told(skills, people):
    matched()
    new = teaching(skills[2], level=4)
    ApplicationFactory(applicant=people[2], opportunity=new)

    found = spread()

    assert found == on_their_page(people, [new])
    assert {(people[1].pk, new.pk)} <= found
    assert (people[2].pk, new.pk) not in found


def test_changes_of_people_are_forgotten_once_a_match_has_read_them(skills, people):
    assert PersonChange.objects.people() >= {person.pk for person in people}
    matched()

    assert not PersonChange.objects.exists()
    people[0].profile.remote_ok = not people[0].profile.remote_ok
    people[0].profile.save()
    assert PersonChange.objects.people() == {people[0].pk}


def test_a_match_that_fails_leaves_the_changes_to_the_next(skills, people):
    rematch = Rematch.objects.create(asked_by=User.objects.system())
    parts = actions.prepare_rematch(rematch.pk)
    RematchPart.objects.filter(pk__in=parts).update(tries=99)

    actions.finish_rematch(rematch.pk)

    assert PersonChange.objects.filter(covered_by=None).count() == PersonChange.objects.count() > 0


def test_a_material_edit_is_news_again_and_a_word_put_right_is_not(skills, people):
    matched()
    new = teaching(skills[2], level=4)
    assert (people[2].pk, new.pk) in spread()
    News.objects.update(told=1)

    new.summary = "Another sentence about the very same thing"
    new.closing_on += dt.timedelta(days=1)
    new.choosing_on += dt.timedelta(days=1)
    new.save()
    assert spread() == set()

    new.hours_a_week -= 1
    new.save()
    assert (people[2].pk, new.pk) in spread()
    assert set(News.objects.values_list("number", flat=True)) == {2}


def test_what_is_paused_and_opened_again_is_no_news(skills, people):
    offer = teaching(skills[2], level=4)
    matched()
    for status in (OpportunityStatus.PAUSED, OpportunityStatus.OPEN):
        offer.status = status
        offer.save()
        actions.rebuild_if_stale()

    assert spread() == set()


def test_what_closed_or_was_hidden_meanwhile_is_news_to_nobody(skills, people):
    matched()
    over, hidden = teaching(skills[2], level=4), teaching(skills[2], level=4)
    actions.rebuild_if_stale()
    over.closing_on = today() - dt.timedelta(days=1)
    over.choosing_on = today()
    over.save()
    hidden.organisation.status = OrganisationStatus.SUSPENDED
    hidden.organisation.save()

    actions.spread_news()

    assert waiting() == set()


def test_who_wants_no_letters_is_noted_nothing(skills, people):
    matched()
    Preference.objects.create(user=people[2], rhythm=Rhythm.NEVER)
    new = teaching(skills[2], level=4)

    found = spread()

    assert (people[1].pk, new.pk) in found
    assert (people[2].pk, new.pk) not in found


def test_a_second_run_finds_nothing_new(skills, people):
    matched()
    teaching(skills[2], level=4)
    spread()

    assert actions.spread_news() == 0


def test_people_stay_with_the_newest_match_alone(skills, people):
    first = matched()
    assert not RematchPart.objects.filter(rematch=first, content=b"").exists()

    second = matched()

    assert not RematchPart.objects.filter(rematch=first).exclude(content=b"").exists()
    assert not RematchPart.objects.filter(rematch=second, content=b"").exists()


def test_the_opportunities_of_the_newest_match_outlive_many_changes(skills, people):
    rematch = matched()
    for _each in range(actions.KEPT + 2):
        actions.rebuild()
    rematch.refresh_from_db()

    new = teaching(skills[2], level=4)

    assert rematch.snapshot is not None
    assert (people[2].pk, new.pk) in spread()


def test_lists_of_other_code_are_not_compared_with(skills, people):
    rematch = matched()
    Rematch.objects.filter(pk=rematch.pk).update(manifest={"code_version": "another"})
    teaching(skills[2], level=4)

    assert spread() == set()


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_has_the_editions(skills, people):
    matched()
    new = teaching(skills[2], level=4)
    actions.rebuild_if_stale()

    def second():
        try:
            return actions.spread_news()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool, transaction.atomic():
        assert actions.spread_news() == 1
        assert pool.submit(second).result(20) == 0
    assert waiting() == on_their_page(people, [new])
    assert News.objects.count() == len(waiting()) > 1
    assert not Change.objects.exists()
