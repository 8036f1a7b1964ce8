"""Addresses of the home pages."""

from django.urls import URLPattern, path

from home.views import content

urlpatterns: list[URLPattern] = [
    path(page.path, content.content_page, {"name": page.name}, name=page.name)
    for page in content.PAGES.values()
]
