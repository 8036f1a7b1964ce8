"""Dates for calendars, and the feed."""

import datetime as dt
from xml.etree import ElementTree as ET

import icalendar
import pytest

from placements.choices import OpportunityStatus
from tests.factories.people import UserFactory
from tests.factories.placements import OpportunityFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def calendar_of(client, opportunity):
    response = client.get(f"/opportunities/{opportunity.reference}/dates.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    parsed = icalendar.Calendar.from_ical(response.content)
    return {str(each["UID"]).split("-")[2].split("@")[0]: each for each in parsed.walk("VEVENT")}


def test_the_four_dates_keep_their_identity(client):
    opportunity = OpportunityFactory(version=3)

    events = calendar_of(client, opportunity)

    assert set(events) == {"closing", "choosing", "start", "end"}
    assert str(events["closing"]["UID"]) == f"{opportunity.reference}-closing@stemfutures"
    assert {each["SEQUENCE"] for each in events.values()} == {3}
    assert events["start"].decoded("DTSTART") == opportunity.starts_on


@pytest.mark.parametrize(("day", "offset"), [(dt.date(2027, 1, 15), 0), (dt.date(2027, 7, 2), 1)])
def test_closing_is_5pm_in_london_in_winter_and_summer(client, day, offset):
    opportunity = OpportunityFactory(closing_on=day, starts_on=day + dt.timedelta(days=60))

    starts = calendar_of(client, opportunity)["closing"].decoded("DTSTART")

    assert starts.hour == 17
    assert starts.utcoffset() == dt.timedelta(hours=offset)


def test_the_reminder_is_two_working_days_before(client):
    monday = dt.date(2027, 6, 14)

    closing = calendar_of(
        client, OpportunityFactory(closing_on=monday, starts_on=dt.date(2027, 9, 1))
    )["closing"]

    (alarm,) = closing.walk("VALARM")
    assert alarm.decoded("TRIGGER") == dt.datetime(2027, 6, 10, 8, tzinfo=dt.UTC)


def test_the_calendar_of_a_hidden_one_is_not_there(client):
    draft = OpportunityFactory(draft=True)

    assert client.get(f"/opportunities/{draft.reference}/dates.ics").status_code == 404


def test_hostile_text_stays_inside_its_line(client):
    opportunity = OpportunityFactory(title="A\r\nATTENDEE:mailto:x@example.org;,")

    closing = calendar_of(client, opportunity)["closing"]

    assert "ATTENDEE" not in closing


def test_the_feed_lists_what_is_open_newest_first(client):
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    contact = UserFactory(name="Canary Contact", email="canary@example.org")
    OpportunityFactory(title="Old & <b>bold</b>", published_at=now, contact=contact)
    OpportunityFactory(title="New", published_at=now + dt.timedelta(days=1))
    OpportunityFactory(title="Over", status=OpportunityStatus.CLOSED)

    response = client.get("/opportunities/feed.atom")

    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)  # noqa: S314 - our own feed
    titles = [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]
    names = [title.split(" – ")[0] for title in titles]
    assert names == ["New", "Old &amp; &lt;b&gt;bold&lt;/b&gt;"]
    assert b"anary" not in response.content
