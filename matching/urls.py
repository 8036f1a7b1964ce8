"""Addresses of the matching pages."""

from django.urls import path

from matching import views

urlpatterns = [
    path("recommended", views.recommended, name="recommended"),
    path("recommended/settings", views.recommended_settings, name="recommended-settings"),
    path("recommended/<str:reference>/why", views.recommended_why, name="recommended-why"),
    path("scheme/jobs", views.scheme_jobs, name="scheme-jobs"),
    path("scheme/jobs/match", views.rematch_start, name="scheme-rematch"),
]
