"""What pages say about an opportunity that no single column holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.filters import date_short, deadline, money
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule, User
from placements.choices import ApplicationStatus, Direction, SkillRole
from placements.models import Opportunity, OpportunitySkill
from placements.wording import APPLICATION_WORDING


@dataclass(frozen=True)
class Approval:
    """Who has to agree, to what, and how long they have."""

    who: str
    what: str
    when: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a comparison."""

    label: str
    values: list[str]

    @property
    def differs(self) -> bool:
        """Tell whether the opportunities are not all the same here."""
        return len(set(self.values)) > 1


def approvals(user: User | AnonymousUser, opportunity: Opportunity) -> list[Approval]:
    """List who has to agree, in order, from the ladder of the person's department."""
    rule = ApprovalRule.objects.for_case(
        getattr(user, "department_id", None), opportunity.type, opportunity.working_days
    )
    if opportunity.direction == Direction.INWARD:
        return [_host(opportunity), _you()]
    steps = [_manager(rule), _host(opportunity), _you(), _department(rule, opportunity)]
    return [*steps[1:], steps[0]] if _is_told(rule) else steps


def _is_told(rule: ApprovalRule) -> bool:
    return rule.manager == ManagerStep.TOLD


def _manager(rule: ApprovalRule) -> Approval:
    if _is_told(rule):
        return Approval(_("Your line manager"), _("is told"))
    return Approval(
        _("Your line manager"),
        _("supports your application before it is sent"),
        _days(ApplicationStatus.WITH_MANAGER),
    )


def _host(opportunity: Opportunity) -> Approval:
    return Approval(
        opportunity.organisation.name,
        _("selects people and offers places"),
        _("by %(day)s") % {"day": date_short(opportunity.choosing_on)},
    )


def _you() -> Approval:
    return Approval(_("You"), _("accept the offer"), _days(ApplicationStatus.OFFERED))


def _department(rule: ApprovalRule, opportunity: Opportunity) -> Approval:
    department = _("Your department")
    if rule.department_step == DepartmentStep.TOLD:
        return Approval(department, _("is told"))
    limit = rule.second_check_over
    if limit is not None and opportunity.cost_to_department > limit:
        what = _("approves, with a second check because it costs more than %(limit)s")
        return Approval(
            department, what % {"limit": money(limit)}, _days(ApplicationStatus.WITH_DEPARTMENT)
        )
    return Approval(department, _("approves"), _days(ApplicationStatus.WITH_DEPARTMENT))


def _days(status: str) -> str:
    days = APPLICATION_WORDING[status].days or 0
    said = ngettext("within %(days)s working day", "within %(days)s working days", days)
    return said % {"days": days}


def list_address(request: HttpRequest, reference: str) -> str:
    """Give the list as it was, at the same opportunity: the address kept its filters."""
    given = request.GET.get("from", "")
    query = given if given.startswith("?") else ""
    return f"{reverse('opportunity-list')}{query}{'#' + reference if query else ''}"


def compared(opportunities: Sequence[Opportunity]) -> list[Row]:
    """Set opportunities side by side, what differs first."""
    rows = [
        Row(str(label), [str(tell(each)) for each in opportunities]) for label, tell in COMPARED
    ]
    return sorted(rows, key=lambda row: not row.differs)


@dataclass(frozen=True)
class Said:
    """An opportunity's facts that take more than one column to say."""

    length: str
    cost: str
    grades: str
    learned: list[OpportunitySkill]
    needed: list[OpportunitySkill]


def said(opportunity: Opportunity) -> Said:
    """Put an opportunity's facts into words."""
    named = list(opportunity.opportunity_skills.all())
    return Said(
        length=length_in_words(opportunity),
        cost=cost_in_words(opportunity),
        grades=grades_in_words(opportunity),
        learned=[each for each in named if each.role == SkillRole.LEARNED],
        needed=[each for each in named if each.role == SkillRole.NEEDED],
    )


def skills_in_words(opportunity: Opportunity, role: str) -> str:
    """Name the skills an opportunity teaches or needs, with their levels."""
    return ", ".join(
        _("%(skill)s (%(level)s)")
        % {"skill": each.skill.name, "level": str(each.get_level_display()).lower()}
        for each in opportunity.opportunity_skills.all()
        if each.role == role
    ) or _("None named")


def grades_in_words(opportunity: Opportunity) -> str:
    """Say which grades can apply."""
    if opportunity.lowest_grade_id == opportunity.highest_grade_id:
        return str(opportunity.lowest_grade)
    return _("%(lowest)s to %(highest)s") % {
        "lowest": opportunity.lowest_grade,
        "highest": opportunity.highest_grade,
    }


def length_in_words(opportunity: Opportunity) -> str:
    """Say how long it lasts, in working days and in the weeks or months people think in."""
    days = opportunity.working_days
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}


def cost_in_words(opportunity: Opportunity) -> str:
    """Say what the home department pays."""
    cost = opportunity.cost_to_department
    return money(cost) if cost else _("Nothing")


COMPARED = (
    (gettext_lazy("Host"), lambda o: o.organisation.name),
    (gettext_lazy("Type"), lambda o: o.get_exchange_kind_display() or o.get_type_display()),
    (gettext_lazy("Closes"), lambda o: deadline(o.closing_on)),
    (gettext_lazy("Places left"), lambda o: o.places_left),
    (gettext_lazy("Starts"), lambda o: date_short(o.starts_on)),
    (gettext_lazy("Ends"), lambda o: date_short(o.ends_on)),
    (gettext_lazy("Length"), length_in_words),
    (gettext_lazy("Hours a week"), lambda o: o.hours_a_week),
    (gettext_lazy("Pattern"), lambda o: o.get_pattern_display()),
    (gettext_lazy("Place"), lambda o: o.town.name),
    (gettext_lazy("Region"), lambda o: o.town.region.name),
    (gettext_lazy("Where the work is done"), lambda o: o.get_remote_display()),
    (gettext_lazy("Cost to your department"), cost_in_words),
    (gettext_lazy("Who pays your salary"), lambda o: o.get_salary_payer_display()),
    (gettext_lazy("Who pays for travel"), lambda o: o.get_travel_payer_display()),
    (gettext_lazy("Grades"), grades_in_words),
    (gettext_lazy("Security clearance"), lambda o: o.get_clearance_display()),
    (gettext_lazy("Skills you will learn"), lambda o: skills_in_words(o, SkillRole.LEARNED)),
    (gettext_lazy("Skills you need"), lambda o: skills_in_words(o, SkillRole.NEEDED)),
    (gettext_lazy("The host chooses by"), lambda o: date_short(o.choosing_on)),
)
