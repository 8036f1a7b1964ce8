"""Where an application stands for one viewer: tracker, whose turn, what they can do next."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from core.filters import date_long
from core.wording import Audience, Colour, Wording
from people.models import User
from placements.choices import (
    AGREED,
    HOLDS_A_PLACE,
    LIVE,
    LIVE_PLACEMENT,
    OVER,
    WITH_THE_DEPARTMENT,
    WITH_THE_HOST,
    WITH_THE_MANAGER,
    PlacementStatus,
)
from placements.choices import ApplicationStatus as S
from placements.lifecycle import APPLICATION
from placements.models import Application, Placement
from placements.permissions import is_applicant, is_asked_manager, is_department_admin, is_host
from placements.wording import APPLICATION_WORDING, PLACEMENT_WORDING, Turn


class Viewer(StrEnum):
    """As what somebody looks at an application."""

    APPLICANT = "applicant"
    MANAGER = "manager"
    HOST = "host"
    DEPARTMENT = "department"
    SCHEME = "scheme"


def viewer_of(user: User, application: Application) -> Viewer:
    """Tell as what this person sees it: the nearest relation counts."""
    if is_applicant(user, application):
        return Viewer.APPLICANT
    if is_asked_manager(user, application):
        return Viewer.MANAGER
    if is_host(user, application):
        return Viewer.HOST
    if is_department_admin(user, application):
        return Viewer.DEPARTMENT
    return Viewer.SCHEME


def status_for(application: Application, viewer: Viewer) -> Wording:
    """Give the tag this viewer reads."""
    row = APPLICATION_WORDING[application.status]
    if viewer == Viewer.MANAGER and application.status in WITH_THE_MANAGER:
        return Wording(_("To answer"), Colour.ORANGE)
    audience = {Viewer.HOST: Audience.HOST, Viewer.DEPARTMENT: Audience.DEPARTMENT}.get(viewer)
    said = row.for_audience(audience) if audience else None
    if said is None and viewer == Viewer.HOST:
        return Wording(_("Not with you"), Colour.GREY)
    return said or row.applicant


def applicant_name(application: Application, viewer: Viewer) -> str:
    """Name the applicant; a host reads the reference until they offer a place."""
    if viewer == Viewer.HOST and application.status not in HOLDS_A_PLACE:
        return _("Applicant %(reference)s") % {"reference": application.reference}
    return application.applicant.name or _("The applicant")


def manager_name(application: Application, viewer: Viewer) -> str:
    """Name the line manager; a host reads who they are once the place is agreed."""
    manager = application.manager
    if manager is None or (viewer == Viewer.HOST and application.status not in AGREED):
        return _("The line manager")
    return manager.name or _("The line manager")


@dataclass(frozen=True)
class WhoseTurn:
    """Who acts next, on what, since when and until when: the same for everybody."""

    who: str
    what: str
    since: dt.datetime
    due: dt.date | None
    is_overdue: bool
    is_viewer: bool


TURN_OF_VIEWER = {
    Viewer.APPLICANT: Turn.APPLICANT,
    Viewer.MANAGER: Turn.MANAGER,
    Viewer.HOST: Turn.HOST,
    Viewer.DEPARTMENT: Turn.DEPARTMENT,
}


def whose_turn(application: Application, viewer: Viewer) -> WhoseTurn | None:
    """Tell who has to act next; nobody when it is over or confirmed."""
    turn = APPLICATION_WORDING[application.status].turn
    if turn == Turn.NOBODY:
        return None
    is_viewer = TURN_OF_VIEWER.get(viewer) == turn
    return WhoseTurn(
        who=_("You") if is_viewer else _who(application, turn, viewer),
        what=_what(application.status),
        since=application.status_since,
        due=application.due_on,
        is_overdue=application.is_overdue,
        is_viewer=is_viewer,
    )


def _who(application: Application, turn: Turn, viewer: Viewer) -> str:
    return {
        Turn.APPLICANT: applicant_name(application, viewer),
        Turn.MANAGER: manager_name(application, viewer),
        Turn.HOST: str(application.opportunity.organisation),
        Turn.DEPARTMENT: application.department.short_name,
    }[turn]


def _what(status: str) -> str:
    return {
        S.DRAFT: _("Complete the application and send it."),
        S.WITH_MANAGER: _("Decide whether to support the application."),
        S.MANAGER_SILENT: _("Decide whether to support the application."),
        S.MANAGER_CHANGES: _("Make the changes the line manager asked for and send it again."),
        S.SENT: _("Read the application and choose."),
        S.IN_REVIEW: _("Choose whom to offer a place."),
        S.SHORTLISTED: _("Choose whom to offer a place."),
        S.RESERVE: _("Offer a place if one becomes free."),
        S.OFFERED: _("Accept or decline the place."),
        S.WITH_DEPARTMENT: _("Decide whether to approve."),
        S.SECOND_CHECK: _("Check the decision a second time."),
        S.DEPT_INFO: _("Answer the department’s question."),
        S.APPROVED_CONDITIONS: _("Accept the conditions."),
    }[S(status)]


class StageState(StrEnum):
    """How far a stage of the tracker is, in the component's words."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Stage:
    """One stage of the tracker."""

    label: str
    state: StageState
    who: str = ""
    since: dt.datetime | None = None
    due: dt.date | None = None


