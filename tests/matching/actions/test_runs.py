"""A round is frozen, decided, checked and published as a whole or not at all."""

import copy
import hashlib

import pytest

from core.errors import Conflict, StepNotAllowed, StepNotOpen
from matching.actions import round_steps, runs
from matching.choices import HostGroup, PairRuling, ResultState
from matching.choices import RoundStatus as S
from matching.live.contest import decide, digest, freeze, problems, settings_of
from matching.live.preflight import preflight
from matching.models import Grouping, Result, Round, RoundPlace, Run
from notifications.models import Message
from notifications.rendering import render
from placements.choices import ApplicationStatus
from placements.models import Application, Opportunity
from tests.factories.experts import host_of
from tests.factories.people import (
    CivilServantFactory,
    RegionFactory,
    UserFactory,
    scheme_team_member,
)
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, grouped, listing, supported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def team():
    return scheme_team_member()


@pytest.fixture
def row():
    return RoundFactory(status=S.CHECKING, fairness_points=0)


@pytest.fixture
def places(row):
    return [RoundPlaceFactory(round=row) for _number in range(2)]


@pytest.fixture
def three(places):
    """Three people want the first place most; the second person has nothing else."""
    first, second = places
    people = [CivilServantFactory() for _number in range(3)]
    lists = [
        supported(people[0], first, second),
        supported(people[1], first),
        supported(people[2], first, second),
    ]
    host = host_of(first.opportunity.organisation)
    grouped(host, first, most_want=lists[1:2], would_take=lists[:1], reserve=lists[2:])
    return lists


def got(run, mine):
    match = run.outcome.get(mine.reference)
    return match and (match["place"], match["choice"])


def test_a_group_decides_before_points_and_the_rest_move_down_their_lists(
    team, row, places, three
):
    run = runs.try_run(row, by=team)

    assert got(run, three[1]) == (places[0].opportunity.reference, 1)
    seconds = [got(run, three[0]), got(run, three[2])]
    assert (places[1].opportunity.reference, 2) in seconds
    assert None in seconds
    assert run.counts["matched"] == 2
    assert run.counts["stable"]


def test_a_run_is_the_same_again_and_its_number_rises(team, row, three):
    first, second = runs.try_run(row, by=team), runs.try_run(row, by=team)

    assert (first.number, second.number) == (1, 2)
    assert first.inputs_hash == second.inputs_hash
    assert first.outcome == second.outcome
    assert first.certificate == second.certificate


def test_other_rules_can_be_tried(team, row, three):
    other = settings_of(row) | {"fairness_points": 500}

    run = runs.try_run(row, by=team, settings=other)

    assert run.settings["fairness_points"] == 500
    assert {person["fairness"] for person in run.inputs["people"]} == {500}


def test_who_the_host_does_not_want_is_shut_out(team, row, places, three):
    Grouping.objects.filter(list=three[1]).update(group=HostGroup.NO)

    run = runs.try_run(row, by=team)

    assert got(run, three[1]) is None
    assert got(run, three[0]) == (places[0].opportunity.reference, 1)


def test_without_the_line_managers_support_nobody_is_matched(team, row, places):
    mine = listing(CivilServantFactory(), places[0])

    run = runs.try_run(row, by=team)

    assert got(run, mine) is None
    assert run.inputs["people"][0]["choices"][0]["shut"] == "support"
    assert preflight(row).without_support == 1


def test_waiting_counts_and_has_a_limit(row, places):
    mine = supported(CivilServantFactory(), places[0])
    mine.rounds_waited = 9
    mine.save()

    person = freeze(row, settings_of(row))["people"][0]

    assert person["waiting"] == 3 * row.waiting_points


def test_kept_places_go_first_to_those_they_are_kept_for(team, row):
    wide = RoundPlaceFactory(round=row, opportunity__places=2, places=2)
    far = RegionFactory(code="TLC", name="North East", slug="north-east")
    row.reserve_regions.add(far)
    served = CivilServantFactory()
    served.profile.town.region = far
    own = type(served.profile.town).objects.create(
        name="Redcar", region=far, latitude=51.5, longitude=-1.7
    )
    served.profile.town = own
    served.profile.save()
    others = [supported(CivilServantFactory(), wide) for _number in range(2)]
    mine = supported(served, wide)
    host = host_of(wide.opportunity.organisation)
    grouped(host, wide, most_want=others, reserve=[mine])

    without = runs.try_run(row, by=team)
    kept = runs.try_run(row, by=team, settings=settings_of(row) | {"reserve_percent": 50})

    assert got(without, mine) is None
    assert got(kept, mine) is not None
    assert kept.counts["stable"]


# Rulings


def test_a_pair_that_must_not_be_is_not(team, row, places, three):
    runs.rule_on_pair(three[1], places[0], by=team, ruling=PairRuling.EXCLUDE, reason="Family.")

    assert got(runs.try_run(row, by=team), three[1]) is None


def test_a_pair_that_must_be_is_and_takes_its_seat(team, row, places, three):
    runs.rule_on_pair(three[2], places[0], by=team, ruling=PairRuling.HOLD, reason="Promised.")

    run = runs.try_run(row, by=team)

    assert got(run, three[2]) == (places[0].opportunity.reference, 1)
    assert got(run, three[1]) is None
    assert run.counts["matched"] == 2
    assert run.counts["people"] == 3


