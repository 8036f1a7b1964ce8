"""How the approval ladder reads on public pages; the rows decide, never the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.filters import money
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule
from placements.choices import ApplicationStatus
from placements.wording import APPLICATION_WORDING


@dataclass(frozen=True)
class LadderRow:
    """One rung in words: for which length, and what is asked of whom."""

    length: str
    manager: str
    department: str


@dataclass(frozen=True)
class JourneyStep:
    """One step from finding an opportunity to starting: what happens, and who has to act."""

    title: str
    text: str


def ladder_rows(rules: Sequence[ApprovalRule]) -> list[LadderRow]:
    """Tell who has to agree at each length; the rules of one type, shortest first."""
    longest = [rule.min_working_days - 1 for rule in rules[1:]] + [None]
    return [
        LadderRow(_length(rule.min_working_days, most), _manager(rule), _department(rule))
        for rule, most in zip(rules, longest, strict=True)
    ]


def journey_steps(rules: Iterable[ApprovalRule]) -> list[JourneyStep]:
    """Tell what happens in which order, with the days each person has."""
    rules = list(rules)
    return [
        JourneyStep(
            _("Choose an opportunity"),
            _("You sign in with your work email address and answer a few questions."),
        ),
        _manager_step(rules),
        JourneyStep(
            _("The host chooses"),
            _("Each opportunity shows the day by which its host chooses. You hear either way."),
        ),
        JourneyStep(
            _("You reply to the offer"),
            _("You have %(days)d working days to accept or decline.")
            % {"days": days_for(ApplicationStatus.OFFERED)},
        ),
        _department_step(rules),
        JourneyStep(
            _("Your place is confirmed"),
            _("You, your line manager and the host get the dates. Then you can prepare."),
        ),
    ]


def days_for(status: str) -> int:
    """Give the working days somebody has to act in a state."""
    return APPLICATION_WORDING[status].days or 0


def _length(least: int, most: int | None) -> str:
    if most is None:
        if least == 0:
            return _("Any length")
        return _("%(least)d working days or more") % {"least": least}
    if least == 0:
        return _("Up to %(most)d working days") % {"most": most}
    return _("%(least)d to %(most)d working days") % {"least": least, "most": most}


def _manager(rule: ApprovalRule) -> str:
    if rule.manager == ManagerStep.SUPPORTS:
        return _("Must support it before you can send it")
    return _("Is told")


def _department(rule: ApprovalRule) -> str:
    if rule.department_step == DepartmentStep.TOLD:
        return _("Is told")
    if rule.second_check_over is None:
        return _("Must approve it")
    return _("Must approve it. A second person checks it when it costs more than %(cost)s") % {
        "cost": money(rule.second_check_over)
    }


def _manager_step(rules: list[ApprovalRule]) -> JourneyStep:
    deciding = [rule for rule in rules if rule.manager == ManagerStep.SUPPORTS]
    if not deciding:
        return JourneyStep(
            _("Your line manager is told"),
            _("We tell your line manager when you apply. They do not have to do anything."),
        )
    facts = {"days": days_for(ApplicationStatus.WITH_MANAGER)}
    if len(deciding) == len(rules):
        text = _("We email them a link. They need no account and have %(days)d working days.")
    else:
        text = _(
            "For some lengths we email them a link and they have %(days)d working days."
            " The table below says which."
        )
    return JourneyStep(_("Your line manager supports you"), text % facts)


def _department_step(rules: list[ApprovalRule]) -> JourneyStep:
    deciding = [rule for rule in rules if rule.department_step == DepartmentStep.APPROVES]
    if not deciding:
        return JourneyStep(
            _("Your department is told"),
            _("Your department sees that you are going. It does not have to approve it."),
        )
    facts = {"days": days_for(ApplicationStatus.WITH_DEPARTMENT)}
    if len(deciding) == len(rules):
        text = _("An admin of your department has %(days)d working days to decide.")
    else:
        text = _(
            "For longer ones an admin of your department has %(days)d working days to decide."
            " For shorter ones it is told."
        )
    return JourneyStep(_("Your department approves it"), text % facts)
