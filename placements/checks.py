"""What a department looks at before it decides: each check passes, needs a look, or fails."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.filters import date_short, money
from core.wording import Colour, Wording
from people.choices import CLEARANCE_RANK, Clearance
from placements.choices import HOLDS_A_PLACE, ManagerDecision
from placements.models import Application, Placement
from placements.querysets import PlacementQuerySet

LONGEST_DAYS = 730
LOOK_AT_DAYS = 365
MANY_AWAY = 3


class Result(StrEnum):
    """What came of a check."""

    PASS = "pass"  # noqa: S105 - an outcome
    LOOK = "look"
    FAIL = "fail"


def result_wording(result: Result) -> Wording:
    """Say a result in words and colour."""
    return {
        Result.PASS: Wording(_("Pass"), Colour.GREEN),
        Result.LOOK: Wording(_("Look at"), Colour.ORANGE),
        Result.FAIL: Wording(_("Fail"), Colour.MAGENTA),
    }[result]


@dataclass(frozen=True)
class Check:
    """One line of the panel."""

    name: str
    result: Result
    why: str

    @property
    def wording(self) -> Wording:
        """Say the result."""
        return result_wording(self.result)


def checks_for(application: Application) -> list[Check]:
    """Make every check of one application."""
    return [
        _time_away(application),
        _others_away(application),
        _previous(application),
        _clearance(application),
        _manager(application),
        _cost(application),
        _overlap(application),
    ]


def _time_away(application: Application) -> Check:
    first, last = application.days
    since = last - dt.timedelta(days=LONGEST_DAYS)
    this = (last - first).days + 1
    before = sum(
        (min(row.ends_on, last) - max(row.starts_on, since)).days + 1
        for row in _own_placements(application).during(since, last)
    )
    result = Result.PASS
    if this > LONGEST_DAYS:
        result = Result.FAIL
    elif before + this > LOOK_AT_DAYS:
        result = Result.LOOK
    why = _("%(before)d days in the 24 months up to the end, %(total)d with this one.")
    return Check(
        _("Total time away in 24 months"), result, why % {"before": before, "total": before + this}
    )


def _own_placements(application: Application) -> PlacementQuerySet:
    return Placement.objects.of_person(application.applicant).certain().not_made_of(application)


def _others_away(application: Application) -> Check:
    first, last = application.days
    away = Placement.objects.live().during(first, last).not_of(application.applicant)
    team = away.of_manager(application.manager).count()
    department = away.of_department(application.department).count()
    why = ngettext(
        "%(num)d other person of the department is away then,",
        "%(num)d others of the department are away then,",
        department,
    ) % {"num": department}
    more = ngettext("%(num)d with the same manager.", "%(num)d with the same manager.", team) % {
        "num": team
    }
    look = bool(team) or department >= MANY_AWAY
    return Check(_("Others away then"), Result.LOOK if look else Result.PASS, f"{why} {more}")


def _previous(application: Application) -> Check:
    first, _last = application.days
    since = first - dt.timedelta(days=LONGEST_DAYS)
    last = _own_placements(application).during(since, first).order_by("-ends_on").first()
    name = _("Previous placement within 2 years")
    if last is None:
        return Check(name, Result.PASS, _("None."))
    why = _("%(reference)s ended or ends on %(day)s.")
    facts = {"reference": last.reference, "day": date_short(last.ends_on)}
    return Check(name, Result.LOOK, why % facts)


def _clearance(application: Application) -> Check:
    needed = application.opportunity.clearance
    profile = getattr(application.applicant, "profile", None)
    held = profile.clearance if profile else ""
    name, said = _("Clearance held"), {"needed": Clearance(needed).label}
    if needed == Clearance.NONE:
        return Check(name, Result.PASS, _("None is needed."))
    if not held:
        return Check(name, Result.LOOK, _("%(needed)s is needed. They have not said.") % said)
    said["held"] = Clearance(held).label
    enough = CLEARANCE_RANK[held] >= CLEARANCE_RANK[needed]
    why = _("%(needed)s is needed. They hold: %(held)s.") % said
    return Check(name, Result.PASS if enough else Result.FAIL, why)


def _manager(application: Application) -> Check:
    name = _("Line manager supports it")
    if not application.manager_decides:
        return Check(name, Result.PASS, _("Your ladder only tells the line manager."))
    answer = application.manager_requests.saying(ManagerDecision.YES).first()
    if answer is None or answer.decided_at is None:
        return Check(name, Result.FAIL, _("There is no yes from the line manager."))
    facts = {"name": answer.manager.display_name, "day": date_short(answer.decided_at)}
    return Check(name, Result.PASS, _("%(name)s supported it on %(day)s.") % facts)


def _cost(application: Application) -> Check:
    cost, limit = application.opportunity.cost_to_department, application.second_check_over
    said = {"cost": money(cost)}
    if limit is None:
        why = _("%(cost)s to your department. Your ladder sets no limit.")
        return Check(_("Cost against the limit"), Result.PASS, why % said)
    said["limit"] = money(limit)
    if application.needs_second_check:
        why = _("%(cost)s to your department, over %(limit)s: a second person checks it too.")
        return Check(_("Cost against the limit"), Result.LOOK, why % said)
    why = _("%(cost)s to your department, within the limit of %(limit)s.")
    return Check(_("Cost against the limit"), Result.PASS, why % said)


def _overlap(application: Application) -> Check:
    name = _("Nothing else on these dates")
    placement = Placement.objects.overlapping(application).first()
    if application.opportunity.is_exclusive and placement is not None:
        why = _("They have placement %(reference)s then.") % {"reference": placement.reference}
        return Check(name, Result.FAIL, why)
    others = list(_others_on_these_dates(application))
    if others:
        references = ", ".join(other.reference for other in others)
        why = _("They hold a place on these dates too: %(references)s.")
        return Check(name, Result.LOOK, why % {"references": references})
    return Check(name, Result.PASS, _("No other placement or place."))


def _others_on_these_dates(application: Application) -> Iterator[Application]:
    first, last = application.days
    for other in Application.objects.of_applicant(application.applicant).in_states(HOLDS_A_PLACE):
        starts, ends = other.days
        if other.pk != application.pk and starts <= last and ends >= first:
            yield other
