"""What a department does with a request: assign, note, ask, approve or not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from core.errors import Conflict, StepNotAllowed
from core.filters import date_short, time_of_day
from people.models import User
from placements.actions.confirmation import confirm
from placements.actions.moves import lock, lock_with_person, move
from placements.actions.offers import pass_place_on
from placements.choices import ApplicationStatus, ApprovalDecision, ApprovalStage
from placements.emails import departments as emails
from placements.models import Application, Approval
from placements.permissions import is_department_admin, is_department_approver

STEPS = {
    (ApprovalStage.DEPARTMENT, ApprovalDecision.APPROVE): "approve",
    (ApprovalStage.DEPARTMENT, ApprovalDecision.CONDITIONS): "approve_with_conditions",
    (ApprovalStage.DEPARTMENT, ApprovalDecision.NOT_APPROVE): "not_approve",
    (ApprovalStage.SECOND_CHECK, ApprovalDecision.APPROVE): "second_approve",
    (ApprovalStage.SECOND_CHECK, ApprovalDecision.CONDITIONS): "second_approve_with_conditions",
    (ApprovalStage.SECOND_CHECK, ApprovalDecision.NOT_APPROVE): "second_not_approve",
}
STAGES = {
    ApplicationStatus.WITH_DEPARTMENT: ApprovalStage.DEPARTMENT,
    ApplicationStatus.SECOND_CHECK: ApprovalStage.SECOND_CHECK,
}


@dataclass(frozen=True)
class Verdict:
    """What an approver decided, and the version of the application they decided on."""

    decision: ApprovalDecision
    version: int
    conditions: str = ""
    reasons: Sequence[str] = field(default_factory=tuple)
    words: str = ""


@transaction.atomic
def decide(application: Application, verdict: Verdict, *, by: User) -> Application:
    """Approve, approve with conditions or not; above the cost limit somebody else checks again.

    Raises Conflict, with who decided when, if somebody was faster or the dates are taken.
    """
    application = lock_with_person(application)
    approval = _open_approval(application, verdict.version)
    step = STEPS[ApprovalStage(approval.stage), verdict.decision]
    if step in {"approve", "approve_with_conditions"} and application.needs_second_check:
        step = "pass_first_check"
    kept = _conditions_kept(application, verdict)
    if kept and step == "second_approve":
        step = "second_approve_with_conditions"
    move(application, step, by=by, reasons=list(verdict.reasons))
    approval.decision = ApprovalDecision.CONDITIONS if kept else verdict.decision
    approval.conditions = kept
    approval.reasons, approval.reason_words = list(verdict.reasons), verdict.words
    approval.decided_by, approval.decided_at = by, timezone.now()
    approval.save()
    _follow(application, approval)
    return application


def _conditions_kept(application: Application, verdict: Verdict) -> str:
    """Give the conditions that hold: the approver's own, or those of the first check."""
    if verdict.decision == ApprovalDecision.NOT_APPROVE:
        return ""
    first = application.approvals.decided().first()
    return verdict.conditions or (first.conditions if first else "")


def _follow(application: Application, approval: Approval) -> None:
    """Do what a decision brings with it."""
    if application.status == ApplicationStatus.SECOND_CHECK:
        Approval.objects.create(
            application=application,
            applicant=application.applicant,
            stage=ApprovalStage.SECOND_CHECK,
        )
        emails.second_check_wanted(application, approval)
    elif application.status == ApplicationStatus.NOT_APPROVED:
        emails.not_approved(application, approval)
        pass_place_on(application)
    elif application.status == ApplicationStatus.APPROVED_CONDITIONS:
        emails.approved_with_conditions(application, approval)
    else:
        try:
            confirm(application)
        except Conflict as conflict:
            raise Conflict(approval, conflict.message) from conflict


def _open_approval(application: Application, version: int) -> Approval:
    """Find the sign-off that waits, unless somebody changed the application since."""
    stage = STAGES.get(ApplicationStatus(application.status))
    if stage is None or application.version != version:
        raise Conflict(_latest(application), too_late(application))
    return application.approvals.get(stage=stage)


def _latest(application: Application) -> Approval:
    latest: Approval = application.approvals.order_by("-pk")[0]
    return latest


def too_late(application: Application) -> str:
    """Say who decided and when, for the person who comes second."""
    decided = application.approvals.decided().select_related("decided_by").first()
    if decided is None or decided.decided_by is None or decided.decided_at is None:
        return _("This has changed since you opened the page. Nothing you sent was saved.")
    facts = {
        "name": decided.decided_by.display_name,
        "decision": decided.get_decision_display(),
        "time": time_of_day(decided.decided_at),
        "day": date_short(decided.decided_at),
    }
    return (
        _(
            "%(name)s decided this at %(time)s on %(day)s: “%(decision)s”. "
            "Nothing you sent was saved."
        )
        % facts
    )


@transaction.atomic
def ask_information(
    application: Application, *, by: User, question: str, version: int
) -> Application:
    """Ask the applicant something before deciding; nobody can decide until they answer."""
    application = lock(application)
    _open_approval(application, version)
    application.department_question, application.department_answer = question, ""
    move(application, "ask_information", by=by)
    emails.information_wanted(application)
    return application


@transaction.atomic
def assign(application: Application, *, by: User, to: User | None) -> Approval:
    """Give a request to one approver, or to nobody."""
    application = lock(application)
    if not is_department_admin(by, application):
        raise StepNotAllowed(f"{by} may not assign {application}")
    if to is not None and not is_department_approver(to, application):
        raise Conflict(_latest(application), _("They cannot decide on this application."))
    approval = _latest(application)
    approval.assigned_to = to
    approval.save(update_fields=["assigned_to"])
    record("assign", application, by=by, to=to.pk if to else None)
    emails.assigned(approval, by=by)
    return approval


@transaction.atomic
def note(application: Application, *, by: User, text: str) -> Approval:
    """Keep the department's internal note, which neither applicant nor host ever sees."""
    application = lock(application)
    if not is_department_admin(by, application):
        raise StepNotAllowed(f"{by} may not write about {application}")
    approval = _latest(application)
    approval.internal_note = text
    approval.save(update_fields=["internal_note"])
    record("note_by_department", application, by=by)
    return approval
