"""Offers: accepted, declined, left to lapse, and the freed place passed on."""

import datetime as dt

import pytest
from django.utils import timezone

from audit.models import Event
from core.errors import Conflict, StepNotAllowed, StepNotOpen
from notifications.models import Message
from people.models import ApprovalRule, User
from placements.actions import offers
from placements.choices import ApplicationStatus, ApprovalStage, DeclineReason, OpportunityStatus
from placements.models import Placement
from tests.factories.people import CivilServantFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opportunity():
    return OpportunityFactory(places=1)


@pytest.fixture
def offered(opportunity):
    application = ApplicationFactory(opportunity=opportunity, status=ApplicationStatus.OFFERED)
    opportunity.status = OpportunityStatus.FILLED
    opportunity.save()
    return application


def mails():
    return sorted(Message.objects.values_list("template", "recipient__email"))


def names():
    return sorted(row[0].rsplit("/", 1)[1] for row in mails())


def test_accepting_asks_the_department(offered):
    application = offers.accept(offered, by=offered.applicant)

    assert application.status == ApplicationStatus.WITH_DEPARTMENT
    assert application.due_on is not None
    assert application.offer.is_accepted is True
    assert application.approvals.get().stage == ApprovalStage.DEPARTMENT
    assert names() == ["offer_accepted", "offer_accepted_host"]


def test_accepting_confirms_at_once_where_the_department_is_only_told(offered):
    offered.department_decides = False
    offered.save()

    application = offers.accept(offered, by=offered.applicant)

    assert application.status == ApplicationStatus.CONFIRMED
    placement = Placement.objects.get()
    assert (placement.person, placement.starts_on) == (offered.applicant, offered.starts_on)
    assert not application.approvals.exists()
    assert names() == ["confirmed", "confirmed_host", "confirmed_manager"]
    steps = ["accept", "confirm", "tell_department"]
    assert sorted(Event.objects.about(application).values_list("action", flat=True)) == steps


def test_accepting_takes_the_dates_of_the_offer(offered):
    offered.offer.ends_on -= dt.timedelta(days=10)
    offered.offer.save()

    application = offers.accept(offered, by=offered.applicant)

    assert application.ends_on == offered.offer.ends_on


def test_longer_dates_than_asked_for_need_the_departments_yes(offered, ladder):
    offered.department_decides = False
    offered.ends_on = offered.starts_on + dt.timedelta(days=4)
    offered.save()
    assert ApprovalRule.objects.for_case(None, "placement", 5).department_step == "told"

    application = offers.accept(offered, by=offered.applicant)

    assert application.status == ApplicationStatus.WITH_DEPARTMENT


def test_accepting_dates_on_which_the_person_is_away_saves_nothing(offered):
    PlacementFactory(
        application=ApplicationFactory(
            applicant=offered.applicant, status=ApplicationStatus.APPROVED
        )
    )
    offered.department_decides = False
    offered.save()

    with pytest.raises(Conflict, match="overlap"):
        offers.accept(offered, by=offered.applicant)

    offered.refresh_from_db()
    assert offered.status == ApplicationStatus.OFFERED
    assert offered.offer.is_accepted is None
    assert not Message.objects.exists()


def test_somebody_else_cannot_accept(offered):
    with pytest.raises(StepNotAllowed):
        offers.accept(offered, by=CivilServantFactory())


def test_an_expired_offer_cannot_be_accepted(offered):
    offers.expire(offered, by=User.objects.system())

    with pytest.raises(StepNotOpen):
        offers.accept(offered, by=offered.applicant)


def test_declining_frees_the_place_and_says_why(offered, opportunity):
    application = offers.decline(offered, by=offered.applicant, reason=DeclineReason.DATES)

    opportunity.refresh_from_db()
    assert application.status == ApplicationStatus.OFFER_DECLINED
    assert application.decline_reason == DeclineReason.DATES
    assert application.offer.is_accepted is False
    assert (opportunity.held, opportunity.status) == (0, OpportunityStatus.CLOSED)
    assert names() == ["offer_declined", "offer_declined_host", "place_is_free"]


def test_the_first_on_the_reserve_list_moves_up_on_the_same_terms(offered, opportunity):
    later, first = (
        ApplicationFactory(
            opportunity=opportunity,
            status=ApplicationStatus.RESERVE,
            status_since=timezone.now() - dt.timedelta(days=days),
        )
        for days in (1, 2)
    )
    offered.offer.hours_a_week, offered.offer.terms = 21, "Bring boots."
    offered.offer.save()

    offers.decline(offered, by=offered.applicant, reason=DeclineReason.DATES)

    first.refresh_from_db()
    later.refresh_from_db()
    opportunity.refresh_from_db()
    assert first.status == ApplicationStatus.OFFERED
    assert (first.offer.hours_a_week, first.offer.terms) == (21, "Bring boots.")
    assert first.due_on == first.offer.reply_by
    assert later.status == ApplicationStatus.RESERVE
    assert (opportunity.held, opportunity.status) == (1, OpportunityStatus.FILLED)
    assert ("placements/emails/offer_made", first.applicant.email) in mails()
    assert ("placements/emails/place_passed_on", opportunity.contact.email) in mails()


def test_nobody_moves_up_into_dates_that_have_begun(offered, opportunity):
    waiting = ApplicationFactory(opportunity=opportunity, status=ApplicationStatus.RESERVE)
    offered.offer.starts_on = dt.date(2020, 1, 1)
    offered.offer.save()

    offers.expire(offered, by=User.objects.system())

    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.RESERVE


def test_expiring_tells_both(offered):
    application = offers.expire(offered, by=User.objects.system())

    assert application.status == ApplicationStatus.OFFER_EXPIRED
    assert names() == ["offer_expired", "offer_expired_host", "place_is_free"]
