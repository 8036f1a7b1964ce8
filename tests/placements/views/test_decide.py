"""A host decides on several people, checks what they will get, and sends it."""

import datetime as dt

import pytest
from django.urls import reverse

from core.calendar import today
from notifications.models import Message
from notifications.rendering import render
from placements.actions import hosts
from placements.choices import ApplicationStatus as S
from tests.factories.experts import host_of
from tests.factories.placements import ApplicationFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opportunity():
    return OpportunityFactory(places=1)


@pytest.fixture
def host(opportunity):
    return host_of(opportunity.organisation)


@pytest.fixture
def client(as_user, host):
    return as_user(host)


@pytest.fixture
def rows(opportunity):
    return [ApplicationFactory(opportunity=opportunity, status=S.SENT) for _number in range(3)]


def where(opportunity, name="decisions"):
    return reverse(name, args=[opportunity.organisation.slug, opportunity.reference])


def decide(client, opportunity, decisions):
    data = {f"{row.reference}-decision": step for row, step in decisions}
    return client.post(where(opportunity), data)


def usual_terms(row):
    """Answer with the dates asked for, and a week to reply."""
    days = {
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "reply_by": today() + dt.timedelta(days=7),
    }
    data = {f"{row.reference}-hours_a_week": 30, f"{row.reference}-terms": "Bring boots."}
    for name, day in days.items():
        key = f"{row.reference}-{name}"
        data |= {f"{key}_day": day.day, f"{key}_month": day.month, f"{key}_year": day.year}
    return data


def give_terms(client, opportunity, *rows):
    data = {}
    for row in rows:
        data |= usual_terms(row)
    return client.post(where(opportunity, "decisions-offers"), data)


def give_reasons(client, opportunity, *rows):
    data = {}
    for row in rows:
        data |= {f"{row.reference}-reasons": ["dates"], f"{row.reference}-note": "Try in spring."}
    return client.post(where(opportunity, "decisions-reasons"), data)


def press_send(client, opportunity, **more):
    draft = client.session[f"decisions:{opportunity.reference}"]
    return client.post(where(opportunity, "decisions-check"), {"submit": draft["submit"], **more})


@pytest.fixture
def ready(client, opportunity, rows):
    """Come as far as the check page with one offer, one reserve and one not selected."""
    decide(client, opportunity, zip(rows, ("offer", "reserve", "not_select"), strict=True))
    give_terms(client, opportunity, rows[0])
    give_reasons(client, opportunity, rows[2])
    return rows


def test_every_applicant_needs_a_decision(client, opportunity, rows):
    html = decide(client, opportunity, [(rows[0], "offer")]).content.decode()

    assert "Select a decision for applicant 2" in html
    assert "Select a decision for applicant 1" not in html
    assert "<title>Error: " in html


def test_deciding_later_about_everybody_is_no_decision(client, opportunity, rows):
    html = decide(client, opportunity, [(row, "later") for row in rows]).content.decode()

    assert "Select a decision for at least one applicant" in html


def test_terms_and_reasons_are_asked_for_one_after_the_other(client, opportunity, rows):
    decisions = zip(rows, ("offer", "not_select", "later"), strict=True)

    first = decide(client, opportunity, decisions)
    second = give_terms(client, opportunity, rows[0])
    third = give_reasons(client, opportunity, rows[1])

    assert first.url == where(opportunity, "decisions-offers")
    assert second.url == where(opportunity, "decisions-reasons")
    assert third.url == where(opportunity, "decisions-check")


def test_reasons_are_needed(client, opportunity, rows):
    decide(client, opportunity, [(row, "not_select") for row in rows])

    html = client.post(where(opportunity, "decisions-reasons")).content.decode()

    for number in (1, 2, 3):
        assert f"Select at least one reason for applicant {number}" in html


@pytest.mark.parametrize(
    ("name", "parts", "text"),
    [
        ("starts_on", (1, 1, 2020), "Start date for applicant 1 must be in the future"),
        ("ends_on", (1, 1, 2021), "End date for applicant 1 must be after start date"),
        ("reply_by", (1, 1, 2020), "Reply-by date for applicant 1 must be in the future"),
        ("reply_by", (1, 1, 2099), "Reply-by date for applicant 1 must be before start date"),
        ("starts_on", ("", "", ""), "Enter the start date for applicant 1"),
    ],
)
def test_the_dates_of_an_offer_must_fit(  # noqa: PLR0913, PLR0917 - a table of three columns
    client, opportunity, rows, name, parts, text
):
    decide(client, opportunity, [(rows[0], "offer"), *((row, "later") for row in rows[1:])])
    data = usual_terms(rows[0])
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        data[f"{rows[0].reference}-{name}_{part}"] = value

    assert text in client.post(where(opportunity, "decisions-offers"), data).content.decode()


