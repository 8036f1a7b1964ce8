"""Addresses of opportunities, applications and placements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
