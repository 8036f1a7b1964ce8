"""Who may take which step when, as one reviewed table, and every step through its action."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from audit.models import Event
from core.calendar import add_working_days, today
from core.errors import StepNotAllowed, StepNotOpen
from experts.choices import MemberRole
from people.choices import Role
from people.models import User
from placements.actions import (
    applications,
    confirmation,
    departments,
    drafts,
    hosts,
    lapses,
    managers,
    offers,
    reminders,
    rounds,
)
from placements.actions.departments import Verdict
from placements.actions.hosts import Decision
from placements.actions.offers import Terms
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision, ApprovalStage, OpportunityStatus, PlacementStatus
from placements.lifecycle import APPLICATION, LIFECYCLES, OPPORTUNITY, PLACEMENT
from tests.factories.experts import MembershipFactory, host_of
from tests.factories.people import (
    CivilServantFactory,
    RoleGrantFactory,
    department_admin,
    scheme_team_member,
)
from tests.factories.placements import (
    ApplicationFactory,
    ApprovalFactory,
    ManagerRequestFactory,
    OpportunityFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]

WITH_A_MANAGER = {"support", "ask_changes", "not_support", "redirect"}
HOST_SORTS = {"review", "shortlist", "reserve", "offer", "not_select"}
DECIDES = {"approve", "approve_with_conditions", "pass_first_check", "not_approve"}
DECIDES_AGAIN = {"second_approve", "second_approve_with_conditions", "second_not_approve"}
# what each may do in each state; who is not named may do nothing
OPEN = {
    S.DRAFT: {"applicant": {"ask_manager", "send", "withdraw"}},
    S.WITH_MANAGER: {
        "applicant": {"name_manager", "withdraw"},
        "manager": WITH_A_MANAGER,
        "admin": {"name_manager"},
        "system": {"note_silence"},
    },
    S.MANAGER_SILENT: {
        "applicant": {"name_manager", "withdraw"},
        "manager": WITH_A_MANAGER,
        "admin": {"name_manager"},
    },
    S.MANAGER_CHANGES: {"applicant": {"ask_manager", "withdraw"}},
    S.NOT_SUPPORTED: {"applicant": {"ask_manager", "withdraw"}},
    S.SENT: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": HOST_SORTS,
        "system": {"close_out", "match"},
    },
    S.IN_REVIEW: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": HOST_SORTS - {"review"},
        "system": {"close_out"},
    },
    S.SHORTLISTED: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": HOST_SORTS - {"shortlist"},
        "system": {"close_out"},
    },
    S.RESERVE: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": HOST_SORTS - {"reserve"},
        "system": {"close_out", "promote"},
    },
    S.NOT_SELECTED: {},
    S.OFFERED: {
        "applicant": {"accept", "decline", "withdraw"},
        "manager": {"take_back_support"},
        "host": {"cancel_place"},
        "system": {"expire", "move_up"},
    },
    S.OFFER_DECLINED: {},
    S.OFFER_EXPIRED: {},
    S.WITH_DEPARTMENT: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": {"cancel_place"},
        "admin": DECIDES | {"ask_information"},
        "system": {"tell_department"},
    },
    S.DEPT_INFO: {
        "applicant": {"answer_department", "withdraw"},
        "manager": {"take_back_support"},
        "host": {"cancel_place"},
    },
    S.SECOND_CHECK: {
        "applicant": {"withdraw"},
        "manager": {"take_back_support"},
        "host": {"cancel_place"},
        "admin": DECIDES_AGAIN,
    },
    S.APPROVED: {"applicant": {"withdraw"}, "host": {"cancel_place"}, "system": {"confirm"}},
    S.APPROVED_CONDITIONS: {
        "applicant": {"accept_conditions", "withdraw"},
        "host": {"cancel_place"},
    },
    S.NOT_APPROVED: {},
    S.CONFIRMED: {"applicant": {"withdraw"}, "host": {"cancel_place"}},
    S.WITHDRAWN: {},
    S.PLACE_CANCELLED: {},
}


def people_of(application):
    """Name everybody who has to do with an application, and those who have not."""
    return {
        "applicant": application.applicant,
        "manager": application.manager,
        "host": host_of(application.opportunity.organisation),
        "admin": department_admin(application.department),
        "system": User.objects.system(),
        "scheme": scheme_team_member(),
        "other applicant": ApplicationFactory().applicant,
        "other host": host_of(ApplicationFactory().opportunity.organisation),
        "other admin": department_admin(ApplicationFactory().department),
    }


@pytest.mark.parametrize("status", S)
def test_everybody_may_do_what_the_table_says_and_nothing_else(status):
    application = ApplicationFactory(status=status)

    found = {
        who: {step.name for step in APPLICATION.open_to(person, application)}
        for who, person in people_of(application).items()
    }

    assert {who: steps for who, steps in found.items() if steps} == OPEN[status]


def holder_of_every_right(application):
    """Give the applicant every right there is over their own application."""
    person = application.applicant
    MembershipFactory(
        user=person, organisation=application.opportunity.organisation, role=MemberRole.OWNER
    )
    RoleGrantFactory(user=person, role=Role.DEPARTMENT_ADMIN, department=application.department)
    RoleGrantFactory(user=person, role=Role.SCHEME_TEAM)
    return User.objects.get(pk=person.pk)


OWN = {
    "ask_manager",
    "send",
    "name_manager",
    "accept",
    "decline",
    "answer_department",
    "accept_conditions",
    "withdraw",
}


@pytest.mark.parametrize("step", list(APPLICATION), ids=lambda step: step.name)
def test_nobody_decides_on_their_own_application_whatever_rights_they_hold(step):
    application = ApplicationFactory(status=min(step.sources))
    person = holder_of_every_right(application)
    application.refresh_from_db()

    assert step.rule(person, application) == (step.name in OWN)


def test_a_line_manager_who_is_an_admin_does_not_approve():
    application = ApplicationFactory(status=S.WITH_DEPARTMENT)
    RoleGrantFactory(
        user=application.manager, role=Role.DEPARTMENT_ADMIN, department=application.department
    )

    open_steps = APPLICATION.open_to(User.objects.get(pk=application.manager_id), application)

    assert {step.name for step in open_steps} == {"take_back_support"}


def test_nobody_checks_a_second_time_what_they_approved():
    application, admin = at(S.SECOND_CHECK)
    first = application.approvals.get(stage=ApprovalStage.DEPARTMENT).decided_by

    assert not APPLICATION.may(first, application, "second_approve")
    assert APPLICATION.may(admin, application, "second_approve")


# Every step, through the action that a button calls


def at(status, **fields):
    """Make an application that has come so far, and an admin who may decide."""
    application = ApplicationFactory(status=status, **fields)
    admin = department_admin(application.department)
    if status == S.SECOND_CHECK:
        approval = application.approvals.get()
        approval.decision = ApprovalDecision.APPROVE
        approval.decided_by = department_admin(application.department)
        approval.decided_at = application.created_at
        approval.save()
        ApprovalFactory(application=application, stage=ApprovalStage.SECOND_CHECK)
    return application, admin


def as_applicant(status, action, **values):
    application, _admin = at(status)
    action(application, by=application.applicant, **values)
    return application


def as_manager(action, **values):
    application, _admin = at(S.WITH_MANAGER)
    action(application.manager_requests.get(), by=application.manager, **values)
    return application


def as_host(status, step):
    application, _admin = at(status)
    hosts.sort(application, by=host_of(application.opportunity.organisation), step=step)
    return application


def in_a_batch(step, **values):
    application, _admin = at(S.IN_REVIEW)
    decision = Decision(pk=application.pk, version=application.version, step=step, **values)
    by = host_of(application.opportunity.organisation)
    hosts.send_decisions(application.opportunity, [decision], by=by)
    return application


def decided(status, decision, *, cost=0, **values):
    application, admin = at(
        status,
        opportunity=OpportunityFactory(cost_to_department=cost),
        second_check_over=Decimal(5000),
    )
    verdict = Verdict(decision, application.version, **values)
    departments.decide(application, verdict, by=admin)
    return application


def by_the_clock(status, action):
    application, _admin = at(status)
    action(application, by=User.objects.system())
    return application


def sent_without_a_manager():
    application, _admin = at(S.DRAFT, manager_decides=False)
    drafts.send(application, by=application.applicant)
    return application


def silence():
    application, _admin = at(S.WITH_MANAGER)
    request = application.manager_requests.get()
    at_work = dt.datetime.combine(add_working_days(today(), 7), dt.time(12), tzinfo=dt.UTC)
    with time_machine.travel(at_work, tick=False):
        reminders.chase(request)
    return application


def support_taken_back():
    application, _admin = at(S.SENT)
    request = ManagerRequestFactory(
        application=application,
        decision="yes",
        decided_by=application.manager,
        decided_at=application.created_at,
        closed_at=application.created_at,
    )
    managers.take_back_support(request, by=application.manager, words="No cover.", proven=True)
    return application


def promoted():
    reserve, _admin = at(S.RESERVE)
    offered = ApplicationFactory(status=S.OFFERED, opportunity=reserve.opportunity)
    offers.decline(offered, by=offered.applicant, reason="dates")
    return reserve


def told():
    application, _admin = at(S.OFFERED, department_decides=False)
    offers.accept(application, by=application.applicant)
    return application


def information_asked():
    application, admin = at(S.WITH_DEPARTMENT)
    departments.ask_information(
        application, by=admin, question="Who covers?", version=application.version
    )
    return application


def place_cancelled():
    application, _admin = at(S.APPROVED)
    by = host_of(application.opportunity.organisation)
    confirmation.cancel_place(application, by=by, reason="The laboratory flooded.")
    return application


def terms():
    start = today() + dt.timedelta(days=90)
    return Terms(start, start + dt.timedelta(days=30), 37, today() + dt.timedelta(days=7))


APPROVE, CONDITIONS = ApprovalDecision.APPROVE, ApprovalDecision.CONDITIONS
NOT_APPROVE = ApprovalDecision.NOT_APPROVE
PROVEN = {"proven": True}


def matched():
    opportunity, person = OpportunityFactory(), CivilServantFactory()
    return rounds.offer_match(
        opportunity,
        person,
        manager=person.profile.line_manager,
        matched_in="autumn",
        reply_by=today() + dt.timedelta(days=7),
        by=User.objects.system(),
    )


DRIVERS = {
    "match": matched,
    "move_up": lambda: by_the_clock(S.OFFERED, rounds.move_up),
    "ask_manager": lambda: as_applicant(S.DRAFT, drafts.send),
    "send": sent_without_a_manager,
    "name_manager": lambda: as_applicant(
        S.WITH_MANAGER, managers.name_manager, name="Ada", email="ada@dep.gov.uk"
    ),
    "redirect": lambda: as_manager(managers.redirect, name="Bo", email="bo@dep.gov.uk"),
    "note_silence": silence,
    "support": lambda: as_manager(managers.support, cover="team", **PROVEN),
    "ask_changes": lambda: as_manager(
        managers.ask_changes, decision="changes", words="Later, please.", **PROVEN
    ),
    "not_support": lambda: as_manager(
        managers.not_support, reasons=["timing"], possible_later="In spring.", **PROVEN
    ),
    "take_back_support": support_taken_back,
    "review": lambda: as_host(S.SENT, "review"),
    "shortlist": lambda: as_host(S.IN_REVIEW, "shortlist"),
    "reserve": lambda: in_a_batch("reserve"),
    "offer": lambda: in_a_batch("offer", terms=terms()),
    "promote": promoted,
    "not_select": lambda: in_a_batch("not_select", reasons=["dates"]),
    "close_out": lambda: by_the_clock(S.SENT, lapses.close_without_place),
    "accept": lambda: as_applicant(S.OFFERED, offers.accept),
    "decline": lambda: as_applicant(S.OFFERED, offers.decline, reason="dates"),
    "expire": lambda: by_the_clock(S.OFFERED, offers.expire),
    "tell_department": told,
    "approve": lambda: decided(S.WITH_DEPARTMENT, APPROVE),
    "approve_with_conditions": lambda: decided(S.WITH_DEPARTMENT, CONDITIONS, conditions="Ask."),
    "pass_first_check": lambda: decided(S.WITH_DEPARTMENT, APPROVE, cost=6000),
    "second_approve": lambda: decided(S.SECOND_CHECK, APPROVE, cost=6000),
    "second_approve_with_conditions": lambda: decided(
        S.SECOND_CHECK, CONDITIONS, cost=6000, conditions="Ask."
    ),
    "ask_information": information_asked,
    "answer_department": lambda: as_applicant(
        S.DEPT_INFO, applications.answer_department, answer="The team."
    ),
    "not_approve": lambda: decided(S.WITH_DEPARTMENT, NOT_APPROVE, reasons=["budget"]),
    "second_not_approve": lambda: decided(
        S.SECOND_CHECK, NOT_APPROVE, cost=6000, reasons=["budget"]
    ),
    "accept_conditions": lambda: as_applicant(
        S.APPROVED_CONDITIONS, confirmation.accept_conditions
    ),
    "confirm": lambda: decided(S.WITH_DEPARTMENT, APPROVE),
    "withdraw": lambda: as_applicant(S.SENT, applications.withdraw, reasons=["timing"]),
    "cancel_place": place_cancelled,
}
SERVICE_STEPS = {
    "match",
    "move_up",
    "note_silence",
    "promote",
    "close_out",
    "expire",
    "tell_department",
    "confirm",
}


def test_every_step_has_an_action_that_drives_it():
    assert set(DRIVERS) == set(APPLICATION.steps)


@pytest.mark.parametrize("name", DRIVERS)
def test_a_step_is_taken_by_its_action_and_recorded_once_with_who(name):
    application = DRIVERS[name]()

    events = Event.objects.about(application).filter(action=name)
    assert len(events) == 1, [event.action for event in Event.objects.about(application)]
    detail = events[0].detail
    assert detail["before"] in APPLICATION.steps[name].sources
    assert detail["after"] == APPLICATION.steps[name].target
    assert events[0].actor.is_system == (name in SERVICE_STEPS)


@pytest.mark.parametrize("name", DRIVERS)
def test_the_audit_holds_keys_and_never_what_somebody_wrote(name):
    application = DRIVERS[name]()

    told = str([event.detail for event in Event.objects.about(application)])
    for words in ("No cover.", "Later, please.", "In spring.", "flooded", "Who covers?", "Ask."):
        assert words not in told


def opportunity_at(status):
    opportunity = OpportunityFactory(status=status)
    return opportunity, host_of(opportunity.organisation)


@pytest.mark.parametrize(
    ("status", "host", "system"),
    [
        (OpportunityStatus.OPEN, {"pause"}, {"close", "fill"}),
        (OpportunityStatus.PAUSED, {"reopen"}, {"close", "fill"}),
        (OpportunityStatus.CLOSED, set(), {"fill"}),
        (OpportunityStatus.FILLED, set(), {"unfill"}),
    ],
)
def test_an_opportunity_is_paused_by_its_host_and_closed_by_the_clock(status, host, system):
    opportunity, member = opportunity_at(status)
    stranger = host_of(OpportunityFactory().organisation)

    assert {step.name for step in OPPORTUNITY.open_to(member, opportunity)} == host
    assert {
        step.name for step in OPPORTUNITY.open_to(User.objects.system(), opportunity)
    } == system
    assert not OPPORTUNITY.open_to(stranger, opportunity)


@pytest.mark.parametrize("name", OPPORTUNITY.steps)
def test_an_opportunitys_step_is_recorded_once(name):
    if name == "fill":
        row = ApplicationFactory(status=S.IN_REVIEW, opportunity=OpportunityFactory(places=1))
        decision = Decision(pk=row.pk, version=row.version, step="offer", terms=terms())
        by = host_of(row.opportunity.organisation)
        hosts.send_decisions(row.opportunity, [decision], by=by)
        opportunity = row.opportunity
    elif name == "unfill":
        row = ApplicationFactory(status=S.OFFERED, opportunity=OpportunityFactory(places=1))
        row.opportunity.status = OpportunityStatus.FILLED
        row.opportunity.save()
        offers.decline(row, by=row.applicant, reason="dates")
        opportunity = row.opportunity
    else:
        source = min(OPPORTUNITY.steps[name].sources)
        opportunity, member = opportunity_at(source)
        action = {"pause": hosts.pause, "reopen": hosts.reopen, "close": lapses.close}[name]
        action(opportunity, by=User.objects.system() if name == "close" else member)

    assert len(Event.objects.about(opportunity).filter(action=name)) == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("start", PlacementStatus.STARTING_SOON),
        ("complete", PlacementStatus.UNDER_WAY),
        ("cancel", PlacementStatus.STARTING_SOON),
    ],
)
def test_a_placements_step_is_the_services_and_recorded_once(name, status):
    application = ApplicationFactory(status=S.CONFIRMED)
    placement = application.placement
    placement.status = status
    placement.save()
    if name == "cancel":
        applications.withdraw(application, by=application.applicant, reasons=["timing"])
    else:
        getattr(confirmation, name)(placement, by=User.objects.system())

    event = Event.objects.about(placement).get(action=name)
    assert event.actor.is_system
    assert not PLACEMENT.open_to(application.applicant, placement)


def test_a_step_by_the_wrong_person_or_at_the_wrong_time_saves_nothing():
    application = ApplicationFactory(status=S.OFFERED)
    with pytest.raises(StepNotAllowed):
        offers.accept(application, by=application.manager)
    late = ApplicationFactory(status=S.WITHDRAWN)
    with pytest.raises(StepNotOpen):
        offers.accept(late, by=late.applicant)

    assert not Event.objects.about(application).exists()
    application.refresh_from_db()
    assert application.status == S.OFFERED


def test_a_host_note_is_written_by_the_host_alone():
    application = ApplicationFactory(status=S.SENT)

    with pytest.raises(StepNotAllowed):
        hosts.note(application, by=application.applicant, text="I am the best.")


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda lifecycle: lifecycle.name)
def test_every_step_reads_as_something_to_press(lifecycle):
    for step in lifecycle:
        assert step.label[0].isupper()
        assert step.rule.__doc__
        assert step.target not in step.sources or step.name in {"name_manager", "redirect"}
