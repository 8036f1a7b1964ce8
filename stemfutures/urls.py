"""Every address of the service, app by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("people.urls")),
    path("", include("notifications.urls")),
    path("", include("experts.urls")),
    path("", include("placements.urls")),
    path("", include("matching.urls")),
    path("", include("home.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.permission_denied"
handler404 = "core.views.errors.page_not_found"
handler500 = "core.views.errors.server_error"
