"""A department decides: once, by the right person, with all that follows."""

import contextlib
import datetime as dt

import pytest
from django.db import IntegrityError

from audit.models import Event
from core.errors import Conflict, StepNotAllowed
from notifications.models import Message
from people.models import User
from placements.actions import confirmation, departments
from placements.actions.departments import Verdict
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision as D
from placements.choices import ApprovalStage, NotApprovedReason
from placements.models import Placement
from tests.factories.experts import host_of
from tests.factories.people import RoleGrantFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory, PlacementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(status=S.WITH_DEPARTMENT)


@pytest.fixture
def admin(application):
    return department_admin(application.department)


@pytest.fixture
def dear():
    opportunity = OpportunityFactory(cost_to_department=6000)
    return ApplicationFactory(
        status=S.WITH_DEPARTMENT, opportunity=opportunity, second_check_over=5000
    )


def verdict(application, decision=D.APPROVE, **more):
    return Verdict(decision=decision, version=application.version, **more)


def decide(application, by, decision=D.APPROVE, **more):
    application.refresh_from_db()
    return departments.decide(application, verdict(application, decision, **more), by=by)


def templates():
    return sorted(
        name.rsplit("/", 1)[1] for name in Message.objects.values_list("template", flat=True)
    )


def test_approving_confirms_the_placement_and_tells_everybody(application, admin):
    decide(application, admin)

    application.refresh_from_db()
    approval = application.approvals.get()
    assert application.status == S.CONFIRMED
    assert (approval.decision, approval.decided_by) == (D.APPROVE, admin)
    assert Placement.objects.get().application == application
    assert templates() == [
        "confirmed", "confirmed_department", "confirmed_host", "confirmed_manager",
    ]  # fmt: skip
    assert Event.objects.about(application).filter(action="approve").count() == 1


def test_conditions_wait_for_the_applicant(application, admin):
    decide(application, admin, D.CONDITIONS, conditions="Come in on Mondays.")

    application.refresh_from_db()
    assert application.status == S.APPROVED_CONDITIONS
    assert not Placement.objects.exists()
    assert templates() == ["approved_with_conditions"]

    confirmation.accept_conditions(application, by=application.applicant)

    application.refresh_from_db()
    assert application.status == S.CONFIRMED
    assert Placement.objects.exists()


def test_not_approving_gives_reasons_and_frees_the_place(application, admin):
    waiting = ApplicationFactory(opportunity=application.opportunity, status=S.RESERVE)

    decide(
        application, admin, D.NOT_APPROVE, reasons=[NotApprovedReason.BUDGET], words="Next year."
    )

    application.refresh_from_db()
    waiting.refresh_from_db()
    assert application.status == S.NOT_APPROVED
    assert application.approvals.get().reason_words == "Next year."
    assert waiting.status == S.OFFERED
    assert templates() == ["not_approved", "not_approved_host", "offer_made", "place_passed_on"]


def test_asking_stops_the_decision_until_the_answer(application, admin):
    departments.ask_information(
        application, by=admin, question="Who covers?", version=application.version
    )

    application.refresh_from_db()
    assert (application.status, application.department_question) == (S.DEPT_INFO, "Who covers?")
    assert templates() == ["information_wanted"]
    with pytest.raises(Conflict):
        decide(application, admin)


def test_above_the_limit_somebody_else_checks_again(dear):
    first, second = department_admin(dear.department), department_admin(dear.department)

    decide(dear, first)

    dear.refresh_from_db()
    assert dear.status == S.SECOND_CHECK
    assert list(Message.objects.values_list("recipient", flat=True)) == [second.pk]
    assert not Placement.objects.exists()
    with pytest.raises(StepNotAllowed):
        decide(dear, first)

    decide(dear, second)

    dear.refresh_from_db()
    assert dear.status == S.CONFIRMED
    assert set(dear.approvals.values_list("stage", flat=True)) == set(ApprovalStage)


def test_conditions_of_the_first_check_stay(dear):
    first, second = department_admin(dear.department), department_admin(dear.department)

    decide(dear, first, D.CONDITIONS, conditions="Come in on Mondays.")
    decide(dear, second)

    dear.refresh_from_db()
    assert dear.status == S.APPROVED_CONDITIONS
    assert dear.approvals.get(stage=ApprovalStage.SECOND_CHECK).conditions == "Come in on Mondays."


def test_a_second_check_can_say_no(dear):
    decide(dear, department_admin(dear.department))
    decide(dear, department_admin(dear.department), D.NOT_APPROVE, words="Not this year.")

    dear.refresh_from_db()
    assert dear.status == S.NOT_APPROVED


