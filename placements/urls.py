"""Addresses of opportunities, applications and placements."""

from django.urls import URLPattern, path

from placements.views import applicants, decide, organisation

OPPORTUNITY = "organisation/<slug:slug>/opportunities/<str:reference>"
APPLICANT = f"{OPPORTUNITY}/applicants/<str:application>"

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
]
