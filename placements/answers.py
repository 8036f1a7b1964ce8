"""Which of an application's answers, and of the decisions about it, each audience may read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from placements.choices import (
    HOLDS_A_PLACE,
    ApplicationStatus,
    ManagerDecision,
    NoSupportReason,
    NotApprovedReason,
    NotSelectedReason,
)
from placements.models import Application

MAY_READ = {
    "why": {"applicant", "manager", "host", "department", "scheme"},
    "bring_back": {"applicant", "manager", "host", "department", "scheme"},
    "adjustments": {"applicant", "host"},
    "business_case": {"applicant", "manager", "department"},
    "manager_words": {"applicant", "manager"},
    "department_question": {"applicant", "department"},
    "conditions": {"applicant", "department"},
    "department_reasons": {"applicant", "department"},
    "host_reasons": {"applicant", "host"},
    "cancel_note": {"applicant", "manager", "host", "department", "scheme"},
}


@dataclass(frozen=True)
class Text:
    """Something written, with what it answers."""

    title: str
    text: str
    section: str = ""


def answers_for(application: Application, viewer: str) -> list[Text]:
    """List what the applicant wrote, as far as this viewer may read it."""
    shown = [
        Text(_("Why they want this"), application.why, "why"),
        Text(_("What they will bring back"), application.bring_back, "bring_back"),
    ]
    if application.department_decides:
        shown.append(Text(_("Business case"), application.business_case, "business_case"))
    if _shows_adjustments(application, viewer):
        shown.append(Text(_("Adjustments"), application.adjustments, "adjustments"))
    return [each for each in shown if each.text and viewer in MAY_READ[each.section]]


def _shows_adjustments(application: Application, viewer: str) -> bool:
    """The host reads what somebody needs with the application only if they said so."""
    return (
        viewer == "applicant"
        or application.adjustments_with_application
        or application.status in HOLDS_A_PLACE
    )


def decisions_for(application: Application, viewer: str) -> list[Text]:
    """List what others wrote about it that matters now, as far as this viewer may read it."""
    shown = [
        *_of_the_manager(application),
        *_of_the_host(application),
        *_of_the_department(application),
    ]
    return [each for each in shown if each.text and viewer in MAY_READ[each.section]]


def _of_the_manager(application: Application) -> list[Text]:
    if application.status not in {
        ApplicationStatus.MANAGER_CHANGES,
        ApplicationStatus.NOT_SUPPORTED,
    }:
        return []
    request = application.manager_requests.answered().first()
    if request is None:
        return []
    if request.decision == ManagerDecision.NOT_MANAGER:
        text = _("They say that they are not the line manager. Name the right person.")
        return [Text(_("From the line manager"), text, "manager_words")]
    reasons = [str(NoSupportReason(reason).label) for reason in request.reasons]
    return [
        Text(_("Reasons"), "\n".join(reasons), "manager_words"),
        Text(_("What they wrote"), request.words, "manager_words"),
        Text(_("What would make this possible later"), request.possible_later, "manager_words"),
    ]


def _of_the_host(application: Application) -> list[Text]:
    reasons = [str(NotSelectedReason(key).label) for key in application.not_selected_reasons]
    return [
        Text(_("Why the host chose others"), "\n".join(reasons), "host_reasons"),
        Text(_("What the host adds"), application.not_selected_note, "host_reasons"),
        Text(_("Why the place was cancelled"), application.cancel_note, "cancel_note"),
    ]


def _of_the_department(application: Application) -> list[Text]:
    shown = [
        Text(
            _("What the department asked"), application.department_question, "department_question"
        ),
        Text(_("The answer"), application.department_answer, "department_question"),
    ]
    for approval in application.approvals.all():
        reasons = [str(NotApprovedReason(key).label) for key in approval.reasons]
        shown += [
            Text(_("Conditions"), approval.conditions, "conditions"),
            Text(_("Why it was not approved"), "\n".join(reasons), "department_reasons"),
            Text(_("What the department adds"), approval.reason_words, "department_reasons"),
        ]
    return shown
