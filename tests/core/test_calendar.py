"""Working days, in the nation of who must act."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import (
    add_working_days,
    deadline,
    is_working_day,
    today,
    working_days_between,
)

DATES = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
NATIONS = st.sampled_from(["england", "wales", "scotland", "northern-ireland"])


@pytest.mark.parametrize(
    ("day", "nation", "works"),
    [
        (dt.date(2026, 11, 20), "england", True),
        (dt.date(2026, 11, 21), "england", False),
        (dt.date(2026, 12, 25), "scotland", False),
        (dt.date(2026, 11, 30), "scotland", False),
        (dt.date(2026, 11, 30), "england", True),
        (dt.date(2026, 3, 17), "northern-ireland", False),
        (dt.date(2026, 3, 17), "wales", True),
    ],
)
def test_weekends_and_the_nations_bank_holidays_are_not_worked(day, nation, works):
    assert is_working_day(day, nation) is works


def test_a_deadline_skips_the_weekend_and_the_bank_holiday():
    friday = dt.date(2026, 11, 27)

    assert add_working_days(friday, 1, "england") == dt.date(2026, 11, 30)
    assert add_working_days(friday, 1, "scotland") == dt.date(2026, 12, 1)
    assert add_working_days(dt.date(2026, 11, 28), 0) == dt.date(2026, 11, 30)


@given(start=DATES, end=DATES, nation=NATIONS)
def test_counting_by_weeks_equals_counting_one_by_one(start, end, nation):
    days = [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]

    assert working_days_between(start, end, nation) == sum(
        is_working_day(day, nation) for day in days
    )


@given(start=DATES, count=st.integers(0, 60), nation=NATIONS)
def test_going_forward_lands_on_a_working_day_that_many_later(start, count, nation):
    end = add_working_days(start, count, nation)

    assert is_working_day(end, nation)
    assert working_days_between(start, end, nation) == count + is_working_day(start, nation) + (
        not is_working_day(start, nation)
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-30T23:30:00Z", dt.date(2026, 7, 1)),
        ("2026-12-31T23:30:00Z", dt.date(2026, 12, 31)),
    ],
)
def test_today_is_the_day_in_london(moment, day):
    with time_machine.travel(moment, tick=False):
        assert today() == day


def test_a_day_is_due_at_five_in_london_on_both_sides_of_the_clock_change():
    assert deadline(dt.date(2026, 7, 1)).utctimetuple()[3] == 16
    assert deadline(dt.date(2026, 12, 1)).utctimetuple()[3] == 17
