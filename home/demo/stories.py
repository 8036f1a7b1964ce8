"""Which applications the demo has, and the steps each took to get where it is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from home.demo import catalogue
from people.choices import OpportunityType
from people.models import User
from placements.choices import (
    HOLDS_A_PLACE,
    ApplicationStatus,
    Direction,
    OpportunityStatus,
)
from placements.models import Opportunity

S = ApplicationStatus
ASKED = ("ask_manager",)
TO_HOST = {True: ("ask_manager", "support"), False: ("send",)}
ACCEPTED = ("review", "offer", "accept")
# what follows the line manager's part; None: the application has not come that far
TAILS: dict[str, tuple[str, ...] | None] = {
    S.DRAFT: None,
    S.WITH_MANAGER: None,
    S.MANAGER_SILENT: None,
    S.MANAGER_CHANGES: None,
    S.NOT_SUPPORTED: None,
    S.SENT: (),
    S.IN_REVIEW: ("review",),
    S.SHORTLISTED: ("review", "shortlist"),
    S.RESERVE: ("review", "reserve"),
    S.NOT_SELECTED: ("review", "not_select"),
    S.OFFERED: ("review", "offer"),
    S.OFFER_DECLINED: ("review", "offer", "decline"),
    S.OFFER_EXPIRED: ("review", "offer", "expire"),
    S.WITH_DEPARTMENT: ACCEPTED,
    S.DEPT_INFO: (*ACCEPTED, "ask_information"),
    S.SECOND_CHECK: (*ACCEPTED, "pass_first_check"),
    S.APPROVED_CONDITIONS: (*ACCEPTED, "approve_with_conditions"),
    S.NOT_APPROVED: (*ACCEPTED, "not_approve"),
    S.CONFIRMED: ACCEPTED,
    S.WITHDRAWN: ("withdraw",),
    S.PLACE_CANCELLED: (*ACCEPTED, "cancel_place"),
}
BEFORE_HOST: dict[str, tuple[str, ...]] = {
    S.DRAFT: (),
    S.WITH_MANAGER: ASKED,
    S.MANAGER_SILENT: (*ASKED, "note_silence"),
    S.MANAGER_CHANGES: (*ASKED, "ask_changes"),
    S.NOT_SUPPORTED: (*ASKED, "not_support"),
}
# how many of each there are beside those that fill the filled opportunities
HOW_MANY: tuple[tuple[str, int], ...] = (
    (S.DRAFT, 14),
    (S.WITH_MANAGER, 14),
    (S.MANAGER_SILENT, 4),
    (S.MANAGER_CHANGES, 4),
    (S.NOT_SUPPORTED, 5),
    (S.SENT, 26),
    (S.IN_REVIEW, 16),
    (S.SHORTLISTED, 10),
    (S.RESERVE, 6),
    (S.NOT_SELECTED, 14),
    (S.OFFERED, 8),
    (S.OFFER_DECLINED, 3),
    (S.OFFER_EXPIRED, 2),
    (S.WITH_DEPARTMENT, 14),
    (S.DEPT_INFO, 4),
    (S.SECOND_CHECK, 4),
    (S.APPROVED_CONDITIONS, 3),
    (S.NOT_APPROVED, 4),
    (S.CONFIRMED, 12),
    (S.WITHDRAWN, 8),
    (S.PLACE_CANCELLED, 2),
)
NEEDS_MANAGER = frozenset(BEFORE_HOST) - {S.DRAFT}
NEEDS_DEPARTMENT = frozenset(
    {
        S.WITH_DEPARTMENT,
        S.DEPT_INFO,
        S.SECOND_CHECK,
        S.APPROVED_CONDITIONS,
        S.NOT_APPROVED,
        S.PLACE_CANCELLED,
    }
)
LATE_EVERY = 5
SECOND_CHECK_OVER = 5000  # pounds, as the default ladder has it


@dataclass(frozen=True)
class Story:
    """One application to make: whose, for what, how far it came, and whether somebody is late."""

    applicant: User
    opportunity: Opportunity
    number: int
    status: str
    is_late: bool


def path_of(status: str, *, manager_decides: bool, department_decides: bool) -> tuple[str, ...]:
    """List the steps from a draft to a state."""
    tail = TAILS[status]
    if tail is None:
        return BEFORE_HOST[status]
    if status == S.CONFIRMED:
        tail = (*tail, "approve" if department_decides else "tell_department", "confirm")
    return TO_HOST[manager_decides] + tail


def plan(
    applicants: list[User], opportunities: list[Opportunity], random: Random
) -> Iterator[Story]:
    """Give every application of the demo; nobody applies twice, no opportunity is overfull."""
    waiting = applicants.copy()
    random.shuffle(waiting)
    outward = [
        (number, opportunity, row)
        for number, (opportunity, row) in enumerate(
            zip(opportunities, catalogue.opportunities(), strict=True)
        )
        if row.direction == Direction.OUTWARD
    ]
    for number, opportunity, row in outward:
        if row.status == OpportunityStatus.FILLED:
            for _place in range(row.places):
                yield Story(
                    take(waiting, opportunity), opportunity, number, S.CONFIRMED, is_late=False
                )
    room = Counter({number: opportunity.places for number, opportunity, _row in outward})
    for status, count in HOW_MANY:
        holds = status in HOLDS_A_PLACE
        fitting = [each for each in outward if fits(status, each[1]) and room[each[0]] >= holds]
        random.shuffle(fitting)
        for turn in range(count):
            number, opportunity, _row = fitting[turn % len(fitting)]
            if room[number] < holds:
                continue
            room[number] -= holds
            yield Story(
                take(waiting, opportunity),
                opportunity,
                number,
                status,
                is_late=turn % LATE_EVERY == LATE_EVERY - 1,
            )


def fits(status: str, opportunity: Opportunity) -> bool:
    """Tell whether an application in this state can be for this opportunity."""
    if opportunity.status != OpportunityStatus.OPEN:
        return False
    if status == S.SECOND_CHECK:
        is_exchange = opportunity.type == OpportunityType.EXCHANGE
        return is_exchange and opportunity.cost_to_department > SECOND_CHECK_OVER
    if status in NEEDS_DEPARTMENT:
        return opportunity.type == OpportunityType.EXCHANGE
    if status in NEEDS_MANAGER:
        return opportunity.type != OpportunityType.MENTORING
    return True


def take(waiting: list[User], opportunity: Opportunity) -> User:
    """Take the next person whose grade the opportunity welcomes."""
    lowest, highest = opportunity.lowest_grade.rank, opportunity.highest_grade.rank
    for place, user in enumerate(waiting):
        grade = user.profile.grade
        if grade is not None and lowest <= grade.rank <= highest:
            return waiting.pop(place)
    return waiting.pop()