STAGE_OF = (
    {S.DRAFT: 0, S.MANAGER_CHANGES: 0, S.NOT_SUPPORTED: 1, S.NOT_SELECTED: 2, S.OFFERED: 3}
    | {S.OFFER_DECLINED: 3, S.OFFER_EXPIRED: 3, S.NOT_APPROVED: 4, S.PLACE_CANCELLED: 4}
    | {S.APPROVED_CONDITIONS: 4, S.APPROVED: 5, S.CONFIRMED: 6}
    | dict.fromkeys(WITH_THE_MANAGER, 1)
    | dict.fromkeys(WITH_THE_HOST, 2)
    | dict.fromkeys(WITH_THE_DEPARTMENT, 4)
)


def tracker(application: Application, viewer: Viewer) -> list[Stage]:
    """Draw the way from draft to confirmed, as this department's ladder has it."""
    at = STAGE_OF.get(S(application.status), 2 if application.sent_at else 0)
    labels = (
        (_("Application written"), True),
        (_("Line manager supports"), application.manager_decides),
        (_("Host chooses"), True),
        (_("Offer accepted"), True),
        (_("Department approves"), application.department_decides),
        (_("Confirmed"), True),
    )
    return [
        _stage(application, viewer, label, number - at, is_needed=is_needed)
        for number, (label, is_needed) in enumerate(labels)
    ]


def _stage(
    application: Application, viewer: Viewer, label: str, ahead: int, *, is_needed: bool
) -> Stage:
    is_over = application.status in OVER
    if not is_needed or (is_over and ahead > 0):
        return Stage(label, StageState.NOT_NEEDED)
    if ahead < 0:
        return Stage(label, StageState.DONE)
    if ahead > 0:
        return Stage(label, StageState.WAITING)
    turn = whose_turn(application, viewer)
    if turn is None:
        said = str(status_for(application, viewer).label)
        state = StageState.DONE if is_over else StageState.CURRENT
        return Stage(label, state, said, application.status_since)
    return Stage(label, StageState.CURRENT, turn.who, turn.since, turn.due)


@dataclass(frozen=True)
class NextStep:
    """A button: what the viewer may do, and where."""

    name: str
    label: str
    href: str
    kind: str = "secondary"


def _own(page: str) -> str:
    return f"application-{page}"


APPLICANT_PAGES = {
    "ask_manager": _own("tasks"),
    "send": _own("tasks"),
    "accept": _own("offer"),
    "answer_department": _own("answer"),
    "accept_conditions": _own("conditions"),
    "name_manager": _own("manager"),
    "withdraw": _own("withdraw"),
}
MANAGER_PAGES = {"support": "manager-request", "take_back_support": "manager-request-change"}
HOST_STEPS = {"review", "shortlist", "reserve", "offer", "not_select", "cancel_place"}
DEPARTMENT_STEPS = {"approve", "second_approve"}


def next_steps(application: Application, user: User) -> list[NextStep]:
    """List what this person may do now, the most likely first; a page may hold several steps."""
    found: dict[str, NextStep] = {}
    for step in APPLICATION.open_to(user, application):
        href = _href(application, step.name)
        if href and href not in found:
            found[href] = NextStep(
                step.name, _label(application, step.name), href, _kind(step.name)
            )
    return sorted(found.values(), key=lambda step: ORDER.get(step.name, 0))


