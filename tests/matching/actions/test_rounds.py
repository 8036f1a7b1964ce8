"""A round is planned, given places, opened and locked; what is too late is told and not done."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.db import IntegrityError

from audit.models import Event
from core.calendar import LONDON, today
from core.errors import Conflict, StepNotAllowed, StepNotOpen
from matching.actions import round_steps, rounds
from matching.choices import RoundStatus as S
from matching.lifecycle import ROUND
from matching.models import Round, RoundPlace
from matching.querysets.rounds import could_take_part
from people.models import User
from placements.choices import OpportunityStatus
from tests.factories.people import UserFactory, scheme_team_member
from tests.factories.placements import OpportunityFactory
from tests.factories.rounds import RoundFactory, RoundPlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return scheme_team_member()


def values(**changed):
    row = RoundFactory.build()
    names = [
        "name", "types", "opens_on", "locks_on", "results_on", "reply_by", "second_opens_on",
        "second_locks_on", "second_results_on", "second_reply_by", "most_choices",
        "fairness_points", "waiting_points", "reserve_percent",
    ]  # fmt: skip
    kept = {name: getattr(row, name) for name in names}
    return kept | {"reserve_regions": [], "reserve_departments": []} | changed


def test_a_planned_round_has_an_address_made_of_its_name(team):
    first = rounds.plan(by=team, values=values(name="Autumn 2026"))
    second = rounds.plan(by=team, values=values(name="Autumn 2026"))

    assert (first.slug, second.slug) == ("autumn-2026", "autumn-2026-2")
    assert first.status == S.PLANNED
    assert first.seed != second.seed
    assert Event.objects.filter(action="plan_round", actor=team).count() == 2


def test_a_name_that_too_many_rounds_have_is_refused(team, monkeypatch):
    monkeypatch.setattr(rounds, "MOST_TRIES", 2)
    rounds.plan(by=team, values=values(name="Autumn 2026"))

    with pytest.raises(Conflict, match="Choose another"):
        rounds.plan(by=team, values=values(name="Autumn 2026"))


def test_a_plan_against_the_databases_rules_is_not_taken_for_a_name(team):
    with pytest.raises(IntegrityError, match="matching_round_limits"):
        rounds.plan(by=team, values=values(most_choices=0))


def test_a_name_without_letters_still_has_an_address(team):
    assert rounds.plan(by=team, values=values(name="!!!")).slug == "round"


def test_only_the_scheme_team_plans(team):
    with pytest.raises(StepNotAllowed):
        rounds.plan(by=UserFactory(), values=values())


def test_a_planned_round_can_be_changed_and_keeps_its_address(team):
    row = rounds.plan(by=team, values=values(name="Autumn"))

    changed = rounds.edit(row, by=team, version=row.version, values=values(name="Winter"))

    assert (changed.name, changed.slug, changed.version) == ("Winter", "autumn", 2)


def test_of_two_who_change_a_round_the_second_is_told(team):
    row = rounds.plan(by=team, values=values())
    rounds.edit(row, by=team, version=1, values=values(name="First"))

    with pytest.raises(Conflict, match="Somebody else"):
        rounds.edit(row, by=team, version=1, values=values(name="Second"))

    assert Round.objects.get(pk=row.pk).name == "First"


def test_an_open_round_cannot_be_changed(team):
    with pytest.raises(StepNotOpen):
        rounds.edit(RoundFactory(), by=team, version=1, values=values())


def test_an_opportunity_takes_part_with_the_places_it_has_left(team):
    row = RoundFactory(planned=True)
    opportunity = OpportunityFactory(places=3, held=1)

    assert rounds.add_places(row, by=team, references=[opportunity.reference]) == 1
    assert row.round_places.get().places == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"status": OpportunityStatus.PAUSED},
        {"type": "mentoring"},
        {"closing_on": today()},
        {"direction": "inward"},
        {"held": 2},
    ],
)
def test_what_cannot_take_part_is_neither_offered_nor_added(team, fields):
    row = RoundFactory(planned=True)
    opportunity = OpportunityFactory(**fields)

    assert opportunity not in could_take_part(row)
    assert rounds.add_places(row, by=team, references=[opportunity.reference]) == 0


def test_what_begins_before_people_have_replied_cannot_take_part(team):
    row = RoundFactory(planned=True)
    early = OpportunityFactory(starts_on=row.reply_by)

    assert rounds.add_places(row, by=team, references=[early.reference]) == 0


def test_an_opportunity_takes_part_in_one_live_round_only(team):
    other = RoundPlaceFactory()
    row = RoundFactory(planned=True)

    assert rounds.add_places(row, by=team, references=[other.opportunity.reference]) == 0

    Round.objects.filter(pk=other.round_id).update(status=S.FINISHED)
    assert rounds.add_places(row, by=team, references=[other.opportunity.reference]) == 1


def test_a_round_gets_no_more_places_than_are_left(team):
    place = RoundPlaceFactory(opportunity__places=3, opportunity__held=1)

    assert rounds.change_places(place, by=team, places=2).places == 2
    with pytest.raises(Conflict, match="has 2 places left"):
        rounds.change_places(place, by=team, places=3)


def test_before_it_opens_an_opportunity_is_taken_out_without_a_trace(team):
    place = RoundPlaceFactory(round__planned=True)

    rounds.take_out(place, by=team)

    assert not RoundPlace.objects.exists()


def test_later_it_stays_as_taken_out(team):
    place = RoundPlaceFactory()

    rounds.take_out(place, by=team)

    place.refresh_from_db()
    assert place.withdrawn_at
    assert not place.is_available
    with pytest.raises(StepNotOpen):
        rounds.take_out(place, by=team)


def test_once_lists_are_locked_places_stay_as_they_are(team):
    place = RoundPlaceFactory(round__status=S.LOCKED)

    for change in (
        lambda: rounds.take_out(place, by=team),
        lambda: rounds.change_places(place, by=team, places=1),
        lambda: rounds.add_places(place.round, by=team, references=[]),
    ):
        with pytest.raises(StepNotOpen):
            change()


def test_a_place_is_there_while_its_opportunity_and_host_are():
    place = RoundPlaceFactory()

    assert place.is_available
    place.opportunity.status = OpportunityStatus.CANCELLED
    assert not place.is_available


# The life of a round


def test_a_round_without_places_does_not_open(team):
    with pytest.raises(Conflict, match="at least one opportunity"):
        round_steps.open_round(RoundFactory(planned=True), by=team)


STEPS = {
    "open": (S.PLANNED, round_steps.open_round),
    "lock": (S.CHOOSING, round_steps.lock_lists),
    "check": (S.LOCKED, round_steps.start_checks),
    "open_second": (S.RESULTS_OUT, round_steps.open_second),
    "finish": (S.RESULTS_OUT, round_steps.finish),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_scheme_team_takes_each_step_once(team, name):
    source, action = STEPS[name]
    place = RoundPlaceFactory(round__status=source)

    moved = action(place.round, by=team)

    assert moved.status == ROUND.steps[name].target
    assert Event.objects.filter(action=name, subject_id=str(moved.pk)).count() == 1
    with pytest.raises(StepNotOpen):
        action(place.round, by=team)


@pytest.mark.parametrize("name", STEPS)
def test_nobody_else_takes_a_step(name):
    source, action = STEPS[name]
    place = RoundPlaceFactory(round__status=source)

    with pytest.raises(StepNotAllowed):
        action(place.round, by=UserFactory())


def test_there_is_one_second_round(team):
    row = RoundFactory(status=S.RESULTS_OUT, stage=2)

    with pytest.raises(Conflict):
        round_steps.open_second(row, by=team)


def at(day, hour=9):
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON), tick=False)


def test_a_round_goes_through_its_days_by_itself(team):
    place = RoundPlaceFactory(round__planned=True, round__opens_on=today() + dt.timedelta(days=2))
    row = place.round

    def status_on(day):
        with at(day):
            round_steps.by_the_clock()
            round_steps.by_the_clock()
        row.refresh_from_db()
        return row.status

    assert status_on(row.opens_on - dt.timedelta(days=1)) == S.PLANNED
    assert status_on(row.opens_on) == S.CHOOSING
    assert status_on(row.locks_on) == S.CHOOSING
    assert status_on(row.locks_on + dt.timedelta(days=1)) == S.LOCKED
    Round.objects.filter(pk=row.pk).update(status=S.RESULTS_OUT)
    assert status_on(row.second_opens_on - dt.timedelta(days=1)) == S.RESULTS_OUT
    assert status_on(row.second_opens_on) == S.SECOND_ROUND
    assert row.stage == 2
    assert status_on(row.second_locks_on + dt.timedelta(days=1)) == S.LOCKED
    Round.objects.filter(pk=row.pk).update(status=S.RESULTS_OUT)
    assert status_on(row.second_reply_by) == S.RESULTS_OUT
    assert status_on(row.second_reply_by + dt.timedelta(days=1)) == S.FINISHED


def test_lists_take_no_changes_from_midnight_whether_or_not_a_job_has_run():
    row = RoundFactory()
    midnight = dt.datetime.combine(row.locks_on + dt.timedelta(days=1), dt.time(), tzinfo=LONDON)

    with time_machine.travel(midnight - dt.timedelta(seconds=1), tick=False):
        assert row.takes_choices
    with time_machine.travel(midnight, tick=False):
        assert not row.takes_choices


def test_a_round_that_moved_on_meanwhile_is_left_alone(monkeypatch):
    place = RoundPlaceFactory(round__planned=True)
    stale = [place.round]
    Round.objects.filter(pk=place.round_id).update(status=S.LOCKED)
    monkeypatch.setattr(type(Round.objects.all()), "to_open", lambda _self: stale)

    assert round_steps.by_the_clock() == 0


def test_the_seed_is_tied_by_its_hash_and_public_once_lists_are_locked():
    row = RoundFactory(slug="x", seed="abc")

    assert row.commitment == hashlib.sha256(b"x:abc").hexdigest()
    assert not row.is_seed_public
    assert RoundFactory.build(status=S.LOCKED).is_seed_public
    assert RoundFactory.build(status=S.SECOND_ROUND, stage=2).is_seed_public


def test_the_service_itself_may_open_and_never_publish():
    service = User.objects.system()

    assert ROUND.may(service, RoundFactory(planned=True), "open")
    assert not ROUND.may(service, RoundFactory(status=S.CHECKING), "publish")
