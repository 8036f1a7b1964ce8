"""What happened to an application, in words, as far as each viewer may know."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from experts.models import Membership
from people.models import User
from placements.choices import AGREED
from placements.models import Application

Label = str | Promise

EVERYONE = frozenset({"applicant", "manager", "host", "department", "scheme"})
HOME = EVERYONE - {"host"}
OWN = frozenset({"applicant", "scheme"})
OFFICE = frozenset({"department", "scheme"})
HOST_ONLY = frozenset({"host", "scheme"})

TITLES: dict[str, tuple[Label, frozenset[str]]] = {
    "start": (gettext_lazy("Application started"), OWN),
    "save_section": (gettext_lazy("Answers saved"), OWN),
    "ask_manager": (gettext_lazy("Sent to the line manager"), HOME),
    "send": (gettext_lazy("Sent to the host"), EVERYONE),
    "name_manager": (gettext_lazy("Another line manager named"), HOME),
    "redirect": (gettext_lazy("Passed on to another line manager"), HOME),
    "renew_link": (gettext_lazy("New link sent to the line manager"), HOME),
    "note_silence": (gettext_lazy("No reply from the line manager yet"), HOME),
    "support": (gettext_lazy("Supported by the line manager and sent to the host"), EVERYONE),
    "ask_changes": (gettext_lazy("Line manager asked for changes"), HOME),
    "not_support": (gettext_lazy("Not supported by the line manager"), HOME),
    "take_back_support": (gettext_lazy("Line manager took back their support"), HOME),
    "review": (gettext_lazy("Moved to in review"), EVERYONE - {"department"}),
    "shortlist": (gettext_lazy("Shortlisted"), HOST_ONLY),
    "reserve": (gettext_lazy("Put on the reserve list"), EVERYONE - {"department"}),
    "offer": (gettext_lazy("Place offered"), EVERYONE),
    "promote": (gettext_lazy("Place offered from the reserve list"), EVERYONE),
    "not_select": (gettext_lazy("Not selected"), EVERYONE - {"department"}),
    "close_out": (gettext_lazy("Closed without a place"), EVERYONE - {"department"}),
    "accept": (gettext_lazy("Offer accepted"), EVERYONE),
    "decline": (gettext_lazy("Offer declined"), EVERYONE),
    "match": (gettext_lazy("Place offered in a matching round"), EVERYONE),
    "move_up": (gettext_lazy("Moved to a higher choice in a matching round"), EVERYONE),
    "expire": (gettext_lazy("Offer expired"), EVERYONE),
    "tell_department": (gettext_lazy("Department told"), HOME),
    "approve": (gettext_lazy("Approved by the department"), EVERYONE),
    "approve_with_conditions": (gettext_lazy("Approved with conditions"), HOME),
    "pass_first_check": (gettext_lazy("Passed to a second check"), OFFICE),
    "second_approve": (gettext_lazy("Approved after a second check"), EVERYONE),
    "second_approve_with_conditions": (
        gettext_lazy("Approved with conditions after a second check"),
        HOME,
    ),
    "ask_information": (gettext_lazy("Department asked a question"), HOME),
    "answer_department": (gettext_lazy("Question of the department answered"), HOME),
    "not_approve": (gettext_lazy("Not approved by the department"), EVERYONE),
    "second_not_approve": (gettext_lazy("Not approved after a second check"), EVERYONE),
    "accept_conditions": (gettext_lazy("Conditions accepted"), HOME),
    "confirm": (gettext_lazy("Placement confirmed"), EVERYONE),
    "withdraw": (gettext_lazy("Withdrawn by the applicant"), EVERYONE),
    "cancel_place": (gettext_lazy("Place cancelled by the host"), EVERYONE),
}


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    title: Label
    when: dt.datetime
    who: str = ""


def entries(events: Iterable[Event], application: Application, viewer: str) -> list[Entry]:
    """Tell the events this viewer may know of, newest first; repeated savings once a day."""
    told: list[Entry] = []
    organisation = application.opportunity.organisation_id
    hosts = Membership.objects.live().of_organisation(organisation).user_ids()
    for event in events:
        title, viewers = TITLES.get(event.action, ("", frozenset()))
        if viewer not in viewers:
            continue
        entry = Entry(title, event.at, _who(event.actor, application, viewer, hosts))
        if event.action == "save_section" and told and _same_day(told[-1], entry):
            continue
        told.append(entry)
    return told


def _same_day(one: Entry, other: Entry) -> bool:
    return one.title == other.title and one.when.date() == other.when.date()


def _who(actor: User, application: Application, viewer: str, hosts: set[int]) -> str:
    """Name who acted: people by name, the other side of the table by their organisation."""
    if actor.is_system:
        return _("The service")
    if actor.pk == application.applicant_id:
        return _("You") if viewer == "applicant" else _the_applicant(application, viewer)
    if actor.pk == application.manager_id:
        return _("You") if viewer == "manager" else _line_manager(actor, application, viewer)
    if actor.pk in hosts:
        return str(application.opportunity.organisation)
    return application.department.short_name


def _the_applicant(application: Application, viewer: str) -> str:
    if viewer == "host" and application.status not in AGREED:
        return _("The applicant")
    return application.applicant.name or _("The applicant")


def _line_manager(manager: User, application: Application, viewer: str) -> str:
    if viewer == "host" and application.status not in AGREED:
        return _("The line manager")
    return manager.name or _("The line manager")
