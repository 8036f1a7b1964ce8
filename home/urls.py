"""Addresses of the first pages, the pages about the service, and the demo."""

from django.conf import settings
from django.urls import URLPattern, path

from home.views import content, demo, home, start

urlpatterns: list[URLPattern] = [
    path("", start.start, name="start"),
    path("home", home.home, name="home"),
    *(
        path(page.path, content.content_page, {"name": page.name}, name=page.name)
        for page in content.PAGES.values()
    ),
]
if settings.DEMO:
    urlpatterns += [
        path("demo", demo.personas, name="demo-personas"),
        path("demo/sign-in", demo.sign_in, name="demo-sign-in"),
        path("demo/mail", demo.mail_list, name="demo-mail-list"),
        path("demo/mail/<uuid:uid>", demo.mail_detail, name="demo-mail-detail"),
    ]
