"""How dates, money, counts and written text look on a page and in a mail."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

LONDON = ZoneInfo("Europe/London")
CLOSE_OF_DAY = dt.time(17)
MIDDAY = dt.time(12)
MIDNIGHT = dt.time(0)
MINUS = "\N{MINUS SIGN}"


def in_london(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Move an instant to London's clock; a plain date stays as it is."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(LONDON)
    return value


def _day(value: dt.date | dt.datetime) -> dt.date:
    local = in_london(value)
    return local.date() if isinstance(local, dt.datetime) else local


@lru_cache(maxsize=4096)
def _spelled(day: dt.date, pattern: str, _language: str | None) -> str:
    # a list spells the same few hundred days again and again
    return format_date(day, pattern)


def date_long(value: dt.date | dt.datetime) -> str:
    """Spell a date with its weekday: Friday 12 June 2026."""
    return _spelled(_day(value), "l j F Y", get_language())


def date_short(value: dt.date | dt.datetime) -> str:
    """Spell a date: 12 June 2026."""
    return _spelled(_day(value), "j F Y", get_language())


def month_name(value: dt.date) -> str:
    """Spell a month: June 2026."""
    return format_date(value, "F Y")


def time_of_day(value: dt.datetime | dt.time) -> str:
    """Spell a time as people say it: 5pm, 9:30am, midday."""
    clock = value
    if isinstance(value, dt.datetime):
        local = in_london(value)
        clock = local.time() if isinstance(local, dt.datetime) else MIDNIGHT
    if clock == MIDDAY:
        return _("midday")
    if clock == MIDNIGHT:
        return _("midnight")
    hour = clock.hour % 12 or 12
    half = _("am") if clock.hour < MIDDAY.hour else _("pm")
    return f"{hour}:{clock.minute:02}{half}" if clock.minute else f"{hour}{half}"


def deadline(value: dt.date | dt.datetime) -> str:
    """Spell a deadline; a plain date ends at 5pm: 5pm on Friday 12 June 2026."""
    clock = value if isinstance(value, dt.datetime) else CLOSE_OF_DAY
    return _("%(time)s on %(date)s") % {"time": time_of_day(clock), "date": date_long(value)}


def duration(value: dt.timedelta) -> str:
    """Say how long something took in its largest unit: 3 minutes, 2 hours, 5 days."""
    seconds = max(0, int(value.total_seconds()))
    for size, one, many in (
        (86_400, _("day"), _("days")),
        (3_600, _("hour"), _("hours")),
        (60, _("minute"), _("minutes")),
    ):
        if seconds >= size:
            return plural(seconds // size, one, many)
    return plural(seconds, _("second"), _("seconds"))


def money(value: Decimal | float) -> str:
    """Write an amount in pounds, with pence only when there are any: £1,200."""
    amount = Decimal(str(value))
    figures = f"{abs(amount):,.0f}" if amount == amount.to_integral() else f"{abs(amount):,.2f}"
    return f"{MINUS}£{figures}" if amount < 0 else f"£{figures}"


def plural(count: int, one: str, many: str) -> str:
    """Say how many there are of something: 1 place, 3 places."""
    return f"{count:,} {one if count == 1 else many}"


def paragraphs(text: str) -> SafeString:
    """Turn text that somebody typed into escaped paragraphs, each with its own direction."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return format_html_join(
        "\n",
        '<p class="govuk-body" dir="auto">{}</p>',
        ((_with_breaks(block),) for block in blocks if block),
    )


def letter(text: str) -> SafeString:
    """Show a plain text e-mail as paragraphs, with links where it has addresses."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    linked = (urlize(_with_breaks(block), autoescape=False) for block in blocks if block)
    shown = ((mark_safe(each.replace("<a ", '<a class="govuk-link" ')),) for each in linked)  # noqa: S308 - _with_breaks escaped it
    return format_html_join("\n", '<p class="govuk-body">{}</p>', shown)


def _with_breaks(block: str) -> SafeString:
    lines = ((line.strip(),) for line in block.split("\n"))
    broken = format_html_join(mark_safe("<br>"), "{}", lines)
    return format_html("{}", broken)


FILTERS = {
    "date_long": date_long,
    "date_short": date_short,
    "deadline": deadline,
    "duration": duration,
    "letter": letter,
    "money": money,
    "month_name": month_name,
    "paragraphs": paragraphs,
    "plural": plural,
    "time_of_day": time_of_day,
}
