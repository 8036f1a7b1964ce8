"""Addresses of the matching pages."""

from django.urls import path

from matching.views import recommended

urlpatterns = [
    path("recommended", recommended.recommended, name="recommended"),
    path("recommended/settings", recommended.recommended_settings, name="recommended-settings"),
    path("recommended/<str:reference>/why", recommended.recommended_why, name="recommended-why"),
    path("scheme/jobs", recommended.scheme_jobs, name="scheme-jobs"),
    path("scheme/jobs/match", recommended.rematch_start, name="scheme-rematch"),
]
