"""What line managers do with an application, and who is asked when they are silent."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from core.errors import StepNotAllowed, StepNotOpen
from people.models import EmailDomain, User
from placements.actions.moves import lock, move
from placements.actions.offers import pass_place_on
from placements.choices import HOLDS_A_PLACE, WITH_THE_MANAGER, ManagerDecision
from placements.emails import applications as application_letters
from placements.emails import managers as letters
from placements.models import Application, ManagerRequest, Offer

LINK_LIVES = dt.timedelta(days=30)


def person_named(name: str, email: str) -> User:
    """Find who has this address, or make their row: they sign in with it when they want to."""
    email = email.strip().lower()
    found = User.objects.by_email(email)
    if found is not None:
        return found
    domain = EmailDomain.objects.of_address(email)
    person, _created = User.objects.get_or_create(
        email=email,
        defaults={"name": name.strip(), "department": domain.department if domain else None},
    )
    return person


def ask(application: Application, *, note: str = "") -> ManagerRequest:
    """Put the question to the application's line manager; what was asked before is closed."""
    if application.manager is None:
        raise StepNotOpen(application, "ask_manager")
    close_requests(application)
    request = ManagerRequest.objects.create(
        application=application,
        applicant=application.applicant,
        manager=application.manager,
        note=note,
        expires_at=timezone.now() + LINK_LIVES,
    )
    letters.manager_asked(request)
    return request


def close_requests(application: Application) -> list[ManagerRequest]:
    """Close what is still asked, without an answer, and give it back."""
    waiting = list(application.manager_requests.open().select_related("manager"))
    application.manager_requests.open().update(closed_at=timezone.now())
    return waiting


@transaction.atomic
def name_manager(application: Application, *, by: User, name: str, email: str) -> Application:
    """Ask another line manager instead: the applicant, or an admin who steps in, says whom."""
    application = lock(application)
    move(application, "name_manager", by=by)
    application.manager = person_named(name, email)
    application.save(update_fields=["manager"])
    for request in close_requests(application):
        letters.manager_not_needed(request)
    request = ask(application)
    if by != application.applicant:
        letters.manager_redirected(request)
    return application


def _take(request: ManagerRequest, by: User) -> ManagerRequest:
    """Lock the application and the question; it must still wait for this person's answer."""
    application = lock(request.application)
    fresh: ManagerRequest = (
        ManagerRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("manager")
        .get(pk=request.pk)
    )
    fresh.application = application
    if fresh.manager_id != by.pk:
        raise StepNotAllowed(f"{by} was not asked about {application}")
    if not fresh.is_open or application.status not in WITH_THE_MANAGER:
        raise StepNotOpen(fresh, "decide")
    return fresh


def _decide(request: ManagerRequest, decision: str, *, by: User, **answers: Any) -> None:
    """Write the answer into the question and close it."""
    request.decision = decision
    request.decided_at = request.closed_at = timezone.now()
    request.decided_by = by
    for field, value in answers.items():
        setattr(request, field, value)
    request.save()


def _require_proof(application: Application, *, proven: bool) -> None:
    """Insist that whoever answers has the registered address where much is at stake."""
    if application.is_high_stakes and not proven:
        raise StepNotAllowed("this decision is confirmed by a code")


@transaction.atomic
def support(request: ManagerRequest, *, by: User, cover: str, proven: bool) -> ManagerRequest:
    """Agree to release the applicant: the application goes to the host."""
    request = _take(request, by)
    application = request.application
    _require_proof(application, proven=proven)
    application.sent_at = timezone.now()
    application.changes_wanted = ""
    move(application, "support", by=by, cover=cover)
    _decide(request, ManagerDecision.YES, by=by, cover=cover)
    letters.manager_receipt(request)
    letters.manager_replied(request)
    application_letters.new_for_host(application)
    return request


