"""Each invariant holds on good data, and fires on the row it is there to find."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.calendar import today
from home.live.invariants import INVARIANTS, breaches
from home.tasks import check_invariants
from notifications import actions
from notifications.choices import MessageState
from notifications.models import Message
from people.models import ApprovalRule
from placements.choices import ApplicationStatus as S
from placements.choices import OpportunityStatus
from placements.models import Application, Approval, ManagerRequest, Offer, Opportunity, Placement
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


def wrong_count():
    application = ApplicationFactory(status=S.OFFERED)
    Opportunity.objects.filter(pk=application.opportunity_id).update(held=0)


def filled_too_early():
    OpportunityFactory(status=OpportunityStatus.FILLED, places=2, held=0)


def placement_lost():
    application = ApplicationFactory(status=S.CONFIRMED)
    Placement.objects.filter(application=application).delete()


def placement_left_over():
    application = ApplicationFactory(status=S.CONFIRMED)
    Application.objects.filter(pk=application.pk).update(status=S.APPROVED)


def offer_lost():
    Offer.objects.filter(application=ApplicationFactory(status=S.OFFERED)).delete()


def question_lost():
    application = ApplicationFactory(status=S.WITH_MANAGER)
    ManagerRequest.objects.filter(application=application).update(closed_at=timezone.now())


def sign_off_lost():
    application = ApplicationFactory(status=S.WITH_DEPARTMENT)
    Approval.objects.filter(application=application).delete()


def still_waiting():
    application = ApplicationFactory(status=S.SENT)
    Opportunity.objects.filter(pk=application.opportunity_id).update(
        starts_on=today() - dt.timedelta(days=9), ends_on=today() - dt.timedelta(days=1)
    )


def waiting_for_a_cancelled_one():
    application = ApplicationFactory(status=S.IN_REVIEW)
    Opportunity.objects.filter(pk=application.opportunity_id).update(
        status=OpportunityStatus.CANCELLED
    )


def ladder_taken_down():
    OpportunityFactory()
    ApprovalRule.objects.all().delete()


def left_behind():
    message = actions.queue_email("outbox/hello", to=UserFactory())
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENDING, lease_until=timezone.now() - dt.timedelta(hours=2)
    )


BREAK = [
    ("held", wrong_count),
    ("filled", filled_too_early),
    ("confirmed", placement_lost),
    ("placement", placement_left_over),
    ("offer", offer_lost),
    ("manager", question_lost),
    ("approval", sign_off_lost),
    ("over", still_waiting),
    ("over", waiting_for_a_cancelled_one),
    ("ladder", ladder_taken_down),
    ("claimed", left_behind),
]


def test_every_state_an_application_can_be_in_breaks_nothing():
    for status in S:
        ApplicationFactory(status=status)
    actions.queue_email("outbox/hello", to=UserFactory())

    assert breaches() == []


@pytest.mark.parametrize(("name", "do_harm"), BREAK)
def test_it_fires(name, do_harm):
    do_harm()

    (breach,) = breaches()
    assert breach.invariant.name == name
    assert breach.count == 1
    assert len(breach.examples) == 1


def test_each_is_proven_to_fire():
    assert {invariant.name for invariant in INVARIANTS} == {name for name, _harm in BREAK}


def test_the_command_tells_and_fails():
    call_command("check_invariants", stdout=StringIO())
    wrong_count()
    said = StringIO()

    with pytest.raises(CommandError, match=f"1 of {len(INVARIANTS)}"):
        call_command("check_invariants", stdout=said)

    assert "BROKEN held" in said.getvalue()
    assert Opportunity.objects.get().reference in said.getvalue()


def test_the_nightly_job_counts_and_logs_without_names(caplog):
    assert check_invariants() == 0
    placement_lost()

    assert check_invariants() == 1
    said = caplog.text
    assert "invariant broken" in said
    assert Application.objects.get().reference in said
    assert Application.objects.get().applicant.name not in said