def test_the_one_who_comes_second_reads_who_decided_when(application, admin):
    stale = verdict(application, D.NOT_APPROVE, words="No.")
    decide(application, admin)

    with pytest.raises(Conflict) as conflict:
        departments.decide(application, stale, by=department_admin(application.department))

    assert admin.display_name in conflict.value.message
    assert "“Approve”" in conflict.value.message
    assert "Nothing you sent was saved." in conflict.value.message


def test_a_decision_opened_for_the_first_check_is_no_second_check(dear):
    stale = verdict(dear)
    decide(dear, department_admin(dear.department))

    with pytest.raises(Conflict):
        departments.decide(dear, stale, by=department_admin(dear.department))


def test_nobody_decides_on_their_own_application_or_report(application):
    for barred in (application.applicant, application.manager):
        RoleGrantFactory(user=barred, role="department_admin", department=application.department)
        with pytest.raises(StepNotAllowed):
            decide(application, User.objects.get(pk=barred.pk))


def test_an_admin_of_another_department_decides_nothing(application):
    with pytest.raises(StepNotAllowed):
        decide(application, department_admin(ApplicationFactory().department))


def test_dates_on_which_the_person_is_away_save_nothing(application, admin):
    PlacementFactory(
        application=ApplicationFactory(applicant=application.applicant, status=S.APPROVED)
    )

    with pytest.raises(Conflict, match="overlap"):
        decide(application, admin)

    application.refresh_from_db()
    assert application.status == S.WITH_DEPARTMENT
    assert application.approvals.get().decided_at is None
    assert not Message.objects.exists()


def test_shadowing_may_overlap(admin, application):
    shadowing = ApplicationFactory(
        applicant=application.applicant,
        status=S.WITH_DEPARTMENT,
        opportunity=OpportunityFactory(shadowing=True),
    )
    decide(application, admin)
    decide(shadowing, admin)

    assert Placement.objects.count() == 2


def test_assigning_tells_the_person(application, admin):
    colleague = department_admin(application.department)

    approval = departments.assign(application, by=admin, to=colleague)

    assert approval.assigned_to == colleague
    assert templates() == ["approval_assigned"]
    assert departments.assign(application, by=admin, to=None).assigned_to is None


def test_nobody_is_assigned_who_may_not_decide(application, admin):
    with pytest.raises(Conflict):
        departments.assign(application, by=admin, to=application.manager)


def test_a_note_is_kept_and_recorded_without_its_words(application, admin):
    approval = departments.note(application, by=admin, text="Ask finance")

    assert approval.internal_note == "Ask finance"
    assert "finance" not in str(Event.objects.about(application).get().detail)


def test_a_host_cancels_a_confirmed_place(application, admin):
    decide(application, admin)
    Message.objects.all().delete()
    host = host_of(application.opportunity.organisation)
    confirmation.cancel_place(application, by=host, reason="The roof leaks.")

    application.refresh_from_db()
    application.opportunity.refresh_from_db()
    assert application.status == S.PLACE_CANCELLED
    assert application.opportunity.held == 0
    assert Placement.objects.get().status == "cancelled"
    assert templates() == ["place_cancelled", "place_cancelled_others", "place_cancelled_others"]


@pytest.mark.parametrize(
    "act",
    [
        lambda application, by: departments.assign(application, by=by, to=None),
        lambda application, by: departments.note(application, by=by, text="Mine now."),
    ],
    ids=["assign", "note"],
)
def test_only_admins_of_the_department_assign_and_write_notes(application, act):
    for person in (
        application.applicant,
        host_of(application.opportunity.organisation),
        department_admin(ApplicationFactory().department),
    ):
        with pytest.raises(StepNotAllowed):
            act(application, person)

    assert application.approvals.get().internal_note == ""
    assert not Event.objects.about(application).exists()


def test_an_application_becomes_one_placement_at_most(application, admin):
    PlacementFactory(
        application=application,
        starts_on=application.starts_on.replace(year=2020),
        ends_on=application.starts_on.replace(year=2020),
    )

    with pytest.raises(IntegrityError, match="application"):
        decide(application, admin)

    assert Placement.objects.count() == 1


@pytest.mark.parametrize(("gap", "state"), [(0, S.WITH_DEPARTMENT), (1, S.CONFIRMED)])
def test_two_placements_may_follow_each_other_but_share_no_day(application, admin, gap, state):
    last = application.starts_on - dt.timedelta(days=gap)
    PlacementFactory(
        application=ApplicationFactory(applicant=application.applicant, status=S.APPROVED),
        starts_on=last - dt.timedelta(days=30),
        ends_on=last,
    )

    with pytest.raises(Conflict) if gap == 0 else contextlib.nullcontext():
        decide(application, admin)

    application.refresh_from_db()
    assert application.status == state
