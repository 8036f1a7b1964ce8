"""Addresses of opportunities, applications and placements."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from placements.views import (
    applicants,
    application_steps,
    application_tasks,
    applications,
    decide,
    manager,
    organisation,
    placements,
)
from placements.views import manager_decision as decision

OPPORTUNITY = "organisation/<slug:slug>/opportunities/<str:reference>"
APPLICANT = f"{OPPORTUNITY}/applicants/<str:application>"
APPLICATION = "applications/<str:reference>"
BY_LINK = "manager-decision/<str:token>"
SIGNED_IN = "manager/requests/<str:reference>"


def of_manager(page: str, view: Callable[..., HttpResponse]) -> list[URLPattern]:
    """Give a page of the line manager's answer both its doors."""
    end = f"/{page}" if page else ""
    suffix = f"-{page}" if page else ""
    return [
        path(f"{BY_LINK}{end}", decision.by_link(view), name=f"manager-decision{suffix}"),
        path(f"{SIGNED_IN}{end}", decision.signed_in(view), name=f"manager-request{suffix}"),
    ]


urlpatterns: list[URLPattern] = [
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
    *of_manager("", decision.overview),
    *of_manager("decision", decision.decision),
    *of_manager("cover", decision.branch("cover")),
    *of_manager("changes", decision.branch("changes")),
    *of_manager("question", decision.branch("question")),
    *of_manager("reasons", decision.branch("reasons")),
    *of_manager("change", decision.take_back),
    *of_manager("code", decision.code),
    *of_manager("check", decision.check),
    *of_manager("done", decision.done),
    *of_manager("not-manager", decision.not_manager),
    *of_manager("expired", decision.expired),
    # placements
    path("placements/<str:reference>", placements.placement_detail, name="placement-detail"),
    path(
        "placements/<str:reference>/dates.ics",
        placements.placement_dates,
        name="placement-dates",
    ),
]
