"""Closed vocabularies of opportunities, applications and placements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way people go."""

    OUTWARD = "outward", _("Civil servants go out to learn")
    INWARD = "inward", _("Experts come into government")


class ExchangeKind(models.TextChoices):
    """What an exchange is."""

    SECONDMENT = "secondment", _("Secondment: outside the Civil Service")
    LOAN = "loan", _("Loan: another department")
    SWAP = "swap", _("Swap: two people trade places")


class OpportunityStatus(models.TextChoices):
    """The life of an opportunity."""

    DRAFT = "draft", _("Draft")
    BEING_CHECKED = "being_checked", _("Being checked")
    CHANGES_NEEDED = "changes_needed", _("Changes needed")
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    FILLED = "filled", _("Filled")
    CANCELLED = "cancelled", _("Cancelled")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")


PUBLIC_OPPORTUNITY = frozenset(
    {
        OpportunityStatus.OPEN,
        OpportunityStatus.PAUSED,
        OpportunityStatus.CLOSED,
        OpportunityStatus.FILLED,
    }
)


class RemoteShare(models.TextChoices):
    """Where the work is done."""

    ON_SITE = "on_site", _("On site")
    HYBRID = "hybrid", _("Some days remote")
    REMOTE = "remote", _("Remote")


class OpportunityPattern(models.TextChoices):
    """How the time is spread."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    DAYS = "days", _("Single days")
    FLEXIBLE = "flexible", _("Flexible")


class Payer(models.TextChoices):
    """Who pays a cost."""

    DEPARTMENT = "department", _("Home department")
    HOST = "host", _("Host")
    SHARED = "shared", _("Shared")
    NOBODY = "nobody", _("No cost")


class SkillRole(models.TextChoices):
    """Why an opportunity names a skill."""

    LEARNED = "learned", _("Skill you will learn")
    NEEDED = "needed", _("Skill you need")


class ApplicationStatus(models.TextChoices):
    """The life of an application; what each audience reads stands in wording.py."""

    DRAFT = "draft", _("Draft")
    WITH_MANAGER = "with_manager", _("With your manager")
    MANAGER_SILENT = "manager_silent", _("No reply yet")
    MANAGER_CHANGES = "manager_changes", _("Changes needed")
    NOT_SUPPORTED = "not_supported", _("Not supported")
    SENT = "sent", _("Sent")
    IN_REVIEW = "in_review", _("In review")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    RESERVE = "reserve", _("On reserve list")
    NOT_SELECTED = "not_selected", _("Not selected")
    OFFERED = "offered", _("Offer made")
    OFFER_DECLINED = "offer_declined", _("Declined")
    OFFER_EXPIRED = "offer_expired", _("Expired")
    WITH_DEPARTMENT = "with_department", _("With department")
    DEPT_INFO = "dept_info", _("Details needed")
    SECOND_CHECK = "second_check", _("Second check")
    APPROVED = "approved", _("Approved")
    APPROVED_CONDITIONS = "approved_conditions", _("Approved, conditions")
    NOT_APPROVED = "not_approved", _("Not approved")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PLACE_CANCELLED = "place_cancelled", _("Place cancelled")


S = ApplicationStatus
WITH_THE_MANAGER = frozenset({S.WITH_MANAGER, S.MANAGER_SILENT})
WITH_THE_HOST = frozenset({S.SENT, S.IN_REVIEW, S.SHORTLISTED, S.RESERVE})
WITH_THE_DEPARTMENT = frozenset({S.WITH_DEPARTMENT, S.DEPT_INFO, S.SECOND_CHECK})
HOLDS_A_PLACE = frozenset(
    {S.OFFERED, S.APPROVED, S.APPROVED_CONDITIONS, S.CONFIRMED} | WITH_THE_DEPARTMENT
)
BEFORE_THE_HOST = frozenset({S.DRAFT, S.MANAGER_CHANGES, S.NOT_SUPPORTED} | WITH_THE_MANAGER)
OVER = frozenset(
    {
        S.NOT_SELECTED,
        S.OFFER_DECLINED,
        S.OFFER_EXPIRED,
        S.NOT_APPROVED,
        S.WITHDRAWN,
        S.PLACE_CANCELLED,
    }
)
LIVE = frozenset(S) - OVER
EDITABLE = frozenset({S.DRAFT, S.MANAGER_CHANGES, S.NOT_SUPPORTED})
AGREED = frozenset({S.APPROVED, S.APPROVED_CONDITIONS, S.CONFIRMED} | WITH_THE_DEPARTMENT)
REACHED_THE_HOST = frozenset(S) - BEFORE_THE_HOST - {S.WITHDRAWN}

HOST_BUCKETS = {
    "new": frozenset({S.SENT}),
    "in_review": frozenset({S.IN_REVIEW}),
    "shortlisted": frozenset({S.SHORTLISTED}),
    "reserve": frozenset({S.RESERVE}),
    "offers": HOLDS_A_PLACE,
    "not_selected": frozenset({S.NOT_SELECTED}),
    "finished": OVER - {S.NOT_SELECTED},
}


class ManagerDecision(models.TextChoices):
    """What a line manager can answer."""

    YES = "yes", _("Yes")
    CHANGES = "changes", _("Yes, if something changes")
    QUESTION = "question", _("I need more information")
    NO = "no", _("Not now")
    NOT_MANAGER = "not_manager", _("Not their manager")


class Cover(models.TextChoices):
    """How the work is covered."""

    TEAM = "team", _("The team will share it")
    BACKFILL = "backfill", _("Somebody will backfill the post")
    PAUSE = "pause", _("The work will pause")
    UNDECIDED = "undecided", _("Not decided yet")


class NoSupportReason(models.TextChoices):
    """Why a line manager cannot support an application."""

    BUSINESS_NEED = "business_need", _("Business need")
    TIMING = "timing", _("Timing")
    PERFORMANCE = "performance", _("A conversation about performance is needed first")
    COST = "cost", _("Cost")
    AWAY = "away", _("They are away already")
    OTHER = "other", _("Something else")


class NotSelectedReason(models.TextChoices):
    """Why a host chose other people."""

    SKILL = "skill", _("The skill level needed was not shown")
    DATES = "dates", _("The dates do not fit")
    PLACES = "places", _("There were more applicants than places")
    ANSWER = "answer", _("An answer did not cover what we asked about")
    CLEARANCE = "clearance", _("Security clearance")
    CLOSED = "closed", _("The opportunity was filled or closed")


class WithdrawReason(models.TextChoices):
    """Why an applicant steps back."""

    FOUND_ANOTHER = "found_another", _("I found another opportunity")
    TIMING = "timing", _("Timing")
    COST = "cost", _("Cost or travel")
    TEAM = "team", _("Manager or team reasons")
    SILENCE = "silence", _("The host did not reply")
    EXPECTATION = "expectation", _("It is not what I expected")
    ADJUSTMENTS = "adjustments", _("Adjustments could not be made")
    PERSONAL = "personal", _("Personal reasons")
    OTHER = "other", _("My reason is not listed")


class DeclineReason(models.TextChoices):
    """Why an applicant does not take an offer."""

    OTHER_OFFER = "other_offer", _("I accepted another place")
    DATES = "dates", _("The dates changed or no longer fit")
    TERMS = "terms", _("The terms of the offer")
    TEAM = "team", _("Manager or team reasons")
    PERSONAL = "personal", _("Personal reasons")


class ApprovalStage(models.TextChoices):
    """Which sign-off a row is."""

    DEPARTMENT = "department", _("Department")
    SECOND_CHECK = "second_check", _("Second check")


class ApprovalDecision(models.TextChoices):
    """What a department can decide."""

    APPROVE = "approve", _("Approve")
    CONDITIONS = "conditions", _("Approve with conditions")
    NOT_APPROVE = "not_approve", _("Do not approve")


class NotApprovedReason(models.TextChoices):
    """Why a department does not approve."""

    BUDGET = "budget", _("There is no budget")
    ABSENCE = "absence", _("Too many of the team are away")
    LENGTH = "length", _("Too long in total")
    CONFLICT = "conflict", _("A conflict of interest that cannot be managed")
    PRIORITY = "priority", _("Business priority")
    OTHER = "other", _("Something else")


class PlacementStatus(models.TextChoices):
    """The life of a confirmed placement."""

    STARTING_SOON = "starting_soon", _("Starting soon")
    UNDER_WAY = "under_way", _("Under way")
    EXTENSION_ASKED = "extension_asked", _("Extension asked")
    ENDING_EARLY = "ending_early", _("Ending early")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", _("Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    CANCELLED = "cancelled", _("Cancelled")


LIVE_PLACEMENT = frozenset(
    {
        PlacementStatus.STARTING_SOON,
        PlacementStatus.UNDER_WAY,
        PlacementStatus.EXTENSION_ASKED,
        PlacementStatus.ENDING_EARLY,
        PlacementStatus.PAUSED,
    }
)


class LengthBand(models.TextChoices):
    """How long an opportunity lasts, as the search offers it; the order is kept in the rows."""

    WEEKS = "weeks", _("Up to 2 weeks")
    QUARTER = "quarter", _("Up to 3 months")
    HALF_YEAR = "half-year", _("Up to 6 months")
    LONGER = "longer", _("More than 6 months")


class HoursBand(models.TextChoices):
    """How much of a week it takes, as the search offers it; the order is kept in the rows."""

    DAY = "day", _("Up to 1 day a week")
    DAYS = "days", _("2 to 3 days a week")
    WEEK = "week", _("4 to 5 days a week")


# The last day counted from the first, and the most hours; no limit for the last band.
DAYS_OF_LENGTH = {
    LengthBand.WEEKS: 13,
    LengthBand.QUARTER: 92,
    LengthBand.HALF_YEAR: 184,
    LengthBand.LONGER: None,
}
HOURS_OF_BAND = {HoursBand.DAY: 8, HoursBand.DAYS: 23, HoursBand.WEEK: None}


def named(choices: type[models.TextChoices], value: str) -> str:
    """Name a value in words; what is no choice stays as it is."""
    return str(choices(value).label) if value in choices else value
