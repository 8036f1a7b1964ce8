"""Addresses of opportunities, applications and placements."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_http_methods, require_safe

from placements.views import (
    absence,
    applicants,
    application_steps,
    application_tasks,
    applications,
    approval_decision,
    approvals,
    calendar,
    decide,
    department,
    manager,
    opportunities,
    organisation,
    organisations,
    placements,
    policy,
    saved,
    skills,
)
from placements.views import manager_decision as decision

OPPORTUNITY = "organisation/<slug:slug>/opportunities/<str:reference>"
APPROVAL = "department/<slug:slug>/approvals/<str:reference>"
POLICY = "department/<slug:slug>/policy/<str:kind>"
APPLICANT = f"{OPPORTUNITY}/applicants/<str:application>"
APPLICATION = "applications/<str:reference>"
BY_LINK = "manager-decision/<str:token>"
SIGNED_IN = "manager/requests/<str:reference>"

View = Callable[..., HttpResponse]
form_page = require_http_methods(["GET", "HEAD", "POST"])


def of_manager(
    page: str, view: View, methods: Callable[[View], View] = form_page
) -> list[URLPattern]:
    """Give a page of the line manager's answer both its doors, and the methods it takes."""
    by_link, signed_in = methods(decision.by_link(view)), methods(decision.signed_in(view))
    end = f"/{page}" if page else ""
    suffix = f"-{page}" if page else ""
    return [
        path(f"{BY_LINK}{end}", by_link, name=f"manager-decision{suffix}"),
        path(f"{SIGNED_IN}{end}", signed_in, name=f"manager-request{suffix}"),
    ]


