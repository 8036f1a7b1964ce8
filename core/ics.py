"""Calendar files: dates that people can put into their own calendar."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from icalendar import Alarm, Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One line of a calendar: a whole day or days, or a moment; the uid never changes."""

    uid: str
    title: str
    starts: dt.date | dt.datetime
    ends: dt.date | None = None
    link: str = ""
    warn_days_before: int = 0


def calendar_file(entries: Iterable[Entry]) -> bytes:
    """Write a calendar file that every calendar program reads."""
    calendar = Calendar()
    calendar.add("prodid", "-//STEM Futures//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@stemfutures")
    event.add("dtstamp", timezone.now())
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    if entry.ends is not None:
        event.add("dtend", entry.ends + dt.timedelta(days=1))
    if entry.link:
        event.add("url", entry.link)
    if entry.warn_days_before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -dt.timedelta(days=entry.warn_days_before))
        event.add_component(alarm)
    return event
