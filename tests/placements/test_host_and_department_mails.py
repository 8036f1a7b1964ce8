"""Every mail about offers, hosts' and departments' decisions: short subject, whole body."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.calendar import today
from notifications.rendering import render_texts
from placements.choices import ApplicationStatus as S
from placements.choices import ApprovalDecision, DeclineReason, NotApprovedReason
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "templates/placements/emails"
MODULES = [
    Path(settings.BASE_DIR) / f"placements/emails/{name}.py"
    for name in ("offers", "hosts", "departments")
]
NAMES = sorted(
    {
        name
        for module in MODULES
        for name in re.findall(r'"([a-z_]+)"', module.read_text())
        if (FOLDER / f"{name}_body.txt").exists()
    }
    | {"choosing_soon", "choosing_today", "choosing_late_host", "choosing_late"}
    | {"department_digest"}
)
BAD_NEWS = {"not_selected", "not_approved", "closed_out", "place_cancelled", "offer_expired"}
TELLING = re.compile(r"not selected|not approved|cancel|expired|declined", re.IGNORECASE)


@pytest.fixture
def rows():
    OpportunityFactory(title="Another one like it")
    application = ApplicationFactory(
        status=S.CONFIRMED,
        applicant__name="Maximiliana Featherstonehaugh-Cholmondeley",
        due_on=today(),
        not_selected_reasons=["dates"],
        not_selected_note="Try in spring.",
        decline_reason=DeclineReason.DATES,
        cancel_note="The roof leaks.",
        department_question="Who covers?",
    )
    approval = application.approvals.create(
        applicant=application.applicant,
        decision=ApprovalDecision.NOT_APPROVE,
        decided_at=application.created_at,
        decided_by=UserFactory(),
        assigned_to=UserFactory(name="Priya Raman"),
        conditions="Come on Mondays.",
        reasons=[NotApprovedReason.BUDGET],
        reason_words="Ask in April.",
        internal_note="canary-6612",
        stage="department",
    )
    return {
        "application": application,
        "opportunity": application.opportunity,
        "offer": application.offer,
        "approval": approval,
        "placement": application.placement,
        "department": application.department,
        "alternatives": [OpportunityFactory()],
        "waiting": 3,
        "overdue": 1,
    }


def test_the_names_are_found():
    assert len(NAMES) > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_short_in_its_subject_and_whole_in_its_body(rows, name):
    recipient = UserFactory(name="Sam Okafor")

    subject, body = render_texts(f"placements/emails/{name}", to=recipient, **rows)

    assert 10 < len(subject) <= 60
    assert "Dear Sam,\n\n" in body
    assert "http://testserver/" in body
    assert re.search(r"^Why you got this: [a-z]\S+ .+\.$", body, re.MULTILINE)
    assert "Get help\nE-mail: " in body
    assert "canary" not in body
    assert "\n\n\n" not in body
    assert not re.search(r"[{}]|None", body)
    if name in BAD_NEWS:
        assert not TELLING.search(subject)
        assert re.search("(no|not need|kept|Open now)", body)


@pytest.mark.parametrize("name", ["confirmed", "confirmed_manager", "confirmed_host"])
def test_a_confirmation_says_how_to_reach_the_others(rows, name):
    _subject, body = render_texts(f"placements/emails/{name}", to=UserFactory(), **rows)

    application = rows["application"]
    other = application.applicant if name == "confirmed_host" else application.opportunity.contact
    assert other.email in body


@pytest.mark.parametrize(
    "name", ["offer_accepted_host", "offer_declined_host", "place_passed_on", "not_approved_host"]
)
def test_a_host_reads_no_address_before_the_confirmation(rows, name):
    _subject, body = render_texts(f"placements/emails/{name}", to=UserFactory(), **rows)

    assert rows["application"].applicant.email not in body
    assert rows["application"].manager.email not in body


def test_an_offer_comes_with_its_dates(rows):
    calendar = rows["offer"].calendar_file().decode()

    for text in ("BEGIN:VCALENDAR", f"UID:{rows['application'].reference}-reply", "TRIGGER:-P2D"):
        assert text in calendar
    assert f"DTSTART;VALUE=DATE:{rows['offer'].starts_on:%Y%m%d}" in calendar
    assert "BEGIN:VEVENT" in rows["placement"].calendar_file().decode()
