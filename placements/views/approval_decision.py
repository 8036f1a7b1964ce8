"""A department decides: decision, details, check, done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest
from people.models import User
from placements.actions import departments
from placements.actions.departments import Verdict
from placements.choices import ApplicationStatus, ApprovalDecision, NotApprovedReason
from placements.forms.departments import (
    DECISIONS,
    QUESTION,
    ConditionsForm,
    DecisionForm,
    NotApproveForm,
    QuestionForm,
    SecondDecisionForm,
)
from placements.models import Application, Approval
from placements.permissions import is_department_approver, is_second_checker
from placements.views.approvals import request_of

CONDITIONS, NOT_APPROVE = ApprovalDecision.CONDITIONS, ApprovalDecision.NOT_APPROVE

DECISION_NAMES = dict(DECISIONS)


def _key(application: Application) -> str:
    return f"approval:{application.reference}"


def _barred(user: User, application: Application) -> str:
    """Say why this person may not decide, or nothing."""
    if not is_department_approver(user, application):
        return _("You cannot decide on a request you manage")
    second = application.status == ApplicationStatus.SECOND_CHECK
    if second and not is_second_checker(user, application):
        return _("You cannot second-check a request you approved")
    return ""


def _stopped(request: UserRequest, application: Application, approval: Approval) -> Any:
    """Answer when somebody else was faster, or when this person may not decide at all."""
    if application.status not in departments.STAGES:
        messages.warning(request, departments.too_late(application))
        return redirect(approval)
    reason = _barred(request.user, application)
    if reason:
        context = {"application": application, "approval": approval, "reason": reason}
        return render(request, "placements/approval_barred.html", context, status=403)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def approval_decision(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask for the decision."""
    department, application, approval = request_of(request, slug, reference)
    stopped: HttpResponse | None = _stopped(request, application, approval)
    if stopped is not None:
        return stopped
    second = application.status == ApplicationStatus.SECOND_CHECK
    kind = SecondDecisionForm if second else DecisionForm
    kept = request.session.get(_key(application), {})
    form = kind(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST" and form.is_valid():
        kept = kept | form.cleaned_data | {"version": application.version}
        request.session[_key(application)] = kept
        return redirect(_next(kept), slug, reference)
    context = {"department": department, "application": application, "form": form}
    return render(request, "placements/approval_decision.html", context)


def _next(kept: dict[str, Any]) -> str:
    plain = kept["decision"] == ApprovalDecision.APPROVE
    return "approval-check" if plain else "approval-decision-details"


def _details_form(
    request: UserRequest, kept: dict[str, Any], application: Application
) -> forms.Form:
    data = request.POST if request.method == "POST" else None
    if kept["decision"] == NOT_APPROVE:
        name = application.applicant.first_name_or_email
        return NotApproveForm(data, initial=kept, name=name)
    if kept["decision"] == QUESTION:
        return QuestionForm(data, initial=kept)
    first = application.approvals.decided().first()
    return ConditionsForm(data, initial={"conditions": first.conditions if first else ""} | kept)


@require_http_methods(["GET", "HEAD", "POST"])
def approval_decision_details(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask for the conditions, the question or the reasons."""
    department, application, approval = request_of(request, slug, reference)
    stopped: HttpResponse | None = _stopped(request, application, approval)
    kept = request.session.get(_key(application))
    if stopped is not None:
        return stopped
    if not kept or kept["decision"] == ApprovalDecision.APPROVE:
        return redirect("approval-decision", slug, reference)
    form = _details_form(request, kept, application)
    if request.method == "POST" and form.is_valid():
        request.session[_key(application)] = kept | form.cleaned_data
        return redirect("approval-check", slug, reference)
    context = {"department": department, "application": application, "form": form, "kept": kept}
    return render(request, "placements/approval_decision_details.html", context)


def _is_complete(kept: dict[str, Any]) -> bool:
    needed = {CONDITIONS: "conditions", QUESTION: "question", NOT_APPROVE: "words"}
    decision = kept.get("decision")
    return decision is not None and (decision not in needed or needed[decision] in kept)


@require_http_methods(["GET", "HEAD", "POST"])
def approval_check(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Show the decision once more, then take it."""
    department, application, approval = request_of(request, slug, reference)
    stopped: HttpResponse | None = _stopped(request, application, approval)
    kept: dict[str, Any] = request.session.get(_key(application), {})
    if stopped is not None:
        return stopped
    if not _is_complete(kept):
        return redirect("approval-decision", slug, reference)
    if request.method == "POST":
        _take(application, kept, request.user)
        del request.session[_key(application)]
        return redirect("approval-done", slug, reference)
    context = {
        "department": department,
        "application": application,
        "kept": kept,
        "second_next": _needs_second(application, kept),
        "decision": DECISION_NAMES[kept["decision"]],
        "reasons": [NotApprovedReason(key).label for key in kept.get("reasons", [])],
    }
    return render(request, "placements/approval_check.html", context)


def _needs_second(application: Application, kept: dict[str, Any]) -> bool:
    return (
        kept["decision"] in {ApprovalDecision.APPROVE, CONDITIONS}
        and application.status == ApplicationStatus.WITH_DEPARTMENT
        and application.needs_second_check
    )


def _take(application: Application, kept: dict[str, Any], by: User) -> None:
    if kept["decision"] == QUESTION:
        departments.ask_information(
            application, by=by, question=kept["question"], version=kept["version"]
        )
        return
    refused = kept["decision"] == NOT_APPROVE
    verdict = Verdict(
        decision=ApprovalDecision(kept["decision"]),
        version=kept["version"],
        conditions=kept["conditions"] if kept["decision"] == CONDITIONS else "",
        reasons=kept["reasons"] if refused else (),
        words=kept["words"] if refused else "",
    )
    departments.decide(application, verdict, by=by)


@require_safe
def approval_done(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Say what was decided, who was told and what comes next."""
    department, application, approval = request_of(request, slug, reference)
    own = application.approvals.decided().made_by(request.user).first()
    if own is None and application.status != ApplicationStatus.DEPT_INFO:
        raise Http404
    context = {
        "department": department,
        "application": application,
        "approval": own or approval,
        "asked": application.status == ApplicationStatus.DEPT_INFO,
    }
    return render(request, "placements/approval_done.html", context)