ORDER = {"name_manager": 1, "take_back_support": 2, "cancel_place": 2, "withdraw": 3}


def _kind(name: str) -> str:
    return "secondary" if name in ORDER else "primary"


def _href(application: Application, name: str) -> str:
    """Give the page of a step; nothing when this application's ladder has no such step."""
    asks = application.manager_decides
    if (name == "send" and asks) or (name in {"ask_manager", "take_back_support"} and not asks):
        return ""
    reference, opportunity = application.reference, application.opportunity
    pages = APPLICANT_PAGES | MANAGER_PAGES
    if name in pages:
        return reverse(pages[name], args=[reference])
    if name in HOST_STEPS:
        host = opportunity.organisation.slug
        return reverse("applicant-detail", args=[host, opportunity.reference, reference])
    if name in DEPARTMENT_STEPS:
        return reverse("approval-detail", args=[application.department.slug, reference])
    return ""


def _label(application: Application, name: str) -> str:
    if name in {"ask_manager", "send"}:
        return (
            _("Continue your application")
            if application.status == S.DRAFT
            else _("Change it and send it again")
        )
    if name in HOST_STEPS:
        return _("Open among your applicants")
    if name in DEPARTMENT_STEPS:
        return _("Review and decide")
    return {
        "accept": _("Reply to the offer"),
        "answer_department": _("Answer the department"),
        "accept_conditions": _("Read the conditions"),
        "name_manager": _("Name another line manager"),
        "withdraw": _("Withdraw application"),
        "support": _("Answer this request"),
        "take_back_support": _("Take back your support"),
    }[name]


def needs_viewer(application: Application, viewer: Viewer) -> bool:
    """Tell whether the viewer is the one who has to act."""
    return TURN_OF_VIEWER.get(viewer) == APPLICATION_WORDING[application.status].turn


@dataclass(frozen=True)
class View:
    """Everything the page of an application says to one viewer besides the answers."""

    viewer: Viewer
    applicant: str
    manager: str
    status: Wording
    turn: WhoseTurn | None
    stages: list[Stage]
    steps: list[NextStep]
    shows_contacts: bool
    notice: str


def host_notice(application: Application) -> str:
    """Say what it means for a live application that its host does not take part any more."""
    host = application.opportunity.organisation
    if host.is_active or application.status not in LIVE:
        return ""
    return _(
        "%(host)s does not take part in the scheme at the moment. This application stays as it is,"
        " and nothing in it is lost. It can go on when the host takes part again."
    ) % {"host": host.name}


def view_of(application: Application, user: User) -> View:
    """Gather what one person reads on the page of an application."""
    viewer = viewer_of(user, application)
    return View(
        viewer=viewer,
        applicant=applicant_name(application, viewer),
        manager=manager_name(application, viewer),
        status=status_for(application, viewer),
        turn=whose_turn(application, viewer),
        stages=tracker(application, viewer),
        steps=next_steps(application, user),
        shows_contacts=application.status in AGREED,
        notice=host_notice(application),
    )


@dataclass(frozen=True)
class PlacementView:
    """What the page of a placement says to one viewer."""

    status: Wording
    sentence: str
    working_days: int
    can_withdraw: bool


def placement_view(placement: Placement, user: User) -> PlacementView:
    """Gather what one person reads on the page of a placement."""
    application = placement.application
    return PlacementView(
        status=PLACEMENT_WORDING[placement.status],
        sentence=_placement_sentence(placement),
        working_days=application.working_days_away,
        can_withdraw=placement.status == PlacementStatus.STARTING_SOON
        and APPLICATION.may(user, application, "withdraw"),
    )


def _placement_sentence(placement: Placement) -> str:
    dates = {"start": date_long(placement.starts_on), "end": date_long(placement.ends_on)}
    if placement.status == PlacementStatus.STARTING_SOON:
        return _("It starts on %(start)s. You do not need to do anything until then.") % dates
    if placement.status == PlacementStatus.CANCELLED:
        return _("It was cancelled and will not take place.")
    if placement.status in LIVE_PLACEMENT:
        return _("It is under way until %(end)s.") % dates
    return _("It ended on %(end)s.") % dates
