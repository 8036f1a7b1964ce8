"""The scheme team looks, tries, rules and publishes; anybody checks what came of it."""

import json

import pytest
from django.core.management import CommandError, call_command

from matching.actions import runs
from matching.choices import RoundStatus as S
from matching.models import PairRule, Result, Round, Run
from tests.factories.people import CivilServantFactory, scheme_team_member
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, supported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def user():
    return scheme_team_member()


@pytest.fixture
def team(as_user, user):
    return as_user(user)


@pytest.fixture
def row():
    return RoundFactory(status=S.CHECKING)


@pytest.fixture
def place(row):
    return RoundPlaceFactory(round=row)


@pytest.fixture
def lists(place):
    return [supported(CivilServantFactory(), place) for _number in range(2)]


def address(row, end):
    return f"/scheme/rounds/{row.slug}/{end}"


def test_before_results_the_page_says_what_is_missing(team, row, place, lists):
    unwanted = RoundPlaceFactory(round=row)

    page = team.get(address(row, "preflight")).content.decode()

    assert "In no group" in page
    assert unwanted.opportunity.title in page


def test_an_empty_round_is_told_plainly(team, row):
    page = team.get(address(row, "preflight")).content.decode()

    assert "Every host has put everybody in a group" in page
    assert "There are no runs yet" in team.get(address(row, "runs")).content.decode()


def test_runs_stand_side_by_side(team, row, lists):
    form = {"reserve_percent": "0", "fairness_points": "0", "waiting_points": "0"}

    team.post(address(row, "runs"), form)
    team.post(address(row, "runs"), form | {"fairness_points": "900"})

    page = team.get(address(row, "runs")).content.decode()
    assert "1 of 2" in page
    assert "900 for first-timers" in page
    assert Run.objects.count() == 2


def test_rules_out_of_range_are_refused(team, row):
    form = {"reserve_percent": "99", "fairness_points": "x", "waiting_points": ""}

    page = team.post(address(row, "runs"), form).content.decode()

    assert "Share must be a number from 0 to 70" in page
    assert not Run.objects.exists()


def test_a_run_shows_who_would_get_what_by_reference_only(team, user, row, place, lists):
    runs.try_run(row, by=user)

    page = team.get(address(row, "runs/1")).content.decode()

    for mine in lists:
        assert mine.reference in page
        assert mine.person.name not in page
    assert place.opportunity.reference in page


def test_the_certificate_is_a_file(team, user, row, lists):
    run = runs.try_run(row, by=user)

    response = team.get(address(row, "runs/1/certificate.json"))

    assert response["Content-Disposition"].endswith(f'{row.slug}-1-1.json"')
    assert json.loads(response.content)["inputs"] == run.inputs_hash


def test_publishing_says_how_many_letters_go_out(team, user, row, lists):
    runs.try_run(row, by=user)
    where = address(row, "runs/1/publish")

    assert "Publishing sends 2 emails and cannot be undone" in team.get(where).content.decode()
    assert team.post(where).url == f"/scheme/rounds/{row.slug}"

    assert Result.objects.count() == 2
    assert team.get(where).url == f"/scheme/rounds/{row.slug}"


def test_a_pair_is_ruled_on_and_given_back(team, row, place, lists):
    form = {
        "list": lists[0].reference,
        "place": place.opportunity.reference,
        "ruling": "exclude",
        "reason": "They are related.",
    }

    team.post(address(row, "pairs"), form)
    page = team.get(address(row, "pairs")).content.decode()
    assert "They are related." in page
    assert PairRule.objects.count() == 1

    pair = f"pairs/{lists[0].reference}/{place.opportunity.reference}/remove"
    team.post(address(row, pair))
    assert not PairRule.objects.exists()


def test_a_pair_that_is_none_is_refused(team, row, place, lists):
    other = RoundPlaceFactory(round=row).opportunity.reference
    form = {"list": lists[0].reference, "place": other, "ruling": "hold", "reason": "x"}

    page = team.post(address(row, "pairs"), form).content.decode()

    assert "No list of this reference holds this opportunity" in page


def test_the_published_round_is_verified_by_a_command(user, row, lists, capsys):
    runs.publish(runs.try_run(row, by=user), by=user)

    call_command("verify_round", row.slug)

    assert "1 of 2 people matched, everything holds" in capsys.readouterr().out


def test_a_round_that_does_not_hold_fails_the_command(user, row, lists):
    run = runs.try_run(row, by=user)
    runs.publish(run, by=user)
    Run.objects.update(outcome={})

    with pytest.raises(CommandError, match="another outcome"):
        call_command("verify_round", row.slug)


def test_another_seed_fails_the_command(user, row, lists):
    runs.publish(runs.try_run(row, by=user), by=user)
    Round.objects.update(seed="other")

    with pytest.raises(CommandError, match="the seed is not"):
        call_command("verify_round", row.slug)


def test_the_command_says_when_there_is_nothing_to_check(row):
    with pytest.raises(CommandError, match="Nothing of this round"):
        call_command("verify_round", row.slug)
    with pytest.raises(CommandError, match="no round"):
        call_command("verify_round", "nowhere")
