"""Two people press at the same moment: one wins, the other hears of it, nothing is half done."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from core.errors import Conflict, StepNotOpen
from people.models import User
from placements.actions import applications, departments, hosts, offers
from placements.actions.departments import Verdict
from placements.actions.hosts import Decision, StaleDecisions
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision, DeclineReason
from placements.models import Application, Offer, Placement
from tests.factories.experts import host_of
from tests.factories.people import department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db(transaction=True)

LOST = (Conflict, StepNotOpen, StaleDecisions)


def at_once(*acts):
    """Run each in its own thread and connection, from one moment; say which was done."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait(20)
            act()
        except LOST as lost:
            return lost
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_of_two_approvers_one_decides():
    application = ApplicationFactory(status=S.WITH_DEPARTMENT)
    admins = [department_admin(application.department) for _number in range(2)]
    yes = Verdict(ApprovalDecision.APPROVE, application.version)
    no = Verdict(ApprovalDecision.NOT_APPROVE, application.version, words="No.")

    outcomes = at_once(
        lambda: departments.decide(fresh(application), yes, by=admins[0]),
        lambda: departments.decide(fresh(application), no, by=admins[1]),
    )

    lost = [outcome for outcome in outcomes if outcome is not None]
    winner = admins[outcomes.index(None)]
    assert len(lost) == 1
    assert winner.display_name in lost[0].message
    assert application.approvals.get().decided_by == winner
    state = S.CONFIRMED if winner == admins[0] else S.NOT_APPROVED
    assert fresh(application).status == state
    assert Placement.objects.count() == (state == S.CONFIRMED)


def test_an_offer_is_accepted_or_expires():
    application = ApplicationFactory(status=S.OFFERED)
    service = User.objects.system()

    outcomes = at_once(
        lambda: offers.accept(fresh(application), by=application.applicant),
        lambda: offers.expire(fresh(application), by=service),
    )

    accepted = outcomes[0] is None
    assert outcomes.count(None) == 1
    assert fresh(application).status == (S.WITH_DEPARTMENT if accepted else S.OFFER_EXPIRED)
    application.opportunity.refresh_from_db()
    assert application.opportunity.held == accepted


def test_an_offer_and_a_withdrawal_leave_no_place_behind():
    opportunity = OpportunityFactory(places=1)
    host = host_of(opportunity.organisation)
    application = ApplicationFactory(opportunity=opportunity, status=S.SHORTLISTED)
    terms = offers.Terms(
        opportunity.starts_on,
        opportunity.ends_on,
        37,
        offers.usual_reply_by(application),
    )
    decision = Decision(application.pk, application.version, "offer", terms=terms)

    outcomes = at_once(
        lambda: hosts.send_decisions(opportunity, [decision], by=host),
        lambda: applications.withdraw(
            fresh(application), by=application.applicant, reasons=["timing"]
        ),
    )

    assert outcomes[1] is None
    opportunity.refresh_from_db()
    assert (fresh(application).status, opportunity.held) == (S.WITHDRAWN, 0)
    assert Offer.objects.count() == (outcomes[0] is None)


def test_the_same_decisions_sent_twice_at_once_are_sent_once():
    opportunity = OpportunityFactory(places=2)
    host = host_of(opportunity.organisation)
    application = ApplicationFactory(opportunity=opportunity, status=S.SENT)
    terms = offers.Terms(
        opportunity.starts_on, opportunity.ends_on, 37, offers.usual_reply_by(application)
    )
    batch = [Decision(application.pk, application.version, "offer", terms=terms)]

    outcomes = at_once(
        *[lambda: hosts.send_decisions(opportunity, batch, by=host) for _number in range(4)]
    )

    opportunity.refresh_from_db()
    assert outcomes == [None] * 4
    assert opportunity.held == 1
    assert application.applicant.messages.count() == 1


def test_of_two_offers_for_the_same_dates_one_becomes_a_placement():
    first = ApplicationFactory(status=S.OFFERED, department_decides=False)
    second = ApplicationFactory(
        applicant=first.applicant, status=S.OFFERED, department_decides=False
    )

    outcomes = at_once(
        lambda: offers.accept(fresh(first), by=first.applicant),
        lambda: offers.accept(fresh(second), by=first.applicant),
    )

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert Placement.objects.count() == 1
    assert sorted([fresh(first).status, fresh(second).status]) == [S.CONFIRMED, S.OFFERED]


def test_two_declines_pass_two_places_to_two_people():
    opportunity = OpportunityFactory(places=2)
    offered = [
        ApplicationFactory(opportunity=opportunity, status=S.OFFERED) for _number in range(2)
    ]
    waiting = [
        ApplicationFactory(opportunity=opportunity, status=S.RESERVE) for _number in range(2)
    ]

    outcomes = at_once(
        *[
            lambda row=row: offers.decline(
                fresh(row), by=row.applicant, reason=DeclineReason.DATES
            )
            for row in offered
        ]
    )

    opportunity.refresh_from_db()
    assert outcomes == [None, None]
    assert [fresh(row).status for row in waiting] == [S.OFFERED, S.OFFERED]
    assert opportunity.held == 2
