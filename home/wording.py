"""How the ladder, the audit and what the scheme team counts read; the rows decide, not a page."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from core.filters import money
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule
from placements.choices import ApplicationStatus
from placements.wording import APPLICATION_WORDING, Turn


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


@dataclass(frozen=True)
class ActivityRow:
    """One event of the audit in words."""

    when: dt.datetime
    who: str
    what: str
    thing: str
    detail: str


def activity_row(event: Event, names: Mapping[tuple[str, str], str]) -> ActivityRow:
    """Tell one event without anything personal but the name of who acted."""
    name = names.get((event.subject_type, event.subject_id), "")
    return ActivityRow(
        event.at,
        event.actor.name or _("Somebody without a name yet"),
        action_words(event.action),
        f"{kind_words(event.subject_type)} {name}".strip(),
        _detail(event.detail),
    )


def action_words(action: str) -> str:
    """Say what was done: ask_manager becomes "Ask manager"."""
    return action.replace("_", " ").capitalize()


def kind_words(kind: str) -> str:
    """Say what kind of thing it was done to."""
    try:
        name = apps.get_model(kind)._meta.verbose_name  # noqa: SLF001 - Django's public name for it
    except LookupError:
        name = kind.rsplit(".", 1)[-1]
    return str(name).capitalize()


def _detail(detail: Mapping[str, Any]) -> str:
    parts = []
    if "before" in detail and "after" in detail:
        facts = {key: str(detail[key]).replace("_", " ") for key in ("before", "after")}
        parts.append(_("from %(before)s to %(after)s") % facts)
    parts += [
        f"{key.replace('_', ' ')}: {value}"
        for key, value in detail.items()
        if key not in {"before", "after", "person"} and isinstance(value, (str, int, bool))
    ]
    return "; ".join(parts)


TURN_WORDS: dict[str, str | Promise] = {
    Turn.APPLICANT: gettext_lazy("Applicants"),
    Turn.MANAGER: gettext_lazy("Line managers"),
    Turn.HOST: gettext_lazy("Hosts"),
    Turn.DEPARTMENT: gettext_lazy("Departments"),
    Turn.NOBODY: gettext_lazy("Nobody"),
}
REASONS: dict[str, str | Promise] = {
    "SMTPRecipientsRefused": gettext_lazy("The mail server of the address does not take it"),
    "SMTPSenderRefused": gettext_lazy("Our mail server does not let us send from our address"),
    "SMTPDataError": gettext_lazy("The mail server refused the text"),
    "SMTPAuthenticationError": gettext_lazy("Our mail server did not accept our password"),
    "SMTPServerDisconnected": gettext_lazy("The mail server ended the connection"),
    "SMTPConnectError": gettext_lazy("The mail server did not answer"),
    "ConnectionRefusedError": gettext_lazy("The mail server did not answer"),
    "TimeoutError": gettext_lazy("The mail server did not answer in time"),
    "": gettext_lazy("A worker stopped each time it tried"),
}


def reason_words(error: str) -> str | Promise:
    """Say why a message did not go out."""
    return REASONS.get(error, gettext_lazy("The mail server could not be used"))


def template_words(template: str) -> str:
    """Say what a message was about, from the name of its template."""
    return template.rsplit("/", 1)[-1].replace("_", " ").capitalize()
