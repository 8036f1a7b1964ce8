"""The public pages: everybody can read them, and what they state is what the code does."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from home.live.status import note_worker_alive
from home.tasks import beat_heart
from home.views.content import PAGES, cookie_facts
from notifications import actions
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule, Profile, User
from placements.models import Application
from tests.factories.people import CivilServantFactory, UserFactory, department_admin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ladder")]


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("name", PAGES)
def test_anybody_can_read_it(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_its_links_within_the_service_lead_somewhere(client, name):
    html = client.get(reverse(name)).content.decode()

    for href in set(re.findall(r'href="(/[^"#?]*)', html)):
        if not href.startswith("/static/"):
            try:
                resolve(href)
            except Resolver404:
                pytest.fail(f"{href} leads nowhere")


def test_the_ladder_is_shown_as_it_stands(client):
    page = text_of(client.get("/how-it-works/placement"))

    assert "Up to 10 working days Must support it before you can send it Is told" in page
    assert "11 working days or more Must support it before you can send it Must approve it" in page

    ApprovalRule.objects.filter(min_working_days=11).update(min_working_days=21)
    page = text_of(client.get("/how-it-works/placement"))
    assert "Up to 20 working days" in page


def test_who_only_has_to_be_told_is_not_said_to_decide(client):
    page = text_of(client.get("/how-it-works/mentoring"))
    assert "Your line manager is told" in page
    assert "Your department is told" in page

    ApprovalRule.objects.filter(opportunity_type="mentoring").update(
        manager=ManagerStep.SUPPORTS, department_step=DepartmentStep.APPROVES
    )
    page = text_of(client.get("/how-it-works/mentoring"))
    assert "Your line manager supports you We email them a link." in page
    assert "has 5 working days to decide" in page


def test_a_ladder_that_asks_the_manager_for_some_lengths_says_so(client):
    ApprovalRule.objects.filter(opportunity_type="placement", min_working_days=0).update(
        manager=ManagerStep.TOLD
    )

    page = text_of(client.get("/how-it-works/placement"))

    assert "For some lengths we email them a link" in page
    assert "For longer ones an admin of your department" in page


def test_the_limit_of_a_second_check_is_the_one_in_the_rule(client):
    assert "costs more than £5,000" in text_of(client.get("/how-it-works/exchange"))


def test_a_department_of_its_own_rules_does_not_change_the_public_page(client):
    department = CivilServantFactory().department
    ApprovalRule.objects.create(
        department=department,
        opportunity_type="shadowing",
        manager=ManagerStep.TOLD,
        department_step=DepartmentStep.TOLD,
    )

    assert "Your line manager supports you" in text_of(client.get("/how-it-works/shadowing"))


# What the privacy page calls each column about a person; None: no fact about the person.
PRIVACY = {
    User: {
        "email": "work email address", "name": "your name", "department": "your department",
        "date_joined": "when you first used the service",
        "id": None, "password": None, "last_login": None, "is_active": None, "is_system": None,
    },
    Profile: {
        "grade": "your grade", "profession": "profession", "line_manager": "line manager",
        "hours_a_week": "hours a week", "available_from": "from when",
        "available_until": "until when", "town": "the town you work in",
        "max_distance_miles": "how far you travel", "remote_ok": "remote work",
        "working_pattern": "working pattern", "clearance": "security clearance",
        "adjustments": "adjustments", "development_plan": "development plan",
        "skills": "the skills you have and want to learn",
        "id": None, "user": None, "updated_at": None, "version": None, "answered": None,
    },
    Application: {
        "manager": "line manager you named", "why": "why", "bring_back": "what you bring back",
        "starts_on": "dates", "ends_on": "dates", "adjustments": "adjustments",
        "adjustments_with_application": "send them with the application",
        "business_case": "business case", "changes_wanted": "your line manager",
        "host_note": "the host", "not_selected_reasons": "the host",
        "not_selected_note": "the host", "withdraw_reasons": "when you withdraw",
        "decline_reason": "or decline", "cancel_note": "the host",
        "department_question": "your department", "department_answer": "your department",
    },
}  # fmt: skip
NOT_PERSONAL = {
    "id", "reference", "opportunity", "applicant", "department", "status", "status_since",
    "due_on", "version", "created_at", "sent_at", "manager_decides", "department_decides",
    "second_check_over", "finished_sections", "matched_in",
}  # fmt: skip


@pytest.mark.parametrize("model", PRIVACY)
def test_the_privacy_page_names_every_column_about_a_person(client, model):
    page = text_of(client.get("/privacy"))
    columns = {f.name for f in (*model._meta.fields, *model._meta.many_to_many)}  # noqa: SLF001
    if model is Application:
        columns -= NOT_PERSONAL

    assert columns == set(PRIVACY[model])
    for words in filter(None, PRIVACY[model].values()):
        assert words in page


def test_the_cookie_page_lists_the_cookies_that_are_set_and_no_other(as_user, client):
    person = department_admin(CivilServantFactory().department)
    signed_in = as_user(person)
    seen = set(signed_in.cookies)
    for address in (reverse(name) for name in PAGES):
        seen |= set(signed_in.get(address).cookies) | set(client.get(address).cookies)

    listed = {row[0] for row in cookie_facts()["cookies"]}

    assert seen <= listed
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= seen
    page = text_of(client.get("/cookies"))
    assert all(name in page for name in listed)


def test_the_status_page_says_when_nothing_waits_and_no_worker_was_seen(client):
    page = text_of(client.get("/service-status"))

    assert "No email is waiting" in page
    assert "Nothing has run in the background yet" in page


def test_the_status_page_says_how_long_an_email_waits(client):
    with time_machine.travel(timezone.now() - dt.timedelta(hours=3)):
        actions.queue_email("outbox/hello", to=UserFactory())
        note_worker_alive()

    page = text_of(client.get("/service-status"))

    assert "Late The oldest email has been waiting for 3 hours" in page
    assert "Late Last active at" in page


def test_the_status_page_says_that_all_is_well(client):
    actions.queue_email("outbox/hello", to=UserFactory())
    beat_heart()

    page = text_of(client.get("/service-status"))

    assert "Working The oldest email has been waiting for" in page
    assert "Working Last active at" in page
