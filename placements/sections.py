"""The parts of an application, in the order of its task list."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.filters import date_short
from placements.models import Application


def _always(application: Application) -> bool:
    return True


def _department_decides(application: Application) -> bool:
    return application.department_decides


@dataclass(frozen=True)
class Section:
    """One part: its name in the address, its title, and the answers it holds."""

    name: str
    title: str | Promise
    fields: tuple[str, ...] = ()
    is_optional: bool = False
    is_asked: Callable[[Application], bool] = _always


SECTIONS = {
    section.name: section
    for section in (
        Section("details", gettext_lazy("Confirm your details")),
        Section("why", gettext_lazy("Say why you want this"), ("why",)),
        Section("bring_back", gettext_lazy("Say what you will bring back"), ("bring_back",)),
        Section("dates", gettext_lazy("Choose dates"), ("starts_on", "ends_on")),
        Section("manager", gettext_lazy("Name your line manager"), ("manager_id",)),
        Section(
            "adjustments",
            gettext_lazy("Ask for adjustments"),
            ("adjustments",),
            is_optional=True,
        ),
        Section(
            "business_case",
            gettext_lazy("Write the business case"),
            ("business_case",),
            is_asked=_department_decides,
        ),
    )
}


class TaskState(StrEnum):
    """How far a part is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Task:
    """One row of the task list."""

    section: Section
    state: TaskState


def tasks_of(application: Application) -> list[Task]:
    """List the parts this application has, with how far each is."""
    return [
        Task(section, _state(application, section))
        for section in SECTIONS.values()
        if section.is_asked(application)
    ]


def _state(application: Application, section: Section) -> TaskState:
    if section.name in application.finished_sections:
        return TaskState.COMPLETED
    if any(getattr(application, field) for field in section.fields):
        return TaskState.IN_PROGRESS
    return TaskState.NOT_STARTED


def unfinished(application: Application) -> list[Section]:
    """List the parts that must be completed before the application can be sent."""
    return [
        task.section
        for task in tasks_of(application)
        if task.state != TaskState.COMPLETED and not task.section.is_optional
    ]


def business_case_outline(application: Application) -> str:
    """Write the headings of a business case, and below each what we know already."""
    opportunity = application.opportunity
    learned = ", ".join(
        f"{row.skill} ({row.get_level_display()})"
        for row in opportunity.opportunity_skills.all()
        if row.role == "learned"
    )
    plan = getattr(getattr(application.applicant, "profile", None), "development_plan", "")
    dates = ""
    if application.starts_on and application.ends_on:
        dates = _("%(start)s to %(end)s, %(hours)s hours a week, %(days)s days away in total") % {
            "start": date_short(application.starts_on),
            "end": date_short(application.ends_on),
            "hours": opportunity.hours_a_week,
            "days": f"{application.days_away:g}",
        }
    parts = (
        (_("Development need"), plan),
        (_("Skills, and the level to reach"), learned),
        (
            _("Why this kind of opportunity"),
            f"{opportunity.get_type_display()}: {opportunity.organisation}",
        ),
        (_("Benefit to the department"), application.bring_back),
        (_("What you offer the host"), ""),
        (_("Dates and time away"), dates),
        (_("How your work will be covered"), ""),
        (_("Cost to the department"), f"£{opportunity.cost_to_department:,.0f}"),
    )
    return "\n\n".join(f"{heading}\n{text}".strip() for heading, text in parts)