def test_a_ruling_is_taken_back(team, row, places, three):
    rule = runs.rule_on_pair(
        three[1], places[0], by=team, ruling=PairRuling.EXCLUDE, reason="Family."
    )
    runs.take_back_ruling(rule, by=team)

    assert got(runs.try_run(row, by=team), three[1]) is not None


def test_more_pairs_than_seats_cannot_be_held(team, row, places, three):
    for mine in three[:2]:
        runs.rule_on_pair(mine, places[0], by=team, ruling=PairRuling.HOLD, reason="Promised.")

    with pytest.raises(Conflict, match="More pairs are held"):
        runs.try_run(row, by=team)


def test_a_pair_that_nobody_listed_is_no_pair(team, places, three):
    with pytest.raises(Conflict, match="does not list"):
        runs.rule_on_pair(three[1], places[1], by=team, ruling=PairRuling.HOLD, reason="Promised.")


def test_only_the_scheme_team_decides_and_only_while_results_are_checked(team, row, places, three):
    with pytest.raises(StepNotAllowed):
        runs.try_run(row, by=UserFactory())
    Round.objects.update(status=S.LOCKED)
    with pytest.raises(StepNotOpen):
        runs.try_run(row, by=team)


# Publishing


def test_publishing_makes_offers_results_and_one_letter_each(team, row, places, three):
    runs.publish(runs.try_run(row, by=team), by=team)

    row.refresh_from_db()
    assert row.status == S.RESULTS_OUT
    assert Result.objects.filter(state=ResultState.MATCHED).count() == 2
    assert Result.objects.filter(state=ResultState.RESERVE).count() == 1
    application = Result.objects.get(list=three[1]).application
    assert application.status == ApplicationStatus.OFFERED
    assert application.offer.reply_by == row.reply_by
    assert application.matched_in == row.slug
    assert application.sent_at
    places[0].opportunity.refresh_from_db()
    assert places[0].opportunity.held == 1
    letters = Message.objects.filter(template="matching/emails/result_ready")
    assert {letter.recipient for letter in letters} == {mine.person for mine in three}
    subject, body = render(letters[0])
    assert "Your result is ready" in subject
    assert places[0].opportunity.title not in body


def test_a_round_is_published_once(team, row, three):
    run = runs.try_run(row, by=team)
    runs.publish(run, by=team)

    with pytest.raises(StepNotOpen):
        runs.publish(run, by=team)

    assert Result.objects.count() == 3


def test_an_empty_round_is_published_without_harm(team, row, places):
    runs.publish(runs.try_run(row, by=team), by=team)

    assert not Result.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda places, _three: Opportunity.objects.filter(pk=places[0].opportunity_id).update(
            status="cancelled"
        ),
        lambda places, _three: RoundPlace.objects.filter(pk=places[1].pk).update(places=2),
        lambda _places, three: (
            type(three[0].person.profile).objects.filter(user=three[0].person).update(grade=None)
        ),
    ],
    ids=["a place is cancelled", "another number of places", "a profile changes"],
)
def test_what_changed_since_a_run_stops_it_and_nothing_is_half_published(
    team, row, places, three, change
):
    run = runs.try_run(row, by=team)
    change(places, three)

    with pytest.raises(Conflict, match="Nothing was published"):
        runs.publish(run, by=team)

    row.refresh_from_db()
    assert row.status == S.CHECKING
    assert not Result.objects.exists()
    assert not Application.objects.exists()


# Checking


def test_a_run_is_checked_from_what_it_froze(team, row, three):
    run = runs.try_run(row, by=team)

    assert list(problems(run.inputs, run.inputs_hash, run.outcome, run.certificate)) == []


def test_a_run_that_was_tampered_with_is_found(team, row, places, three):
    run = runs.try_run(row, by=team)
    outcome = copy.deepcopy(run.outcome)
    del outcome[three[1].reference]
    inputs = copy.deepcopy(run.inputs)
    inputs["people"][0]["choices"][0]["points"] += 1

    said = list(problems(run.inputs, run.inputs_hash, outcome, run.certificate))
    assert any("another outcome" in each for each in said)
    assert "the hash is not that of what is frozen" in list(
        problems(inputs, run.inputs_hash, run.outcome, run.certificate)
    )


def test_the_certificate_names_the_seed_its_hash_and_every_cut_off(team, row, places, three):
    run = runs.try_run(row, by=team)

    said = runs.certificate_of(run)

    assert said["seed_hash"] == hashlib.sha256(f"{row.slug}:{said['seed']}".encode()).hexdigest()
    assert said["seed_hash"] == row.commitment
    assert {place["place"] for place in said["places"]} == {
        place.opportunity.reference for place in places
    }
    assert said["inputs"] == run.inputs_hash == digest(run.inputs)


def test_every_kernel_decides_the_same(row, three):
    frozen = freeze(row, settings_of(row))

    assert decide(frozen, "heapq").outcome == decide(frozen, "numpy").outcome


def test_in_the_second_round_only_what_is_left_and_who_is_left_takes_part(
    team, row, places, three
):
    runs.publish(runs.try_run(row, by=team), by=team)
    round_steps.open_second(row, by=team)
    row.refresh_from_db()

    frozen = freeze(row, settings_of(row))

    assert len(frozen["people"]) == 1
    assert [place["seats"] for place in frozen["places"]] == [0, 0]


def test_a_run_names_itself(team, row, three):
    run = runs.try_run(row, by=team)

    assert str(run) == f"Run 1 of {row}"
    assert str(Grouping.objects.first()).endswith(("Most want", "Would take", "Reserve"))
    assert Run.objects.published(row).first() is None
