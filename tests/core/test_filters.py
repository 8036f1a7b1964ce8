"""Dates, money, counts and typed text as pages show them."""

import datetime as dt
from decimal import Decimal

import pytest

from core import filters

SUMMER = dt.datetime(2026, 6, 12, 16, tzinfo=dt.UTC)


def test_a_date_is_spelled_out():
    assert filters.date_long(dt.date(2026, 6, 12)) == "Friday 12 June 2026"
    assert filters.date_short(dt.date(2026, 6, 12)) == "12 June 2026"


def test_an_instant_is_told_by_londons_clock():
    assert filters.deadline(SUMMER) == "5pm on Friday 12 June 2026"
    late = dt.datetime(2026, 6, 12, 23, 30, tzinfo=dt.UTC)
    assert filters.deadline(late) == "12:30am on Saturday 13 June 2026"


def test_a_plain_date_ends_at_five():
    assert filters.deadline(dt.date(2026, 1, 2)) == "5pm on Friday 2 January 2026"


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (dt.time(0), "midnight"),
        (dt.time(12), "midday"),
        (dt.time(0, 5), "12:05am"),
        (dt.time(9, 30), "9:30am"),
        (dt.time(13), "1pm"),
    ],
)
def test_a_time_is_said_as_people_say_it(clock, said):
    assert filters.time_of_day(clock) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (1200, "£1,200"),
        (Decimal("1200.50"), "£1,200.50"),
        (0, "£0"),
        (Decimal(-5), "\N{MINUS SIGN}£5"),
    ],
)
def test_money_shows_pence_only_when_there_are_any(amount, said):
    assert filters.money(amount) == said


def test_counts_agree_with_their_noun():
    assert filters.plural(1, "place", "places") == "1 place"
    assert filters.plural(1200, "place", "places") == "1,200 places"


def test_typed_text_is_escaped_and_keeps_its_lines():
    drawn = filters.paragraphs("One <b>\r\ntwo\r\n\r\n\r\nthree")
    assert drawn == (
        '<p class="govuk-body" dir="auto">One &lt;b&gt;<br>two</p>\n'
        '<p class="govuk-body" dir="auto">three</p>'
    )
    assert filters.paragraphs("") == ""
