"""An opportunity's dates for a calendar, and the newest opportunities as a feed."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from icalendar import Alarm, Calendar, Event

from core.calendar import LONDON, deadline, subtract_working_days
from placements.models import Opportunity

REMIND_DAYS_BEFORE = 2
REMIND_AT = dt.time(9)
NEWEST = 50


@login_not_required
@require_safe
def opportunity_dates(request: HttpRequest, reference: str) -> HttpResponse:
    """Give closing, choosing, start and end as a calendar file."""
    opportunity = get_object_or_404(
        Opportunity.objects.visible_to(request.user).with_details(), reference=reference
    )
    link = request.build_absolute_uri(opportunity.get_absolute_url())
    response = HttpResponse(
        calendar_of(opportunity, link).to_ical(), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{reference}.ics"'
    return response


def calendar_of(opportunity: Opportunity, link: str) -> Calendar:
    """Write an opportunity's dates; the same date keeps its identity when it moves."""
    calendar = Calendar()
    calendar.add("prodid", "-//STEM Futures//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    closing = _event(opportunity, link, "closing", _("Applications close"))
    closing.add("dtstart", deadline(opportunity.closing_on))
    closing.add("dtend", deadline(opportunity.closing_on) + dt.timedelta(minutes=30))
    closing.add_component(_reminder(opportunity))
    calendar.add_component(closing)
    for name, label, day in (
        ("choosing", _("Host chooses by"), opportunity.choosing_on),
        ("start", _("Starts"), opportunity.starts_on),
        ("end", _("Ends"), opportunity.ends_on),
    ):
        event = _event(opportunity, link, name, label)
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar


def _event(opportunity: Opportunity, link: str, name: str, label: str) -> Event:
    event = Event()
    event.add("uid", f"{opportunity.reference}-{name}@stemfutures")
    event.add("sequence", opportunity.version)
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("summary", f"{label}: {opportunity.title}")
    event.add("description", link)
    event.add("url", link)
    event.add("location", opportunity.town.name)
    event.add("transp", "TRANSPARENT")
    return event


def _reminder(opportunity: Opportunity) -> Alarm:
    day = subtract_working_days(opportunity.closing_on, REMIND_DAYS_BEFORE)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Applications close soon: %s") % opportunity.title)
    alarm.add("trigger", dt.datetime.combine(day, REMIND_AT, tzinfo=LONDON).astimezone(dt.UTC))
    return alarm


class NewestFeed(Feed):  # type: ignore[type-arg] # one item type, not worth naming twice
    """The newest public opportunities, as Atom."""

    feed_type = Atom1Feed
    login_required = False  # what LoginRequiredMiddleware asks of a view
    title = gettext_lazy("STEM Futures: newest opportunities")
    subtitle = gettext_lazy("Shadowing, placements, mentoring and exchanges you can apply for.")

    def link(self) -> str:
        """Give the list that the feed follows."""
        return reverse("opportunity-list")

    def items(self) -> list[Opportunity]:
        """List the newest first."""
        newest = Opportunity.objects.taking_applications().with_details().newest_first()
        return list(newest[:NEWEST])

    def item_title(self, item: Opportunity) -> str:
        """Name the opportunity and its host."""
        return escape(f"{item.title} – {item.organisation.name}")

    def item_description(self, item: Opportunity) -> str:
        """Say what it is, as text that a reader shows as text."""
        return escape(item.summary)

    def item_guid(self, item: Opportunity) -> str:
        """Give a name that stays when the title changes."""
        return f"tag:stemfutures,2026:{item.reference}"

    def item_pubdate(self, item: Opportunity) -> dt.datetime | None:
        """Tell when it was published."""
        return item.published_at

    def item_updateddate(self, item: Opportunity) -> dt.datetime | None:
        """Tell when it was published, which is what we know."""
        return item.published_at


newest_feed = login_not_required(require_safe(NewestFeed()))
