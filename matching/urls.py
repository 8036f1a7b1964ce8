"""Addresses of the matching pages."""

from django.urls import path

from matching.views import (
    host_rounds,
    lists,
    recommended,
    results,
    rounds,
    scheme_rounds,
    scheme_runs,
    searches,
)

CHOICE = "rounds/<slug:slug>/choices/<str:reference>"
ROUND = "scheme/rounds/<slug:slug>"
PLACE = f"{ROUND}/places/<str:reference>"

urlpatterns = [
    path("recommended", recommended.recommended, name="recommended"),
    path("recommended/settings", recommended.recommended_settings, name="recommended-settings"),
    path("recommended/emails", searches.recommended_emails, name="recommended-emails"),
    path("recommended/<str:reference>/why", recommended.recommended_why, name="recommended-why"),
    path("saved-searches", searches.saved_search_list, name="saved-search-list"),
    path("saved-searches/new", searches.saved_search_new, name="saved-search-new"),
    path("saved-searches/undo", searches.saved_search_undo, name="saved-search-undo"),
    path(
        "saved-searches/<str:reference>/remove",
        searches.saved_search_remove,
        name="saved-search-remove",
    ),
    path("scheme/jobs", recommended.scheme_jobs, name="scheme-jobs"),
    path("scheme/jobs/match", recommended.rematch_start, name="scheme-rematch"),
    # rounds, as everybody sees them
    path("rounds", rounds.round_list, name="round-list"),
    path("rounds/<slug:slug>", rounds.round_detail, name="round-detail"),
    path("rounds/<slug:slug>/dates.ics", rounds.round_dates, name="round-dates"),
    path("rounds/<slug:slug>/places", lists.round_places, name="round-places"),
    # a person's list
    path("rounds/<slug:slug>/choices", lists.round_choices, name="round-choices"),
    path(f"{CHOICE}/add", lists.round_choice_add, name="round-choice-add"),
    path(f"{CHOICE}/move", lists.round_choice_move, name="round-choice-move"),
    path(f"{CHOICE}/remove", lists.round_choice_remove, name="round-choice-remove"),
    path("rounds/<slug:slug>/support", lists.round_support, name="round-support"),
    path("rounds/<slug:slug>/result", results.round_result, name="round-result"),
    path("rounds/<slug:slug>/result/reply", results.round_reply, name="round-reply"),
    path("manager/rounds/<str:reference>", lists.list_support_answer, name="list-support"),
    # a host's part in rounds
    path("organisation/<slug:slug>/rounds", host_rounds.host_rounds, name="host-rounds"),
    path(
        "organisation/<slug:slug>/rounds/<slug:round_slug>/<str:reference>",
        host_rounds.round_ranking,
        name="round-ranking",
    ),
    # the scheme team's rounds
    path("scheme/rounds", scheme_rounds.scheme_rounds, name="scheme-rounds"),
    path("scheme/rounds/plan", scheme_rounds.scheme_round_new, name="scheme-round-new"),
    path(ROUND, scheme_rounds.scheme_round, name="scheme-round"),
    path(f"{ROUND}/edit", scheme_rounds.scheme_round_edit, name="scheme-round-edit"),
    path(f"{ROUND}/steps/<slug:name>", scheme_rounds.scheme_round_step, name="scheme-round-step"),
    path(f"{ROUND}/places", scheme_rounds.scheme_round_places, name="scheme-round-places"),
    path(f"{ROUND}/places/add", scheme_rounds.scheme_round_add, name="scheme-round-add"),
    path(PLACE, scheme_rounds.scheme_round_place, name="scheme-round-place"),
    path(f"{ROUND}/preflight", scheme_runs.scheme_preflight, name="scheme-preflight"),
    path(f"{ROUND}/runs", scheme_runs.scheme_runs, name="scheme-runs"),
    path(f"{ROUND}/runs/<int:number>", scheme_runs.scheme_run, name="scheme-run"),
    path(
        f"{ROUND}/runs/<int:number>/certificate.json",
        scheme_runs.run_certificate,
        name="run-certificate",
    ),
    path(f"{ROUND}/runs/<int:number>/publish", scheme_runs.scheme_publish, name="scheme-publish"),
    path(f"{ROUND}/pairs", scheme_runs.scheme_pairs, name="scheme-pairs"),
    path(
        f"{ROUND}/pairs/<str:mine>/<str:reference>/remove",
        scheme_runs.scheme_pair_remove,
        name="scheme-pair-remove",
    ),
    path(f"{PLACE}/take-out", scheme_rounds.scheme_round_take_out, name="scheme-round-take-out"),
]
