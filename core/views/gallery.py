"""Every component and every kind of field on one page, for those who build pages."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.forms import GalleryForm
from core.wording import Colour, Wording

MOMENT = dt.datetime(2026, 6, 12, 16, tzinfo=dt.UTC)
EARLIER = dt.date(2026, 6, 1)
REFUSED = {
    "refused-start_day": "31",
    "refused-start_month": "2",
    "refused-start_year": "2026",
    "refused-days": "many",
    "refused-why": "x" * 201,
    "refused-places": ["leeds", "atlantis"],
}


@dataclass(frozen=True)
class Stage:
    """One stage of the tracker."""

    label: str
    state: str
    who: str = ""
    since: dt.date | None = None
    due: dt.date | None = None


@dataclass(frozen=True)
class Event:
    """One event of the timeline."""

    title: str
    when: dt.datetime
    who: str = ""
    text: str = ""


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; only where nobody really works."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    context = {
        "plain": GalleryForm(prefix="plain"),
        "refused": GalleryForm(REFUSED, prefix="refused"),
        "wordings": [Wording(colour.value.capitalize(), colour) for colour in Colour],
        "page": Paginator(range(95), 10).get_page(request.GET.get("page", 3)),
        "moment": MOMENT,
        "earlier": EARLIER,
        "stages": [
            Stage(_("Application sent"), "done", _("You"), EARLIER),
            Stage(_("Host decides"), "current", _("Ada Byron, Acme Ltd"), EARLIER, MOMENT),
            Stage(_("Second check"), "not_needed"),
            Stage(_("Everyone signs"), "waiting", _("You, the host and your department")),
        ],
        "events": [
            Event(_("Host asked a question"), MOMENT, "Ada Byron", "First.\n\nSecond <b>."),
            Event(_("Application sent"), MOMENT),
        ],
    }
    return render(request, "core/gallery.html", context)
