"""A result in words: where it stands now, and why the places higher on the list went to others."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.wording import Colour, Wording
from matching.choices import HostGroup, ResultState
from matching.live.contest import open_choices, priority_of
from matching.models import Choice, Result
from placements.choices import OVER, ApplicationStatus

MINE = ResultState.MATCHED


def standing(result: Result) -> Wording:
    """Say where a result stands now; the application that it made tells what was replied."""
    if result.application is None:
        colour = Colour.YELLOW if result.state == ResultState.RESERVE else Colour.GREY
        return Wording(ResultState(result.state).label, colour)
    status = result.application.status
    if status == ApplicationStatus.OFFERED:
        if result.is_open_to_move:
            return Wording(_("Accepted, open to move"), Colour.TEAL)
        return Wording(MINE.label, Colour.GREEN)
    if status == ApplicationStatus.OFFER_EXPIRED:
        return Wording(_("Expired"), Colour.GREY)
    if status in OVER:
        return Wording(_("Declined"), Colour.GREY)
    return Wording(_("Accepted"), Colour.GREEN)


@dataclass(frozen=True)
class WhyNot:
    """One place higher on the list, and why it went to others."""

    title: str
    reasons: list[str]


def why_not_these(result: Result, titles: dict[str, str]) -> list[WhyNot]:
    """Explain each place that the person would rather have had, with the published cut-off."""
    run = result.run
    person = next(each for each in run.inputs["people"] if each["list"] == result.list.reference)
    cut_offs = {place["place"]: place for place in run.certificate["places"]}
    lottery = run.certificate["lottery"][result.list.reference]
    return [
        WhyNot(
            titles.get(choice["place"], choice["place"]),
            _reasons(person, choice, cut_offs[choice["place"]], lottery),
        )
        for choice in open_choices(person)
        if result.choice is None or choice["position"] < result.choice
    ]


def higher_choices(result: Result) -> list[str]:
    """Name the places that could replace the one somebody has."""
    rows = Choice.objects.of_list(result.list)
    return [row.place.opportunity.title for row in rows if row.position < (result.choice or 1)]


def _reasons(
    person: dict[str, Any], choice: dict[str, Any], cut: dict[str, Any], lottery: int
) -> list[str]:
    if choice["shut"]:
        said = {
            "gone": _("It was not available any more when results were made."),
            "excluded": _("The scheme team decided that you cannot be matched with it."),
            "host": _("Its host chose other people."),
            "rules": _("You did not meet one of its conditions when results were made."),
            "support": _("Your line manager’s support for it was missing."),
        }
        return [said[choice["shut"]]]
    if not cut["capacity"]:
        return [_("It had no place left when results were made.")]
    bar, last = cut["open_priority"], cut["open_lottery"]
    own = priority_of(person, choice)
    counted = {"group": HostGroup(choice["group"]).label, "bar": f"{bar:,}", "own": f"{own:,}"}
    told = [
        ngettext(
            "Its one place went to somebody who counts more.",
            "Its %(n)d places went to people who count more.",
            cut["capacity"],
        )
        % {"n": cut["capacity"]},
        _("The host put you in the group ‘%(group)s’.") % counted,
        _("The last person who got in counts %(bar)s, and you %(own)s.") % counted,
    ]
    if bar == own:
        text = _("Your number in the lottery is %(own)d, and theirs %(last)d: the smaller wins.")
        told.append(text % {"own": lottery + 1, "last": last + 1})
    return told