class OpportunityReference:
    """A reference such as OP-7K3Q9M, typed in any case."""

    regex = "[Oo][Pp]-[0-9A-Za-z]{8}"

    def to_python(self, value: str) -> str:
        """Read it as it is kept."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """Write it as it is kept."""
        return value


register_converter(OpportunityReference, "opportunity")

urlpatterns: list[URLPattern] = [
    # opportunities, for everybody
    path("opportunities", opportunities.opportunity_list, name="opportunity-list"),
    path("opportunities/feed.atom", calendar.newest_feed, name="opportunity-feed"),
    path("opportunities/compare", opportunities.opportunity_compare, name="opportunity-compare"),
    path(
        "opportunities/<opportunity:reference>",
        opportunities.opportunity_detail,
        name="opportunity-short",
    ),
    path(
        "opportunities/<opportunity:reference>/dates.ics",
        calendar.opportunity_dates,
        name="opportunity-dates",
    ),
    path("opportunities/<opportunity:reference>/save", saved.saved_add, name="opportunity-save"),
    path(
        "opportunities/<opportunity:reference>/<slug:slug>",
        opportunities.opportunity_detail,
        name="opportunity-detail",
    ),
    # saved opportunities
    path("saved", saved.saved_list, name="saved-list"),
    path("saved/<opportunity:reference>/note", saved.saved_note, name="saved-note"),
    path("saved/<opportunity:reference>/remove", saved.saved_remove, name="saved-remove"),
    path("saved/<opportunity:reference>/undo", saved.saved_undo, name="saved-undo"),
    # hosts, for everybody
    path("organisations", organisations.organisation_list, name="organisation-list"),
    path(
        "organisations/<slug:slug>",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    # skills
    path("skills", skills.skill_list, name="skill-list"),
    path("skills/<slug:slug>", skills.skill_detail, name="skill-detail"),
    path("skills/<slug:slug>/interest", skills.skill_interest, name="skill-interest"),
    path(
        "skills/<slug:slug>/interest/undo",
        skills.skill_interest_undo,
        name="skill-interest-undo",
    ),
    # the workspace of a host
    path(
        "organisation/<slug:slug>/",
        organisation.organisation_workspace,
        name="organisation-workspace",
    ),
    path(
        "organisation/<slug:slug>/opportunities",
        organisation.organisation_opportunities,
        name="organisation-opportunities",
    ),
    path(
        f"{OPPORTUNITY}/pause",
        organisation.opportunity_pausing,
        {"name": "pause"},
        name="opportunity-pause",
    ),
    path(
        f"{OPPORTUNITY}/reopen",
        organisation.opportunity_pausing,
        {"name": "reopen"},
        name="opportunity-reopen",
    ),
    # a host's applicants
    path(f"{OPPORTUNITY}/applicants", applicants.applicant_list, name="organisation-applicants"),
    path(
        f"{OPPORTUNITY}/applicants/compare", applicants.applicant_compare, name="applicant-compare"
    ),
    path(APPLICANT, applicants.applicant_detail, name="applicant-detail"),
    path(f"{APPLICANT}/review", applicants.applicant_review, name="applicant-review"),
    path(f"{APPLICANT}/move", applicants.applicant_move, name="applicant-move"),
    path(f"{APPLICANT}/note", applicants.applicant_note, name="applicant-note"),
    path(f"{APPLICANT}/cancel", applicants.applicant_cancel, name="applicant-cancel"),
    # a host's decisions, in one batch
    path(f"{OPPORTUNITY}/decide", decide.decisions, name="decisions"),
    path(f"{OPPORTUNITY}/decide/offers", decide.decisions_offers, name="decisions-offers"),
    path(f"{OPPORTUNITY}/decide/reasons", decide.decisions_reasons, name="decisions-reasons"),
    path(f"{OPPORTUNITY}/decide/check", decide.decisions_check, name="decisions-check"),
    path(f"{OPPORTUNITY}/decide/done", decide.decisions_done, name="decisions-done"),
    # applications: before they are sent
    path("applications", applications.application_list, name="application-list"),
    path("applications/new", application_tasks.application_new, name="application-new"),
    path(APPLICATION, applications.application_detail, name="application-detail"),
    path(f"{APPLICATION}/history", applications.application_history, name="application-history"),
    path(f"{APPLICATION}/tasks", application_tasks.application_tasks, name="application-tasks"),
    path(
        f"{APPLICATION}/edit/<str:section>",
        application_tasks.application_edit,
        name="application-edit",
    ),
    path(f"{APPLICATION}/check", application_tasks.application_check, name="application-check"),
    path(f"{APPLICATION}/done", application_tasks.application_done, name="application-done"),
    # applications: after they are sent
    path(
        f"{APPLICATION}/withdraw",
        application_steps.application_withdraw,
        name="application-withdraw",
    ),
    path(
        f"{APPLICATION}/withdraw/check",
        application_steps.application_withdraw_check,
        name="application-withdraw-check",
    ),
    path(
        f"{APPLICATION}/manager", application_steps.application_manager, name="application-manager"
    ),
    path(f"{APPLICATION}/offer", application_steps.application_offer, name="application-offer"),
    path(
        f"{APPLICATION}/offer/accept",
        application_steps.application_offer_accept,
        name="application-offer-accept",
    ),
    path(
        f"{APPLICATION}/offer/decline",
        application_steps.application_offer_decline,
        name="application-offer-decline",
    ),
    path(f"{APPLICATION}/answer", application_steps.application_answer, name="application-answer"),
    path(
        f"{APPLICATION}/conditions",
        application_steps.application_conditions,
        name="application-conditions",
    ),
    path(
        f"{APPLICATION}/dates.ics", application_steps.application_dates, name="application-dates"
    ),
    # line managers: by the e-mailed link or signed in
    path("manager", manager.manager_overview, name="manager-overview"),
    *of_manager("", decision.overview, require_safe),
    *of_manager("decision", decision.decision),
    *of_manager("cover", decision.branch("cover")),
    *of_manager("changes", decision.branch("changes")),
    *of_manager("question", decision.branch("question")),
    *of_manager("reasons", decision.branch("reasons")),
    *of_manager("change", decision.take_back),
    *of_manager("code", decision.code),
    *of_manager("check", decision.check),
    *of_manager("done", decision.done, require_safe),
    *of_manager("not-manager", decision.not_manager),
    *of_manager("expired", decision.expired),
    # placements
    path("placements/<str:reference>", placements.placement_detail, name="placement-detail"),
    path(
        "placements/<str:reference>/dates.ics",
        placements.placement_dates,
        name="placement-dates",
    ),
    # the workspace of a department
    path("department/<slug:slug>/", department.department_overview, name="department-overview"),
    path(
        "department/<slug:slug>/placements",
        department.department_placements,
        name="department-placements",
    ),
    path("department/<slug:slug>/absence", absence.department_absence, name="department-absence"),
    path("department/<slug:slug>/policy", policy.department_policy, name="department-policy"),
    path(f"{POLICY}/add", policy.policy_rung, name="policy-add"),
    path(f"{POLICY}/default", policy.policy_remove, name="policy-default"),
    path(f"{POLICY}/<int:days>", policy.policy_rung, name="policy-rung"),
    path(f"{POLICY}/<int:days>/remove", policy.policy_remove, name="policy-remove"),
    # a department's approvals
    path("department/<slug:slug>/approvals", approvals.approval_list, name="approval-list"),
    path(
        "department/<slug:slug>/approvals/waiting",
        approvals.approval_waiting,
        name="approvals-waiting",
    ),
    path(
        "department/<slug:slug>/approvals/decided",
        approvals.approval_decided,
        name="approvals-decided",
    ),
    path(APPROVAL, approvals.approval_detail, name="approval-detail"),
    path(f"{APPROVAL}/assign", approvals.approval_assign, name="approval-assign"),
    path(f"{APPROVAL}/note", approvals.approval_note, name="approval-note"),
    path(f"{APPROVAL}/decision", approval_decision.approval_decision, name="approval-decision"),
    path(
        f"{APPROVAL}/decision/details",
        approval_decision.approval_decision_details,
        name="approval-decision-details",
    ),
    path(f"{APPROVAL}/check", approval_decision.approval_check, name="approval-check"),
    path(f"{APPROVAL}/done", approval_decision.approval_done, name="approval-done"),
]