@pytest.mark.parametrize("hours", ["0", "38", "", "many"])
def test_the_hours_of_an_offer_must_fit(client, opportunity, rows, hours):
    decide(client, opportunity, [(rows[0], "offer"), *((row, "later") for row in rows[1:])])
    data = usual_terms(rows[0])
    data[f"{rows[0].reference}-hours_a_week"] = hours

    html = client.post(where(opportunity, "decisions-offers"), data).content.decode()

    assert "Hours a week for applicant 1 must be between 1 and 37" in html


def test_the_check_page_shows_the_mails_word_for_word(client, opportunity, ready):
    html = client.get(where(opportunity, "decisions-check")).content.decode()

    assert "You have an offer – reply by 5pm" in html
    assert "Bring boots." in html
    assert "has put you on the reserve list" in html
    assert "The dates do not fit" in html
    assert "Try in spring." in html
    assert not Message.objects.exists()


def test_what_is_sent_is_what_was_checked(client, opportunity, ready):
    html = client.get(where(opportunity, "decisions-check")).content.decode()
    press_send(client, opportunity)

    for message in Message.objects.select_related("recipient"):
        for line in render(message)[1].splitlines():
            plain = line.strip().replace("’", "’")
            assert plain.replace("'", "&#x27;").replace("&", "&amp;") in html or plain in html


def test_sending_decides_and_says_what_comes_next(client, opportunity, ready):
    response = press_send(client, opportunity)

    assert response.url == where(opportunity, "decisions-done")
    html = client.get(response.url).content.decode()
    assert "Decisions sent" in html
    assert "You do not need to do anything until" in html
    for row in ready:
        row.refresh_from_db()
    assert [row.status for row in ready] == [S.OFFERED, S.RESERVE, S.NOT_SELECTED]


def test_pressing_twice_sends_once(client, opportunity, ready):
    press_send(client, opportunity)
    response = press_send(client, opportunity)

    assert response.url == where(opportunity, "decisions-done")
    assert Message.objects.count() == 3


def test_what_changed_meanwhile_is_listed(client, opportunity, ready, host):
    hosts.sort(ready[1], by=host, step="shortlist")

    response = press_send(client, opportunity)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Some applications changed while you were deciding" in html
    assert ready[1].applicant.name in html
    assert "now “Shortlisted”" in html
    assert ready[0].applicant.name not in html
    assert not Message.objects.exists()


def test_the_check_page_itself_says_what_changed(client, opportunity, ready, host):
    hosts.sort(ready[1], by=host, step="shortlist")

    assert client.get(where(opportunity, "decisions-check")).status_code == 409


def test_too_many_offers_stop_at_a_page(client, opportunity, rows):
    decide(client, opportunity, zip(rows, ("offer", "offer", "later"), strict=True))
    give_terms(client, opportunity, *rows[:2])

    html = press_send(client, opportunity).content.decode()

    assert "You are making 2 offers for 1 place" in html
    assert "Go back" in html
    assert "Send anyway and add a place" in html
    assert not Message.objects.exists()
    press_send(client, opportunity, new_places="1")
    opportunity.refresh_from_db()
    assert (opportunity.places, opportunity.held) == (2, 2)


def test_the_pages_out_of_order_lead_back(client, opportunity, rows):
    for name in ("decisions-offers", "decisions-reasons", "decisions-check"):
        assert client.get(where(opportunity, name)).url == where(opportunity)
    done = client.get(where(opportunity, "decisions-done"))
    assert done.url == where(opportunity, "organisation-applicants")


def test_one_applicant_can_be_decided_on_alone(client, opportunity, rows):
    html = client.get(where(opportunity), {"ref": rows[1].reference}).content.decode()

    assert rows[1].applicant.name in html
    assert rows[0].applicant.name not in html


def test_there_is_nobody_to_decide_on(client, opportunity):
    assert "There is nobody to decide on" in client.get(where(opportunity)).content.decode()
