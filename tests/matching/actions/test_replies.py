"""What people reply, what silence does, and who gets a place that comes free."""

import datetime as dt

import pytest
import time_machine

from core.calendar import LONDON
from core.errors import StepNotAllowed, StepNotOpen
from matching.actions import replies, runs
from matching.choices import Reply
from matching.choices import RoundStatus as S
from matching.models import Result, Round
from notifications.models import Message
from notifications.rendering import render
from people.choices import ManagerStep
from people.models import ApprovalRule
from placements.choices import ApplicationStatus
from placements.models import Opportunity
from tests.factories.experts import host_of
from tests.factories.people import CivilServantFactory, UserFactory, scheme_team_member
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, grouped, supported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


@pytest.fixture
def places():
    row = RoundFactory(status=S.CHECKING)
    return [RoundPlaceFactory(round=row) for _number in range(2)]


@pytest.fixture
def out(places):
    """Ana has the first place, Ben his second choice, and Cas nothing."""
    first, second = places
    ana = supported(CivilServantFactory(name="Ana"), first)
    ben = supported(CivilServantFactory(name="Ben"), first, second)
    cas = supported(CivilServantFactory(name="Cas"), second)
    host = host_of(first.opportunity.organisation)
    grouped(host, first, most_want=[ana])
    grouped(host_of(second.opportunity.organisation), second, most_want=[ben])
    team = scheme_team_member()
    runs.publish(runs.try_run(first.round, by=team), by=team)
    return {"ana": ana, "ben": ben, "cas": cas}


def result_of(mine):
    return Result.objects.with_details().get(list=mine)


def status_of(mine):
    application = result_of(mine).application
    return application and application.status


def answer(mine, said):
    return replies.reply(result_of(mine), by=mine.person, answer=said)


def holds_no_more_than_there_is():
    for opportunity in Opportunity.objects.all():
        assert opportunity.held <= opportunity.places


def test_the_scene_is_as_told(out):
    assert status_of(out["ana"]) == ApplicationStatus.OFFERED
    assert result_of(out["ben"]).choice == 2
    assert result_of(out["cas"]).application is None


def test_who_accepts_goes_to_their_department(out):
    answer(out["ana"], Reply.ACCEPT)

    assert status_of(out["ana"]) == ApplicationStatus.WITH_DEPARTMENT
    assert result_of(out["ana"]).replied_at


def test_who_was_not_matched_has_nothing_to_reply_to(out):
    assert replies.takes_a_reply(result_of(out["ana"]))
    assert not replies.takes_a_reply(result_of(out["cas"]))


def test_where_managers_are_only_told_a_match_is_sent_at_once(places, ladder):
    ApprovalRule.objects.update(manager=ManagerStep.TOLD)
    mine = supported(CivilServantFactory(), places[0])
    team = scheme_team_member()

    runs.publish(runs.try_run(places[0].round, by=team), by=team)

    application = result_of(mine).application
    assert application.status == ApplicationStatus.OFFERED
    assert not application.manager_decides


def test_a_declined_place_goes_down_the_order(out):
    answer(out["ben"], Reply.DECLINE)

    assert status_of(out["ben"]) == ApplicationStatus.OFFER_DECLINED
    assert status_of(out["cas"]) == ApplicationStatus.OFFERED
    assert result_of(out["cas"]).choice == 1
    letter = Message.objects.get(template="matching/emails/place_came_free")
    assert letter.recipient == out["cas"].person
    assert "reply by" in render(letter)[0]
    holds_no_more_than_there_is()


def test_who_stays_open_moves_up_and_their_place_goes_on(out, places):
    answer(out["ben"], Reply.ACCEPT_OPEN)
    answer(out["ana"], Reply.DECLINE)

    moved = result_of(out["ben"])
    assert moved.application.opportunity == places[0].opportunity
    assert (moved.choice, moved.has_moved, moved.is_open_to_move) == (1, True, True)
    assert status_of(out["cas"]) == ApplicationStatus.OFFERED
    assert Message.objects.filter(template="matching/emails/place_changed").count() == 1
    holds_no_more_than_there_is()


def test_who_accepted_for_good_does_not_move(out, places):
    answer(out["ben"], Reply.ACCEPT)
    answer(out["ana"], Reply.DECLINE)

    assert result_of(out["ben"]).choice == 2
    assert status_of(out["cas"]) is None


def test_who_declined_gets_nothing_else(out):
    answer(out["ben"], Reply.DECLINE)
    answer(out["ana"], Reply.DECLINE)

    assert status_of(out["ben"]) == ApplicationStatus.OFFER_DECLINED


def test_staying_open_with_a_first_choice_is_accepting(out):
    answer(out["ana"], Reply.ACCEPT_OPEN)

    assert status_of(out["ana"]) == ApplicationStatus.WITH_DEPARTMENT
    assert not result_of(out["ana"]).is_open_to_move


def test_a_second_reply_is_told(out):
    answer(out["ana"], Reply.DECLINE)

    with pytest.raises(StepNotOpen):
        answer(out["ana"], Reply.ACCEPT)


def test_nobody_replies_for_another(out):
    with pytest.raises(StepNotAllowed):
        replies.reply(result_of(out["ana"]), by=UserFactory(), answer=Reply.ACCEPT)


def test_at_5pm_silence_gives_the_place_up_and_openness_keeps_it(out, places):
    answer(out["ben"], Reply.ACCEPT_OPEN)
    day = Round.objects.get().reply_by

    def at(hour):
        moment = dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON)
        with time_machine.travel(moment, tick=False):
            return replies.by_the_clock()

    assert at(16) == 0
    at(17)

    assert status_of(out["ana"]) == ApplicationStatus.OFFER_EXPIRED
    assert status_of(out["ben"]) == ApplicationStatus.WITH_DEPARTMENT
    letter = Message.objects.get(template="matching/emails/place_expired")
    assert letter.recipient == out["ana"].person
    assert "no reply from you in time" in render(letter)[1]
    assert at(17) == 0


def test_a_place_that_its_host_cancelled_goes_to_nobody(out, places):
    answer(out["ben"], Reply.DECLINE)
    Opportunity.objects.filter(pk=places[1].opportunity_id).update(status="cancelled")
    answer(out["cas"], Reply.DECLINE)

    assert replies.fill_free_places(Round.objects.get()) == 0


def test_before_results_are_out_nothing_is_filled():
    assert replies.fill_free_places(RoundFactory(status=S.LOCKED)) == 0
