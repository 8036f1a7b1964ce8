"""How each state reads to each audience, whose turn it is then, and for how many working days."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.wording import Audience, Colour, Wording
from placements.choices import ApplicationStatus, OpportunityStatus, PlacementStatus


class Turn(StrEnum):
    """Who has to act next."""

    APPLICANT = "applicant"
    MANAGER = "manager"
    HOST = "host"
    DEPARTMENT = "department"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Row:
    """One state: a wording for each audience (None: hidden), the turn, working days to act."""

    applicant: Wording
    host: Wording | None
    department: Wording | None
    turn: Turn
    days: int | None = None

    def for_audience(self, audience: Audience) -> Wording | None:
        """Give what this audience reads."""
        return {
            Audience.APPLICANT: self.applicant,
            Audience.HOST: self.host,
            Audience.DEPARTMENT: self.department,
        }[audience]


def words(label: str | Promise, colour: Colour) -> Wording:
    """Write a wording on one line."""
    return Wording(label, colour)


S = ApplicationStatus
GREY, BLUE, YELLOW, ORANGE = Colour.GREY, Colour.BLUE, Colour.YELLOW, Colour.ORANGE
PURPLE, TEAL, GREEN, MAGENTA = Colour.PURPLE, Colour.TEAL, Colour.GREEN, Colour.MAGENTA


def everyone(label: str | Promise, colour: Colour, turn: Turn = Turn.NOBODY) -> Row:
    """Write a state that reads the same for all."""
    same = words(label, colour)
    return Row(same, same, same, turn)


APPLICATION_WORDING: dict[str, Row] = {
    S.DRAFT: Row(words(_("Draft"), GREY), None, None, Turn.APPLICANT),
    S.WITH_MANAGER: Row(words(_("With your manager"), YELLOW), None, None, Turn.MANAGER, 5),
    S.MANAGER_SILENT: Row(words(_("No reply yet"), ORANGE), None, None, Turn.MANAGER, 5),
    S.MANAGER_CHANGES: Row(words(_("Changes needed"), ORANGE), None, None, Turn.APPLICANT, 5),
    S.NOT_SUPPORTED: Row(words(_("Not supported"), MAGENTA), None, None, Turn.NOBODY),
    S.SENT: Row(words(_("Sent"), BLUE), words(_("New"), BLUE), None, Turn.HOST),
    S.IN_REVIEW: Row(
        words(_("In review"), PURPLE), words(_("In review"), PURPLE), None, Turn.HOST
    ),
    S.SHORTLISTED: Row(
        words(_("In review"), PURPLE), words(_("Shortlisted"), TEAL), None, Turn.HOST
    ),
    S.RESERVE: Row(
        words(_("On reserve list"), YELLOW), words(_("Reserve"), YELLOW), None, Turn.HOST
    ),
    S.NOT_SELECTED: Row(
        words(_("Not selected"), GREY), words(_("Not selected"), GREY), None, Turn.NOBODY
    ),
    S.OFFERED: Row(
        words(_("Offer made"), GREEN), words(_("Offer made"), GREEN), None, Turn.APPLICANT, 5
    ),
    S.OFFER_DECLINED: Row(
        words(_("Declined"), GREY), words(_("Declined"), GREY), None, Turn.NOBODY
    ),
    S.OFFER_EXPIRED: Row(words(_("Expired"), GREY), words(_("Expired"), GREY), None, Turn.NOBODY),
    S.WITH_DEPARTMENT: Row(
        words(_("With department"), YELLOW),
        words(_("Accepted"), GREEN),
        words(_("To review"), BLUE),
        Turn.DEPARTMENT,
        5,
    ),
    S.DEPT_INFO: Row(
        words(_("Details needed"), ORANGE),
        words(_("Accepted"), GREEN),
        words(_("Waiting for reply"), YELLOW),
        Turn.APPLICANT,
        5,
    ),
    S.SECOND_CHECK: Row(
        words(_("With department"), YELLOW),
        words(_("Accepted"), GREEN),
        words(_("Second check"), PURPLE),
        Turn.DEPARTMENT,
        5,
    ),
    S.APPROVED: everyone(_("Approved"), GREEN),
    S.APPROVED_CONDITIONS: Row(
        words(_("Approved, conditions"), TEAL),
        words(_("Approved"), GREEN),
        words(_("Approved, conditions"), TEAL),
        Turn.APPLICANT,
        5,
    ),
    S.NOT_APPROVED: everyone(_("Not approved"), MAGENTA),
    S.CONFIRMED: everyone(_("Confirmed"), GREEN),
    S.WITHDRAWN: everyone(_("Withdrawn"), GREY),
    S.PLACE_CANCELLED: everyone(_("Place cancelled"), GREY),
}

OVERDUE = Wording(_("Overdue"), Colour.RED)

OPPORTUNITY_WORDING: dict[str, Wording] = {
    OpportunityStatus.DRAFT: words(_("Draft"), GREY),
    OpportunityStatus.BEING_CHECKED: words(_("Being checked"), PURPLE),
    OpportunityStatus.CHANGES_NEEDED: words(_("Changes needed"), ORANGE),
    OpportunityStatus.SCHEDULED: words(_("Scheduled"), TEAL),
    OpportunityStatus.OPEN: words(_("Open"), GREEN),
    OpportunityStatus.PAUSED: words(_("Paused"), YELLOW),
    OpportunityStatus.CLOSED: words(_("Closed"), GREY),
    OpportunityStatus.FILLED: words(_("Filled"), BLUE),
    OpportunityStatus.CANCELLED: words(_("Cancelled"), GREY),
    OpportunityStatus.NOT_ACCEPTED: words(_("Not accepted"), MAGENTA),
}

NOT_AVAILABLE = words(_("Not available"), GREY)

PLACEMENT_WORDING: dict[str, Wording] = {
    PlacementStatus.STARTING_SOON: words(_("Starting soon"), BLUE),
    PlacementStatus.UNDER_WAY: words(_("Under way"), GREEN),
    PlacementStatus.EXTENSION_ASKED: words(_("Extension asked"), YELLOW),
    PlacementStatus.ENDING_EARLY: words(_("Ending early"), ORANGE),
    PlacementStatus.PAUSED: words(_("Paused"), YELLOW),
    PlacementStatus.COMPLETED: words(_("Completed"), GREY),
    PlacementStatus.ENDED_EARLY: words(_("Ended early"), GREY),
    PlacementStatus.CANCELLED: words(_("Cancelled"), GREY),
}
