"""Addresses of the core pages."""

from django.urls import path

from core.views import gallery, health

urlpatterns = [
    path("health", health.health, name="health"),
    path("gallery", gallery.gallery, name="gallery"),
]
