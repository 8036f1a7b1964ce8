"""Addresses of the first pages, the pages about the service, the scheme team's, and the demo."""

from django.conf import settings
from django.urls import URLPattern, path

from home.views import content, demo, health, home, scheme, scheme_lists, start

urlpatterns: list[URLPattern] = [
    path("", start.start, name="start"),
    path("home", home.home, name="home"),
    *(
        path(page.path, content.content_page, {"name": page.name}, name=page.name)
        for page in content.PAGES.values()
    ),
    path("health/deep", health.health_deep, name="health-deep"),
    path("scheme", scheme.scheme_overview, name="scheme-overview"),
    path("scheme/messages", scheme.scheme_messages, name="scheme-messages"),
    path("scheme/messages/<uuid:uid>/retry", scheme.message_retry, name="scheme-message-retry"),
    path("scheme/activity", scheme.scheme_activity, name="scheme-activity"),
    path("scheme/departments", scheme_lists.scheme_departments, name="scheme-departments"),
    path(
        "scheme/departments/<slug:slug>", scheme_lists.scheme_department, name="scheme-department"
    ),
    path(
        "scheme/departments/<slug:slug>/end-admin", scheme_lists.admin_end, name="scheme-admin-end"
    ),
    path("scheme/skills", scheme_lists.scheme_skills, name="scheme-skills"),
    path("scheme/skills/<slug:slug>", scheme_lists.scheme_skill, name="scheme-skill"),
    path(
        "scheme/skills/<slug:slug>/remove-name",
        scheme_lists.synonym_remove,
        name="scheme-synonym-remove",
    ),
    path(
        "scheme/skills/<slug:slug>/retire", scheme_lists.skill_retire, name="scheme-skill-retire"
    ),
    path(
        "scheme/skills/<slug:slug>/restore",
        scheme_lists.skill_restore,
        name="scheme-skill-restore",
    ),
]
if settings.DEMO:
    urlpatterns += [
        path("demo", demo.personas, name="demo-personas"),
        path("demo/sign-in", demo.sign_in, name="demo-sign-in"),
        path("demo/mail", demo.mail_list, name="demo-mail-list"),
        path("demo/mail/<uuid:uid>", demo.mail_detail, name="demo-mail-detail"),
    ]
