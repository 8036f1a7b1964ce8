"""What a host does: sort, note, pause, and send a batch of decisions as one."""

import datetime as dt

import pytest

from audit.models import Event
from core.calendar import today
from core.errors import Conflict, StepNotAllowed, StepNotOpen
from notifications.models import Message
from placements.actions import hosts, offers
from placements.actions.hosts import Decision
from placements.choices import ApplicationStatus as S
from placements.choices import NotSelectedReason, OpportunityStatus
from tests.factories.experts import host_of
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opportunity():
    return OpportunityFactory(places=2)


@pytest.fixture
def host(opportunity):
    return host_of(opportunity.organisation)


def sent(opportunity, status=S.SENT):
    return ApplicationFactory(opportunity=opportunity, status=status)


def terms():
    return offers.Terms(
        starts_on=today() + dt.timedelta(days=90),
        ends_on=today() + dt.timedelta(days=180),
        hours_a_week=30,
        reply_by=today() + dt.timedelta(days=7),
        words="Bring boots.",
    )


def offer(application):
    return Decision(application.pk, application.version, "offer", terms=terms())


def turn_down(application):
    reasons = [NotSelectedReason.DATES, NotSelectedReason.SKILL]
    return Decision(
        application.pk, application.version, "not_select", reasons=reasons, note="Try the spring."
    )


def test_a_batch_is_sent_as_one(opportunity, host):
    chosen, kept, left = (sent(opportunity) for _number in range(3))
    reserve = Decision(kept.pk, kept.version, "reserve")

    hosts.send_decisions(opportunity, [offer(chosen), reserve, turn_down(left)], by=host)

    for application in (chosen, kept, left):
        application.refresh_from_db()
    opportunity.refresh_from_db()
    assert [chosen.status, kept.status, left.status] == [S.OFFERED, S.RESERVE, S.NOT_SELECTED]
    assert (chosen.offer.hours_a_week, chosen.offer.made_by) == (30, host)
    assert chosen.due_on == terms().reply_by
    assert left.not_selected_reasons == ["dates", "skill"]
    assert opportunity.held == 1
    assert sorted(Message.objects.values_list("template", flat=True)) == [
        "placements/emails/not_selected",
        "placements/emails/offer_made",
        "placements/emails/put_on_reserve",
    ]
    assert Event.objects.about(chosen).get().action == "offer"


def test_a_second_press_changes_nothing(opportunity, host):
    chosen = sent(opportunity)
    batch = [offer(chosen)]
    hosts.send_decisions(opportunity, batch, by=host)

    hosts.send_decisions(opportunity, batch, by=host)

    opportunity.refresh_from_db()
    assert opportunity.held == 1
    assert Message.objects.count() == 1


def test_an_application_that_changed_stops_the_whole_batch(opportunity, host):
    first, second = sent(opportunity), sent(opportunity)
    batch = [offer(first), offer(second)]
    hosts.sort(second, by=host, step="shortlist")

    with pytest.raises(hosts.StaleDecisions) as stale:
        hosts.send_decisions(opportunity, batch, by=host)

    assert [row.pk for row in stale.value.changed] == [second.pk]
    first.refresh_from_db()
    assert first.status == S.SENT
    assert not Message.objects.exists()


def test_more_offers_than_places_are_not_sent(opportunity, host):
    batch = [offer(sent(opportunity)) for _number in range(3)]

    with pytest.raises(hosts.TooManyOffers) as problem:
        hosts.send_decisions(opportunity, batch, by=host)

    assert (problem.value.offers, problem.value.places) == (3, 2)
    opportunity.refresh_from_db()
    assert opportunity.held == 0


def test_the_host_may_add_the_place_that_is_missing(opportunity, host):
    batch = [offer(sent(opportunity)) for _number in range(3)]

    hosts.send_decisions(opportunity, batch, by=host, new_places=1)

    opportunity.refresh_from_db()
    assert (opportunity.places, opportunity.held) == (3, 3)
    assert opportunity.status == OpportunityStatus.FILLED
    assert Event.objects.about(opportunity).filter(action="add_places").exists()


def test_places_are_not_added_beyond_the_most(host, opportunity):
    opportunity.places = 50
    opportunity.held = 50
    opportunity.save()

    with pytest.raises(Conflict, match="50 places at most"):
        hosts.send_decisions(opportunity, [offer(sent(opportunity))], by=host, new_places=1)


def test_a_stranger_decides_nothing(opportunity):
    with pytest.raises(StepNotAllowed):
        hosts.send_decisions(opportunity, [offer(sent(opportunity))], by=UserFactory())


def test_starting_a_review_moves_a_new_application(opportunity, host):
    application = hosts.start_review(sent(opportunity), by=host)

    assert application.status == S.IN_REVIEW
    assert not Message.objects.exists()


def test_a_note_is_kept_and_recorded_without_its_words(opportunity, host):
    application = hosts.note(sent(opportunity), by=host, text="Strong on statistics")

    assert application.host_note == "Strong on statistics"
    assert "Strong" not in str(Event.objects.about(application).get().detail)


def test_pausing_and_opening_again(opportunity, host):
    assert hosts.pause(opportunity, by=host).status == OpportunityStatus.PAUSED
    assert hosts.reopen(opportunity, by=host).status == OpportunityStatus.OPEN
    with pytest.raises(StepNotOpen):
        hosts.reopen(opportunity, by=host)


def test_no_decisions_change_nothing(opportunity, host):
    application = sent(opportunity)

    assert hosts.send_decisions(opportunity, [], by=host, new_places=3) == []

    application.refresh_from_db()
    opportunity.refresh_from_db()
    assert (application.status, opportunity.places) == (S.SENT, 2)
