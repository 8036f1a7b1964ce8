"""Somebody applies, their line manager answers by a link, and the host has it."""

import re

import pytest

from notifications.models import Message
from notifications.rendering import render
from placements.choices import ApplicationStatus
from placements.models import Application
from tests.client import CheckedClient
from tests.factories.people import CivilServantFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.usefixtures("ladder")


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def link_to(user):
    message = Message.objects.filter(recipient=user).first()
    return re.search(r"http://testserver(/manager-decision/\S+)", render(message)[1])[1]


def code_for(user):
    return Message.objects.filter(recipient=user, template__endswith="decision_code")[0].secret[
        "code"
    ]


def test_from_start_to_the_host(as_user, django_capture_on_commit_callbacks):
    opportunity = OpportunityFactory()
    applicant = CivilServantFactory(name="Sam Okafor")
    manager = applicant.profile.line_manager
    client = as_user(applicant)

    new = f"/applications/new?opportunity={opportunity.reference}"
    assert "Who has to agree" in page(client, new)
    client.post(new)
    application = Application.objects.get()
    base = application.get_absolute_url()
    assert application.status == ApplicationStatus.DRAFT
    assert "Cannot start yet" in page(client, f"{base}/tasks")

    sections = {
        "details": {},
        "why": {"why": "To learn how uncertainty is measured."},
        "bring-back": {"bring_back": "A method for my team."},
        "dates": dates(opportunity),
        "manager": {"name": manager.name, "email": manager.email},
        "adjustments": {"adjustments": "", "adjustments_with_application": "no"},
        "business-case": {"business_case": "Because."},
    }
    for name, answers in sections.items():
        body = page(client, f"{base}/edit/{name}")
        version = re.search(r'name="version" value="(\d+)"', body)[1]
        response = client.post(
            f"{base}/edit/{name}", answers | {"completed": "yes", "version": version}
        )
        assert response.status_code == 302, (name, response.content.decode())

    assert "To learn how uncertainty" in page(client, f"{base}/check")
    assert client.post(f"{base}/check").url == f"{base}/done"
    assert "Sent to your line manager" in page(client, f"{base}/done")
    assert "Line manager supports" in page(client, base)
    assert "Sent to the line manager" in page(client, f"{base}/history")

    anybody = CheckedClient()
    link = link_to(manager)
    assert "Sam Okafor asks for your support" in page(anybody, link)
    page(anybody, f"{link}/decision")
    assert anybody.post(f"{link}/decision", {"decision": "yes"}).url == f"{link}/cover"
    page(anybody, f"{link}/cover")
    assert anybody.post(f"{link}/cover", {"cover": "team"}).url == f"{link}/code"
    page(anybody, f"{link}/code")
    response = anybody.post(f"{link}/code", {"code": code_for(manager)})
    assert response.url == f"{link}/check"
    assert "Your line manager supports your application." in page(anybody, f"{link}/check")
    assert anybody.post(f"{link}/check").url == f"{link}/done"
    assert "You supported Sam Okafor" in page(anybody, f"{link}/done")
    assert "You have answered Sam Okafor" in page(anybody, link)

    application.refresh_from_db()
    assert application.status == ApplicationStatus.SENT
    assert application.sent_at is not None
    for message in Message.objects.all():
        subject, body = render(message)
        assert len(subject) <= 60, subject
        assert "Why you got this" in body


def dates(opportunity):
    return {
        f"{field}_{part}": getattr(getattr(opportunity, field), part)
        for field in ("starts_on", "ends_on")
        for part in ("day", "month", "year")
    }
