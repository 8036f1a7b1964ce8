"""The pages anybody can read: how the service works, help, and what the law asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.live.status import service_status
from home.wording import days_for, journey_steps, ladder_rows
from people.choices import OpportunityType
from people.models import ApprovalRule
from placements.choices import ApplicationStatus

Facts = dict[str, Any]


def no_facts() -> Facts:
    """Give a page nothing but its own words."""
    return {}


def type_facts(kind: str) -> Facts:
    """Give the page of a type the steps and the ladder that hold where a department has none."""
    rules = list(ApprovalRule.objects.default_for(kind))
    return {"steps": journey_steps(rules), "ladder": ladder_rows(rules), "kind": kind}


def deadline_facts() -> Facts:
    """Give role guides the days that people have to act."""
    return {
        "manager_days": days_for(ApplicationStatus.WITH_MANAGER),
        "department_days": days_for(ApplicationStatus.WITH_DEPARTMENT),
        "offer_days": days_for(ApplicationStatus.OFFERED),
    }


def privacy_facts() -> Facts:
    """Give the privacy page the times that the settings hold."""
    return {"session_hours": settings.SESSION_COOKIE_AGE // 3600}


def cookie_facts() -> Facts:
    """List the cookies that the service sets: name, what for, until when."""
    hours = settings.SESSION_COOKIE_AGE // 3600
    return {
        "cookies": [
            (
                settings.SESSION_COOKIE_NAME,
                _("Keeps you signed in"),
                _("After %(hours)d hours") % {"hours": hours},
            ),
            (
                settings.CSRF_COOKIE_NAME,
                _("Makes sure that a form you send came from this service"),
                _("After 1 year"),
            ),
            (
                "messages",
                _("Carries a message, such as “Saved”, to the next page"),
                _("When you have seen the message"),
            ),
        ]
    }


@dataclass(frozen=True)
class ContentPage:
    """One page: its path is its address, names its template, and with hyphens its URL name."""

    path: str
    facts: Callable[[], Facts] = no_facts

    @property
    def name(self) -> str:
        """Give the URL's name."""
        return self.path.replace("/", "-")

    @property
    def template(self) -> str:
        """Give the template."""
        return f"home/content/{self.name.replace('-', '_')}.html"


PAGES = {
    page.name: page
    for page in (
        ContentPage("how-it-works", deadline_facts),
        *(
            ContentPage(f"how-it-works/{kind}", partial(type_facts, kind))
            for kind in OpportunityType.values
        ),
        ContentPage("for-line-managers", deadline_facts),
        ContentPage("for-departments", deadline_facts),
        ContentPage("for-partners", deadline_facts),
        ContentPage("for-experts"),
        ContentPage("help", deadline_facts),
        ContentPage("contact"),
        ContentPage("accessibility-statement"),
        ContentPage("privacy", privacy_facts),
        ContentPage("cookies", cookie_facts),
        ContentPage("terms"),
        ContentPage("service-status", service_status),
    )
}


@login_not_required
@require_safe
def content_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the pages anybody can read."""
    page = PAGES[name]
    return render(request, page.template, page.facts())
