"""Today, working days and deadlines, in the nation of the person who must act."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from govuk_bank_holidays.bank_holidays import BankHolidays

LONDON = ZoneInfo("Europe/London")
CLOSE_OF_DAY = dt.time(17)
DIVISIONS = {
    "england": BankHolidays.ENGLAND_AND_WALES,
    "wales": BankHolidays.ENGLAND_AND_WALES,
    "scotland": BankHolidays.SCOTLAND,
    "northern-ireland": BankHolidays.NORTHERN_IRELAND,
}


def today() -> dt.date:
    """Give the date in London now; tests move it by moving the clock."""
    return timezone.now().astimezone(LONDON).date()


@cache
def bank_holidays(nation: str) -> frozenset[dt.date]:
    """List the bank holidays of a nation, from the data the library ships (2012 to 2028)."""
    holidays = BankHolidays(use_cached_holidays=True)
    return frozenset(row["date"] for row in holidays.get_holidays(DIVISIONS[nation]))


def is_working_day(day: dt.date, nation: str = "england") -> bool:
    """Tell whether people work on this day: not a weekend, not a bank holiday of the nation."""
    return day.weekday() < 5 and day not in bank_holidays(nation)  # noqa: PLR2004 - Saturday


def add_working_days(day: dt.date, count: int, nation: str = "england") -> dt.date:
    """Go forward by ``count`` working days; 0 gives the day itself or the next working day."""
    while not is_working_day(day, nation):
        day += dt.timedelta(days=1)
    for _ in range(count):
        day += dt.timedelta(days=1)
        while not is_working_day(day, nation):
            day += dt.timedelta(days=1)
    return day


def subtract_working_days(day: dt.date, count: int, nation: str = "england") -> dt.date:
    """Go back by ``count`` working days."""
    for _ in range(count):
        day -= dt.timedelta(days=1)
        while not is_working_day(day, nation):
            day -= dt.timedelta(days=1)
    return day


def working_days_between(start: dt.date, end: dt.date, nation: str = "england") -> int:
    """Count the working days from ``start`` to ``end``, both included; else 0."""
    if end < start:
        return 0
    days = (end - start).days + 1
    weeks, rest = divmod(days, 7)
    count = weeks * 5 + sum((start.weekday() + n) % 7 < 5 for n in range(rest))  # noqa: PLR2004
    return count - sum(
        start <= holiday <= end and holiday.weekday() < 5  # noqa: PLR2004 - Saturday
        for holiday in bank_holidays(nation)
    )


def deadline(day: dt.date) -> dt.datetime:
    """Give the moment a day's work is due: 5pm in London."""
    return dt.datetime.combine(day, CLOSE_OF_DAY, tzinfo=LONDON)
