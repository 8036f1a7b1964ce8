"""A draft: opened once, filled in part by part, sent once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.utils import timezone

from audit.models import Event
from core.calendar import today
from core.errors import Conflict, StepNotAllowed, StepNotOpen
from notifications.models import Message
from people.choices import DepartmentStep, ManagerStep, OpportunityType
from people.models import ApprovalRule, User
from placements.actions import drafts
from placements.choices import ApplicationStatus, OpportunityStatus
from placements.models import Application, ManagerRequest
from tests.factories.people import CivilServantFactory, UserFactory, default_ladder
from tests.factories.placements import ApplicationFactory, OpportunityFactory
from tests.locks import wait_for_a_lock

pytestmark = pytest.mark.django_db


def mails():
    return sorted(
        name.rsplit("/", 1)[1] for name in Message.objects.values_list("template", flat=True)
    )


@pytest.mark.usefixtures("ladder")
def test_a_draft_keeps_the_rung_of_the_ladder():
    applicant = CivilServantFactory()
    opportunity = OpportunityFactory(exchange=True)

    application = drafts.start(opportunity, by=applicant)

    assert application.status == ApplicationStatus.DRAFT
    assert (application.manager_decides, application.department_decides) == (True, True)
    assert application.second_check_over == 5000
    assert application.manager == applicant.profile.line_manager
    assert Event.objects.about(application).get().action == "start"


@pytest.mark.usefixtures("ladder")
def test_a_later_change_of_the_ladder_does_not_reach_a_draft():
    application = drafts.start(OpportunityFactory(), by=CivilServantFactory())

    ApprovalRule.objects.update(
        manager=ManagerStep.TOLD, department_step=DepartmentStep.TOLD, second_check_over=None
    )

    application.refresh_from_db()
    assert application.manager_decides


@pytest.mark.usefixtures("ladder")
def test_the_departments_own_rung_counts_before_the_default():
    applicant = CivilServantFactory()
    ApprovalRule.objects.create(
        department=applicant.department,
        opportunity_type=OpportunityType.PLACEMENT,
        manager=ManagerStep.TOLD,
        department_step=DepartmentStep.TOLD,
    )

    application = drafts.start(OpportunityFactory(), by=applicant)

    assert not application.manager_decides


@pytest.mark.usefixtures("ladder")
def test_starting_again_gives_the_same_draft():
    applicant, opportunity = CivilServantFactory(), OpportunityFactory()

    first = drafts.start(opportunity, by=applicant)
    second = drafts.start(opportunity, by=applicant)

    assert first == second
    assert Event.objects.about(first).count() == 1


@pytest.mark.usefixtures("ladder")
def test_after_a_withdrawal_one_may_start_anew():
    old = ApplicationFactory(status=ApplicationStatus.WITHDRAWN)

    new = drafts.start(old.opportunity, by=old.applicant)

    assert new != old


@pytest.mark.usefixtures("ladder")
def test_somebody_who_cannot_apply_gets_no_draft():
    opportunity = OpportunityFactory(status=OpportunityStatus.CLOSED)

    with pytest.raises(Conflict, match="not taking applications"):
        drafts.start(opportunity, by=CivilServantFactory())

    assert not Application.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_20_people_pressing_at_once_make_one_application():
    default_ladder()
    applicant, opportunity = CivilServantFactory(), OpportunityFactory()

    def press(_number):
        try:
            return drafts.start(opportunity, by=User.objects.get(pk=applicant.pk)).reference
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as pool:
        references = set(pool.map(press, range(20)))

    assert references == {Application.objects.get().reference}


def save(application, **changes):
    arguments = {
        "by": application.applicant,
        "section": "why",
        "version": application.version,
        "values": {"why": "New words."},
        "is_completed": True,
    }
    return drafts.save_section(application, **(arguments | changes))


def test_a_part_is_saved_and_counts_as_finished():
    application = ApplicationFactory(finished_sections=[], why="")

    application = save(application)

    assert (application.why, application.finished_sections) == ("New words.", ["why"])
    assert application.version == 2


def test_a_part_said_to_be_unfinished_leaves_the_finished_ones():
    application = ApplicationFactory(finished_sections=["why", "dates"])

    assert save(application, is_completed=False).finished_sections == ["dates"]


def test_an_older_page_does_not_overwrite_a_newer_answer():
    application = ApplicationFactory(why="Newest.")
    Application.objects.filter(pk=application.pk).update(version=7)

    with pytest.raises(Conflict, match="another window"):
        save(application, version=6)

    application.refresh_from_db()
    assert application.why == "Newest."


def test_somebody_else_cannot_fill_it_in():
    with pytest.raises(StepNotAllowed):
        save(ApplicationFactory(), by=UserFactory())


@pytest.mark.parametrize("status", [ApplicationStatus.WITH_MANAGER, ApplicationStatus.SENT])
def test_what_is_sent_cannot_be_changed(status):
    with pytest.raises(StepNotOpen):
        save(ApplicationFactory(status=status))


def test_a_manager_first_named_gets_a_row_of_their_department():
    application = ApplicationFactory()
    email = f"new.person@{application.department.slug}.gov.uk"

    values = {"name": "New Person", "email": email.upper()}
    application = save(application, section="manager", values=values)

    assert application.manager.email == email
    assert application.manager.department == application.department
    assert application.manager.name == "New Person"


def test_a_manager_who_is_known_keeps_their_own_name():
    application = ApplicationFactory()
    known = UserFactory(name="Own Name", email="Known@Example.org")

    values = {"name": "Another Name", "email": "known@example.org"}
    application = save(application, section="manager", values=values)

    assert application.manager == known
    assert application.manager.name == "Own Name"


def test_sending_asks_the_line_manager():
    application = ApplicationFactory()

    application = drafts.send(application, by=application.applicant)

    assert application.status == ApplicationStatus.WITH_MANAGER
    assert application.due_on is not None
    assert application.sent_at is None
    request = ManagerRequest.objects.get()
    assert (request.manager, request.is_open) == (application.manager, True)
    assert mails() == ["manager_asked", "sent_to_manager"]


def test_sending_reaches_the_host_where_the_manager_is_only_told():
    application = ApplicationFactory(manager_decides=False)

    application = drafts.send(application, by=application.applicant)

    assert application.status == ApplicationStatus.SENT
    assert application.sent_at is not None
    assert application.due_on == application.opportunity.choosing_on
    assert mails() == ["manager_told", "new_for_host", "sent_to_host"]


def test_sending_twice_sends_once():
    application = ApplicationFactory()

    drafts.send(application, by=application.applicant)
    drafts.send(application, by=application.applicant)

    assert ManagerRequest.objects.count() == 1
    assert len(mails()) == 2


def test_an_unfinished_application_is_not_sent():
    application = ApplicationFactory(finished_sections=["details", "why"])

    with pytest.raises(Conflict, match="what you will bring back"):
        drafts.send(application, by=application.applicant)


def test_nothing_new_is_sent_after_the_closing_date():
    application = ApplicationFactory(
        opportunity__closing_on=today() - dt.timedelta(days=1),
        opportunity__choosing_on=today() + dt.timedelta(days=9),
    )

    with pytest.raises(Conflict, match="has closed"):
        drafts.send(application, by=application.applicant)


def test_what_the_manager_gave_back_may_be_sent_after_the_closing_date():
    application = ApplicationFactory(
        status=ApplicationStatus.MANAGER_CHANGES,
        changes_wanted="Other dates.",
        opportunity__closing_on=today() - dt.timedelta(days=1),
        opportunity__choosing_on=today() + dt.timedelta(days=9),
    )

    application = drafts.send(application, by=application.applicant, note="I moved the dates.")

    assert application.status == ApplicationStatus.WITH_MANAGER
    assert ManagerRequest.objects.get().note == "I moved the dates."


def test_nothing_is_sent_by_somebody_else():
    with pytest.raises(StepNotAllowed):
        drafts.send(ApplicationFactory(), by=UserFactory())


def test_a_withdrawn_application_is_not_sent():
    application = ApplicationFactory(status=ApplicationStatus.WITHDRAWN, sent_at=timezone.now())

    with pytest.raises(StepNotOpen):
        drafts.send(application, by=application.applicant)


@pytest.mark.usefixtures("ladder")
def test_a_placement_on_the_same_dates_stops_an_exclusive_one_only():
    taken = ApplicationFactory(status=ApplicationStatus.CONFIRMED)
    clashing, shadowing = OpportunityFactory(), OpportunityFactory(shadowing=True)

    assert [each.reason for each in drafts.check(clashing, taken.applicant)]
    assert drafts.check(shadowing, taken.applicant) == []


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_presses_waits_and_gets_the_draft_of_the_first():
    default_ladder()
    applicant, opportunity = CivilServantFactory(), OpportunityFactory()

    def press():
        try:
            return drafts.start(opportunity, by=User.objects.get(pk=applicant.pk))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            first = ApplicationFactory(applicant=applicant, opportunity=opportunity)
            second = pool.submit(press)
            wait_for_a_lock()
        assert second.result(20) == first

    assert Application.objects.count() == 1


def test_a_line_manager_can_be_taken_out_again():
    application = ApplicationFactory()

    application = save(application, section="manager", values={"name": "", "email": ""})

    assert application.manager is None
    with pytest.raises(StepNotOpen):
        drafts.send(application, by=application.applicant)


def test_nothing_is_sent_while_the_host_takes_no_applications():
    application = ApplicationFactory(opportunity__status=OpportunityStatus.PAUSED)

    with pytest.raises(Conflict, match="not taking applications now"):
        drafts.send(application, by=application.applicant)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT
