"""Who can apply for what: rules over facts, each with its reason and what would change it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.filters import date_short
from people.choices import CLEARANCE_RANK, Clearance
from people.models import Department, Profile, User
from placements.choices import Direction
from placements.models import Opportunity


@dataclass(frozen=True)
class Facts:
    """What the rules look at besides the opportunity."""

    user: User
    department: Department | None
    profile: Profile | None
    acts_for_the_host: bool
    clash: tuple[dt.date, dt.date] | None
    has_agreed_exchange: bool


@dataclass(frozen=True)
class Obstacle:
    """One reason why somebody cannot apply yet, and what would change it."""

    reason: str
    change: str
    label: str = ""
    href: str = ""


def obstacles(opportunity: Opportunity, facts: Facts) -> list[Obstacle]:
    """List every reason that stands in the way; none means that they can apply."""
    if facts.department is None:
        return [_not_a_civil_servant()]
    return [*_about_the_opportunity(opportunity, facts), *_about_the_person(opportunity, facts)]


def _not_a_civil_servant() -> Obstacle:
    return Obstacle(
        _("These opportunities are for people who work for a government department or agency."),
        _(
            "If you do, sign in with your work email address. If you work for a partner, you can"
            " register an interest in working with government instead."
        ),
        _("Register your interest"),
        "/experts/register-interest",
    )


def _about_the_opportunity(opportunity: Opportunity, facts: Facts) -> Iterator[Obstacle]:
    if opportunity.direction == Direction.INWARD:
        yield Obstacle(
            _("This opportunity is for experts who come into government from outside."),
            _("Look for opportunities that take civil servants out to learn."),
        )
    if not opportunity.organisation.is_active:
        yield Obstacle(
            _("The host does not take part in the scheme at the moment."),
            _("Choose an opportunity of another host, or save this one for later."),
        )
    elif not opportunity.is_taking_applications:
        yield Obstacle(
            _("This opportunity is not taking applications."),
            _("You can save it: we tell you if it opens again."),
        )
    own_department = opportunity.organisation.department_id
    if facts.acts_for_the_host or (
        own_department is not None and own_department == facts.user.department_id
    ):
        yield Obstacle(
            _("This opportunity is offered by your own organisation."),
            _("Ask the team directly, or choose an opportunity of another organisation."),
        )


def _about_the_person(opportunity: Opportunity, facts: Facts) -> Iterator[Obstacle]:
    profile = facts.profile
    if profile is None or profile.grade is None or not facts.user.name:
        yield Obstacle(
            _("Your profile does not say everything we need: your name and your grade."),
            _("Complete your profile. It takes about 5 minutes."),
            _("Go to your profile"),
            "/profile",
        )
    elif not (
        opportunity.lowest_grade.rank <= profile.grade.rank <= opportunity.highest_grade.rank
    ):
        yield Obstacle(
            _("It is open to grades %(lowest)s to %(highest)s. Your profile says %(own)s.")
            % {
                "lowest": opportunity.lowest_grade.code,
                "highest": opportunity.highest_grade.code,
                "own": profile.grade.code,
            },
            _("If your grade has changed, change it in your profile."),
            _("Change your grade"),
            "/profile/edit/grade",
        )
    yield from _about_clearance(opportunity, profile)
    if facts.clash is not None:
        yield Obstacle(
            _("You are on a placement from %(start)s to %(end)s, which is at the same time.")
            % {"start": date_short(facts.clash[0]), "end": date_short(facts.clash[1])},
            _("Choose an opportunity with other dates, or ask to end your placement sooner."),
        )
    if facts.has_agreed_exchange and opportunity.type == "exchange":
        yield Obstacle(
            _("You have an exchange already, and people do one exchange at a time."),
            _("You can apply when your exchange is over, or for another type of opportunity."),
        )


def _about_clearance(opportunity: Opportunity, profile: Profile | None) -> Iterator[Obstacle]:
    needed = CLEARANCE_RANK[opportunity.clearance]
    held = CLEARANCE_RANK[(profile and profile.clearance) or Clearance.NONE]
    if held < needed:
        yield Obstacle(
            _("You need this security clearance before you apply: %(needed)s.")
            % {"needed": opportunity.get_clearance_display()},
            _(
                "If you hold it, say so in your profile. If not, ask your department's security"
                " team whether it can sponsor you."
            ),
            _("Change your clearance"),
            "/profile/edit/clearance",
        )
