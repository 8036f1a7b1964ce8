"""One part of an application at a time: kept unfinished, completed, or refused with a reason."""

import datetime as dt
from html import unescape

import pytest

from core.filters import date_short
from placements.choices import ApplicationStatus
from placements.forms.applications import SECTION_FORMS
from placements.models import Application
from placements.sections import SECTIONS
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(finished_sections=[])


def send(as_user, application, section, completed="yes", version=None, **answers):
    body = answers | {"completed": completed, "version": version or application.version}
    return as_user(application.applicant).post(
        f"{application.get_absolute_url()}/edit/{section}", body
    )


def said(response):
    assert response.status_code == 200
    page = response.content.decode()
    assert "<title>Error: " in page
    return page


def day(name, value):
    return {f"{name}_{part}": getattr(value, part) for part in ("day", "month", "year")}


def test_every_part_has_a_form_and_a_page(as_user, application):
    assert set(SECTION_FORMS) == set(SECTIONS)
    client = as_user(application.applicant)

    for name in SECTIONS:
        path = f"{application.get_absolute_url()}/edit/{name.replace('_', '-')}"
        page = client.get(path).content.decode()
        assert "Have you completed this section?" in page


def test_a_part_that_is_not_asked_for_is_not_there(as_user):
    application = ApplicationFactory(department_decides=False)
    client = as_user(application.applicant)
    base = f"{application.get_absolute_url()}/edit"

    assert client.get(f"{base}/business-case").status_code == 404
    assert client.get(f"{base}/no-such-part").status_code == 404


def test_the_details_come_from_the_profile(as_user, application):
    client = as_user(application.applicant)

    page = client.get(f"{application.get_absolute_url()}/edit/details").content.decode()

    assert application.applicant.name in page
    assert str(application.department) in page


def test_words_are_kept_whether_completed_or_not(as_user, application):
    send(as_user, application, "why", completed="no", why="Half a sentence")

    application.refresh_from_db()
    assert (application.why, application.finished_sections) == ("Half a sentence", [])


def test_an_empty_part_may_be_left_for_later(as_user, application):
    assert send(as_user, application, "why", completed="no", why="").status_code == 302


@pytest.mark.parametrize(
    ("section", "answers", "error"),
    [
        ("why", {"why": ""}, "Enter why you want this opportunity"),
        (
            "why",
            {"why": "word " * 301},
            "Why you want this opportunity must be 300 words or fewer",
        ),
        ("bring-back", {"bring_back": ""}, "Enter what you will bring back"),
        ("manager", {"name": "", "email": ""}, "Enter your line manager’s email address"),
        ("manager", {"name": "A", "email": "a"}, "Enter an email address in the correct format"),
        ("business-case", {"business_case": ""}, "Enter the business case"),
        ("dates", {}, "Enter the start date"),
        ("dates", {"starts_on_day": "1", "starts_on_year": "2027"}, "must include a month"),
        (
            "dates",
            {"starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2027"},
            "Start date must be a real date",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said(as_user, application, section, answers, error):
    assert error in said(send(as_user, application, section, **answers))


def test_one_has_to_say_whether_it_is_complete(as_user, application):
    page = said(send(as_user, application, "why", completed="", why="x"))

    assert "Select whether you have completed this section" in page


def test_the_manager_is_somebody_else_in_the_same_department(as_user, application):
    own = send(as_user, application, "manager", name="Me", email=application.applicant.email)
    assert "must be different from yours" in said(own)

    other = send(as_user, application, "manager", name="A", email="a@elsewhere.gov.uk")
    assert f"like @{application.department.slug}.gov.uk" in said(other)


def test_dates_stay_inside_the_opportunity(as_user, application):
    opportunity = application.opportunity
    early, late = opportunity.starts_on, opportunity.ends_on
    one = dt.timedelta(days=1)

    page = said(
        send(
            as_user,
            application,
            "dates",
            **day("starts_on", early - one),
            **day("ends_on", late + one),
        )
    )
    assert f"Start date must be on or after {date_short(early)}" in page
    assert f"End date must be on or before {date_short(late)}" in page

    page = said(
        send(as_user, application, "dates", **day("starts_on", late), **day("ends_on", early))
    )
    assert "End date must be after start date" in page


def test_dates_stay_clear_of_another_placement(as_user, application):
    other = ApplicationFactory(
        applicant=application.applicant,
        status=ApplicationStatus.CONFIRMED,
        manager=application.manager,
    )

    page = said(
        send(
            as_user,
            application,
            "dates",
            **day("starts_on", other.starts_on),
            **day("ends_on", other.ends_on),
        )
    )

    assert "You are on a placement from" in page


def test_adjustments_wait_for_an_offer_unless_they_say_otherwise(as_user, application):
    send(as_user, application, "adjustments", adjustments="Step-free access")
    application.refresh_from_db()
    assert not application.adjustments_with_application

    send(
        as_user,
        application,
        "adjustments",
        adjustments="Step-free access",
        adjustments_with_application="yes",
    )
    application.refresh_from_db()
    assert application.adjustments_with_application


def test_the_business_case_starts_from_what_we_know(as_user, application):
    client = as_user(application.applicant)

    page = client.get(f"{application.get_absolute_url()}/edit/business-case").content.decode()

    assert "Development need" in page
    assert "Learn how models are tested" in page
    assert "Cost to the department" in page


def test_an_older_page_keeps_what_was_typed_and_shows_what_is_saved(as_user, application):
    Application.objects.filter(pk=application.pk).update(version=9, why="Saved meanwhile.")

    response = send(as_user, application, "why", version=1, why="Typed here.")

    page = response.content.decode()
    assert "another window" in page
    assert "Typed here." in page
    assert "Saved meanwhile." in page
    assert 'name="version" value="9"' in page
    again = send(as_user, application, "why", version=9, why="Typed here.")
    assert again.status_code == 302
    application.refresh_from_db()
    assert application.why == "Typed here."


def test_what_is_sent_cannot_be_changed(as_user):
    application = ApplicationFactory(status=ApplicationStatus.SENT)

    response = send(as_user, application, "why", why="x")

    assert response.url == application.get_absolute_url()


@pytest.mark.parametrize(
    "words",
    [
        "Zoë’s “first” line\r\n\r\n  and a second, indented",
        "<b>bold</b> & 5 < 6 { 7*7 } <script>alert(1)</script>",
        "'; DROP TABLE people_user; --",
        "\N{COLLISION SYMBOL} \N{FAMILY} \N{ARABIC LETTER ALEF}\N{ARABIC-INDIC DIGIT THREE}",
        "=1+1",
    ],
)
def test_what_was_written_is_saved_as_it_was_and_shown_as_text(as_user, application, words):
    assert send(as_user, application, "why", why=words).status_code == 302

    application.refresh_from_db()
    assert application.why == words.replace("\r\n", "\n")
    path = f"{application.get_absolute_url()}/edit/why"
    page = as_user(application.applicant).get(path).content.decode()
    assert application.why in unescape(page).replace("\r\n", "\n")
    assert "<b>bold</b>" not in page
