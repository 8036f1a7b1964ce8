"""Addresses of the core pages."""

from django.urls import path

from core.views import health

urlpatterns = [
    path("health", health.health, name="health"),
]
