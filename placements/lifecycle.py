"""The lives of an application, an opportunity and a placement, one table each."""

from core.lifecycle import Lifecycle, Step
from placements.choices import (
    HOLDS_A_PLACE,
    LIVE_PLACEMENT,
    OVER,
    WITH_THE_DEPARTMENT,
    WITH_THE_HOST,
    WITH_THE_MANAGER,
    OpportunityStatus,
    PlacementStatus,
)
from placements.choices import ApplicationStatus as S
from placements.permissions import (
    can_edit_opportunity,
    is_applicant,
    is_applicant_or_department_admin,
    is_asked_manager,
    is_department_approver,
    is_host,
    is_second_checker,
    is_system,
)

ONE = frozenset
FIRST_ASK = ONE({S.DRAFT, S.MANAGER_CHANGES, S.NOT_SUPPORTED})

APPLICATION = Lifecycle(
    "application",
    Step("ask_manager", "Send to my manager", FIRST_ASK, S.WITH_MANAGER, is_applicant),
    Step("send", "Send application", ONE({S.DRAFT}), S.SENT, is_applicant),
    Step(
        "name_manager",
        "Name another manager",
        WITH_THE_MANAGER,
        S.WITH_MANAGER,
        is_applicant_or_department_admin,
    ),
    Step("redirect", "I am not their manager", WITH_THE_MANAGER, S.WITH_MANAGER, is_asked_manager),
    Step("note_silence", "No reply yet", ONE({S.WITH_MANAGER}), S.MANAGER_SILENT, is_system),
    Step("support", "Support application", WITH_THE_MANAGER, S.SENT, is_asked_manager),
    Step("ask_changes", "Ask for changes", WITH_THE_MANAGER, S.MANAGER_CHANGES, is_asked_manager),
    Step("not_support", "Do not support", WITH_THE_MANAGER, S.NOT_SUPPORTED, is_asked_manager),
    Step(
        "take_back_support",
        "Take back support",
        WITH_THE_HOST | WITH_THE_DEPARTMENT | ONE({S.OFFERED}),
        S.NOT_SUPPORTED,
        is_asked_manager,
    ),
    Step(
        "review",
        "Move to in review",
        ONE({S.SENT, S.SHORTLISTED, S.RESERVE}),
        S.IN_REVIEW,
        is_host,
    ),
    Step("shortlist", "Shortlist", ONE({S.SENT, S.IN_REVIEW, S.RESERVE}), S.SHORTLISTED, is_host),
    Step(
        "reserve",
        "Put on reserve list",
        ONE({S.SENT, S.IN_REVIEW, S.SHORTLISTED}),
        S.RESERVE,
        is_host,
    ),
    Step("offer", "Offer a place", WITH_THE_HOST, S.OFFERED, is_host),
    Step("promote", "Offer a place from the reserve list", ONE({S.RESERVE}), S.OFFERED, is_system),
    Step("match", "Offer a place from a matching round", ONE({S.SENT}), S.OFFERED, is_system),
    Step("move_up", "Moved to a higher choice", ONE({S.OFFERED}), S.WITHDRAWN, is_system),
    Step("not_select", "Do not select", WITH_THE_HOST, S.NOT_SELECTED, is_host),
    Step("close_out", "Close without a place", WITH_THE_HOST, S.NOT_SELECTED, is_system),
    Step("accept", "Accept offer", ONE({S.OFFERED}), S.WITH_DEPARTMENT, is_applicant),
    Step("decline", "Decline offer", ONE({S.OFFERED}), S.OFFER_DECLINED, is_applicant),
    Step("expire", "Offer expired", ONE({S.OFFERED}), S.OFFER_EXPIRED, is_system),
    Step("tell_department", "Department told", ONE({S.WITH_DEPARTMENT}), S.APPROVED, is_system),
    Step("approve", "Approve", ONE({S.WITH_DEPARTMENT}), S.APPROVED, is_department_approver),
    Step(
        "approve_with_conditions",
        "Approve with conditions",
        ONE({S.WITH_DEPARTMENT}),
        S.APPROVED_CONDITIONS,
        is_department_approver,
    ),
    Step(
        "pass_first_check",
        "Pass to a second check",
        ONE({S.WITH_DEPARTMENT}),
        S.SECOND_CHECK,
        is_department_approver,
    ),
    Step(
        "second_approve",
        "Approve after second check",
        ONE({S.SECOND_CHECK}),
        S.APPROVED,
        is_second_checker,
    ),
    Step(
        "second_approve_with_conditions",
        "Approve with conditions after second check",
        ONE({S.SECOND_CHECK}),
        S.APPROVED_CONDITIONS,
        is_second_checker,
    ),
    Step(
        "ask_information",
        "Ask for more information",
        ONE({S.WITH_DEPARTMENT}),
        S.DEPT_INFO,
        is_department_approver,
    ),
    Step(
        "answer_department",
        "Send your answer",
        ONE({S.DEPT_INFO}),
        S.WITH_DEPARTMENT,
        is_applicant,
    ),
    Step(
        "not_approve",
        "Do not approve",
        ONE({S.WITH_DEPARTMENT}),
        S.NOT_APPROVED,
        is_department_approver,
    ),
    Step(
        "second_not_approve",
        "Do not approve after second check",
        ONE({S.SECOND_CHECK}),
        S.NOT_APPROVED,
        is_second_checker,
    ),
    Step(
        "accept_conditions",
        "Accept the conditions",
        ONE({S.APPROVED_CONDITIONS}),
        S.APPROVED,
        is_applicant,
    ),
    Step("confirm", "Confirm the placement", ONE({S.APPROVED}), S.CONFIRMED, is_system),
    Step("withdraw", "Withdraw application", ONE(S) - OVER, S.WITHDRAWN, is_applicant),
    Step("cancel_place", "Cancel the place", HOLDS_A_PLACE, S.PLACE_CANCELLED, is_host),
)

OPPORTUNITY = Lifecycle(
    "opportunity",
    Step(
        "pause",
        "Pause",
        ONE({OpportunityStatus.OPEN}),
        OpportunityStatus.PAUSED,
        can_edit_opportunity,
    ),
    Step(
        "reopen",
        "Open again",
        ONE({OpportunityStatus.PAUSED}),
        OpportunityStatus.OPEN,
        can_edit_opportunity,
    ),
    Step(
        "close",
        "Close",
        ONE({OpportunityStatus.OPEN, OpportunityStatus.PAUSED}),
        OpportunityStatus.CLOSED,
        is_system,
    ),
    Step(
        "fill",
        "All places taken",
        ONE({OpportunityStatus.OPEN, OpportunityStatus.PAUSED, OpportunityStatus.CLOSED}),
        OpportunityStatus.FILLED,
        is_system,
    ),
    Step(
        "unfill",
        "A place is free again",
        ONE({OpportunityStatus.FILLED}),
        OpportunityStatus.CLOSED,
        is_system,
    ),
)

PLACEMENT = Lifecycle(
    "placement",
    Step(
        "start",
        "Start",
        ONE({PlacementStatus.STARTING_SOON}),
        PlacementStatus.UNDER_WAY,
        is_system,
    ),
    Step(
        "complete",
        "Complete",
        ONE({PlacementStatus.UNDER_WAY}),
        PlacementStatus.COMPLETED,
        is_system,
    ),
    Step("cancel", "Cancel", LIVE_PLACEMENT, PlacementStatus.CANCELLED, is_system),
)

LIFECYCLES = (APPLICATION, OPPORTUNITY, PLACEMENT)