@transaction.atomic
def ask_changes(  # noqa: PLR0913 - what a line manager answers
    request: ManagerRequest,
    *,
    by: User,
    decision: str,
    words: str,
    release_on: dt.date | None = None,
    proven: bool,
) -> ManagerRequest:
    """Give the application back with what should change, or with a question."""
    request = _take(request, by)
    application = request.application
    _require_proof(application, proven=proven)
    application.changes_wanted = words
    move(application, "ask_changes", by=by, decision=decision)
    _decide(request, decision, by=by, words=words, release_on=release_on)
    letters.manager_receipt(request)
    letters.manager_replied(request)
    return request


@transaction.atomic
def not_support(
    request: ManagerRequest,
    *,
    by: User,
    reasons: Sequence[str],
    possible_later: str,
    proven: bool,
) -> ManagerRequest:
    """Say no, why, and what would make it possible later."""
    request = _take(request, by)
    _require_proof(request.application, proven=proven)
    move(request.application, "not_support", by=by, reasons=list(reasons))
    _decide(
        request,
        ManagerDecision.NO,
        by=by,
        reasons=list(reasons),
        possible_later=possible_later,
    )
    letters.manager_receipt(request)
    letters.manager_replied(request)
    return request


@transaction.atomic
def redirect(request: ManagerRequest, *, by: User, name: str, email: str) -> ManagerRequest:
    """Pass the question on to whoever does manage the applicant."""
    request = _take(request, by)
    application = request.application
    move(application, "redirect", by=by)
    _decide(request, ManagerDecision.NOT_MANAGER, by=by)
    application.manager = person_named(name, email)
    application.save(update_fields=["manager"])
    letters.manager_redirected(ask(application))
    return request


@transaction.atomic
def not_the_manager(request: ManagerRequest, *, by: User) -> ManagerRequest:
    """Give it back to the applicant, who has to say who their line manager is."""
    request = _take(request, by)
    application = request.application
    application.finished_sections = [
        name for name in application.finished_sections if name != "manager"
    ]
    move(application, "ask_changes", by=by, decision=ManagerDecision.NOT_MANAGER)
    _decide(request, ManagerDecision.NOT_MANAGER, by=by)
    letters.manager_replied(request)
    return request


@transaction.atomic
def take_back_support(
    request: ManagerRequest, *, by: User, words: str, proven: bool
) -> ManagerRequest:
    """Change a yes into a no, until the department approves; a place held becomes free."""
    application = lock(request.application)
    _require_proof(application, proven=proven)
    application.changes_wanted = words
    held_a_place = application.status in HOLDS_A_PLACE
    move(application, "take_back_support", by=by)
    if held_a_place:
        pass_place_on(application)
    _forget_the_offer(application)
    request = ManagerRequest.objects.with_application().get(pk=request.pk)
    request.application = application
    request.decision = ManagerDecision.NO
    request.possible_later = words
    request.decided_at = timezone.now()
    request.decided_by = by
    request.save()
    letters.support_taken_back(request)
    letters.support_taken_back_to_manager(request)
    letters.support_taken_back_to_host(application)
    return request


def _forget_the_offer(application: Application) -> None:
    """Clear what was asked for after the support, so that all of it can happen again."""
    Offer.objects.filter(application=application).delete()
    application.approvals.all().delete()


@transaction.atomic
def renew_link(request: ManagerRequest) -> ManagerRequest:
    """Mail a fresh link, only to the address that had the old one."""
    application = lock(request.application)
    latest = application.manager_requests.open().select_related("manager").first()
    if latest is None or latest.manager_id != request.manager_id:
        raise StepNotOpen(request, "renew_link")
    if not latest.is_expired:
        return latest
    close_requests(application)
    fresh = ManagerRequest.objects.create(
        application=application,
        applicant=application.applicant,
        manager=latest.manager,
        note=latest.note,
        asked_at=latest.asked_at,
        reminders_sent=latest.reminders_sent,
        expires_at=timezone.now() + LINK_LIVES,
    )
    letters.new_link(fresh)
    record("renew_link", application, by=latest.manager)
    return fresh
