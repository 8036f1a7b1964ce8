"""A line manager answers once, by themselves, and everybody concerned hears of it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from core.errors import StepNotAllowed, StepNotOpen
from notifications.models import Message
from people.models import User
from placements.actions import applications, drafts, managers
from placements.choices import (
    ApplicationStatus,
    Cover,
    ManagerDecision,
    NoSupportReason,
    OpportunityStatus,
)
from placements.models import Application, Approval, ManagerRequest, Offer
from tests.factories.people import UserFactory, department_admin
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


def mails():
    return sorted(
        name.rsplit("/", 1)[1] for name in Message.objects.values_list("template", flat=True)
    )


@pytest.fixture
def asked():
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)
    return application.manager_requests.get()


def test_supporting_sends_the_application_to_the_host(asked):
    request = managers.support(asked, by=asked.manager, cover=Cover.TEAM, proven=True)

    application = Application.objects.get()
    assert application.status == ApplicationStatus.SENT
    assert application.sent_at is not None
    assert application.due_on == application.opportunity.choosing_on
    assert (request.decision, request.cover) == (ManagerDecision.YES, Cover.TEAM)
    assert mails() == ["manager_receipt", "manager_replied", "new_for_host"]


@pytest.mark.parametrize("decision", [ManagerDecision.CHANGES, ManagerDecision.QUESTION])
def test_asking_gives_it_back_with_the_words(asked, decision):
    managers.ask_changes(
        asked, by=asked.manager, decision=decision, words="Go in May.", proven=True
    )

    application = Application.objects.get()
    assert application.status == ApplicationStatus.MANAGER_CHANGES
    assert application.changes_wanted == "Go in May."
    assert mails() == ["manager_receipt", "manager_replied"]


def test_not_supporting_says_why_and_what_would_help(asked):
    managers.not_support(
        asked,
        by=asked.manager,
        reasons=[NoSupportReason.TIMING],
        possible_later="After the audit.",
        proven=True,
    )

    request = ManagerRequest.objects.get()
    assert request.application.status == ApplicationStatus.NOT_SUPPORTED
    assert (request.reasons, request.possible_later) == (["timing"], "After the audit.")
    assert not request.is_open


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked, by: managers.support(asked, by=by, cover="team", proven=True),
        lambda asked, by: managers.ask_changes(
            asked, by=by, decision="changes", words="x", proven=True
        ),
        lambda asked, by: managers.not_support(
            asked, by=by, reasons=["cost"], possible_later="x", proven=True
        ),
        lambda asked, by: managers.redirect(asked, by=by, name="A", email="a@b.gov.uk"),
        lambda asked, by: managers.not_the_manager(asked, by=by),
    ],
)
def test_nobody_else_answers_and_nobody_answers_twice(asked, answer):
    for person in (asked.applicant, UserFactory(), department_admin(asked.applicant.department)):
        with pytest.raises(StepNotAllowed):
            answer(asked, person)

    managers.support(asked, by=asked.manager, cover="team", proven=True)

    with pytest.raises(StepNotOpen):
        answer(asked, asked.manager)


def test_much_at_stake_needs_a_proof(asked):
    assert asked.application.is_high_stakes

    with pytest.raises(StepNotAllowed, match="code"):
        managers.support(asked, by=asked.manager, cover="team", proven=False)


def test_little_at_stake_needs_none():
    application = ApplicationFactory(
        status=ApplicationStatus.WITH_MANAGER, opportunity__shadowing=True
    )
    asked = application.manager_requests.get()

    managers.support(asked, by=asked.manager, cover="team", proven=False)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.SENT


def test_another_manager_is_asked_and_the_first_told(asked):
    application = asked.application
    email = f"second@{application.department.slug}.gov.uk"

    managers.name_manager(application, by=application.applicant, name="Second", email=email)

    application.refresh_from_db()
    asked.refresh_from_db()
    assert application.manager.email == email
    assert (asked.is_open, asked.decision) == (False, "")
    assert application.manager_requests.open().get().manager == application.manager
    assert mails() == ["manager_asked", "manager_not_needed"]
    with pytest.raises(StepNotAllowed):
        managers.support(
            application.manager_requests.open().get(), by=asked.manager, cover="team", proven=True
        )


def test_an_admin_names_a_manager_and_the_applicant_hears_of_it(asked):
    application = asked.application
    admin = department_admin(application.department)

    managers.name_manager(application, by=admin, name="Second", email="second@example.gov.uk")

    assert mails() == ["manager_asked", "manager_not_needed", "manager_redirected"]


def test_somebody_asked_by_mistake_passes_it_on(asked):
    managers.redirect(asked, by=asked.manager, name="Right", email="right@example.gov.uk")

    application = Application.objects.get()
    asked.refresh_from_db()
    assert application.status == ApplicationStatus.WITH_MANAGER
    assert application.manager.email == "right@example.gov.uk"
    assert asked.decision == ManagerDecision.NOT_MANAGER
    assert mails() == ["manager_asked", "manager_redirected"]


def test_somebody_asked_by_mistake_who_does_not_know_gives_it_back(asked):
    managers.not_the_manager(asked, by=asked.manager)

    application = Application.objects.get()
    assert application.status == ApplicationStatus.MANAGER_CHANGES
    assert "manager" not in application.finished_sections
    assert mails() == ["manager_replied"]


def supported(status, **kwargs):
    application = ApplicationFactory(status=status, **kwargs)
    return ManagerRequest.objects.create(
        application=application,
        applicant=application.applicant,
        manager=application.manager,
        expires_at=timezone.now(),
        closed_at=timezone.now(),
        decided_at=timezone.now(),
        decided_by=application.manager,
        decision=ManagerDecision.YES,
        cover=Cover.TEAM,
    )


def test_support_taken_back_frees_the_place():
    opportunity = OpportunityFactory(places=1)
    request = supported(ApplicationStatus.WITH_DEPARTMENT, opportunity=opportunity)
    opportunity.status = OpportunityStatus.FILLED
    opportunity.save()

    managers.take_back_support(request, by=request.manager, words="A crisis.", proven=True)

    application = Application.objects.get()
    opportunity.refresh_from_db()
    assert application.status == ApplicationStatus.NOT_SUPPORTED
    assert (opportunity.held, opportunity.status) == (0, OpportunityStatus.CLOSED)
    assert {"support_taken_back", "support_taken_back_to_host"} <= set(mails())
    assert not Offer.objects.exists()
    assert not Approval.objects.exists()


def test_after_support_was_taken_back_it_can_be_asked_for_again():
    request = supported(ApplicationStatus.SENT)
    managers.take_back_support(request, by=request.manager, words="Not in May.", proven=True)
    application = Application.objects.get()

    application = drafts.send(application, by=application.applicant, note="Now in June.")

    assert application.status == ApplicationStatus.WITH_MANAGER


@pytest.mark.parametrize("status", [ApplicationStatus.APPROVED, ApplicationStatus.CONFIRMED])
def test_support_stays_once_the_department_approved(status):
    request = supported(status)

    with pytest.raises(StepNotOpen):
        managers.take_back_support(request, by=request.manager, words="Late.", proven=True)


def test_an_expired_link_is_renewed_for_the_same_person(asked):
    ManagerRequest.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    asked.refresh_from_db()

    fresh = managers.renew_link(asked)

    asked.refresh_from_db()
    assert fresh.manager == asked.manager
    assert fresh.token != asked.token
    assert (asked.is_open, fresh.is_open) == (False, True)
    assert fresh.asked_at == asked.asked_at
    assert mails() == ["new_link"]


def test_a_link_that_works_is_not_renewed(asked):
    assert managers.renew_link(asked) == asked
    assert mails() == []


def test_a_link_about_something_withdrawn_is_not_renewed(asked):
    applications.withdraw(asked.application, by=asked.applicant, reasons=["timing"])

    with pytest.raises(StepNotOpen):
        managers.renew_link(asked)


@pytest.mark.django_db(transaction=True)
def test_of_a_support_and_a_withdrawal_at_once_one_story_remains():
    application = ApplicationFactory(status=ApplicationStatus.WITH_MANAGER)
    asked = application.manager_requests.get()

    def run(act):
        try:
            act()
        except StepNotOpen:
            return "too late"
        finally:
            connections.close_all()
        return "done"

    def support():
        request = ManagerRequest.objects.with_application().get(pk=asked.pk)
        manager = User.objects.get(pk=asked.manager_id)
        managers.support(request, by=manager, cover="team", proven=True)

    def withdraw():
        mine = Application.objects.get(pk=application.pk)
        applications.withdraw(mine, by=mine.applicant, reasons=["timing"])

    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, [support, withdraw]))

    application.refresh_from_db()
    assert outcomes[1] == "done"
    assert application.status == ApplicationStatus.WITHDRAWN
    assert (application.sent_at is not None) == (outcomes[0] == "done")
    assert not ManagerRequest.objects.open().exists()
