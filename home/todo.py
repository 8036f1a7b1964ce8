"""What waits for a person, wherever in the service it is: the most urgent first."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.calendar import today
from matching.models import Result, RoundList
from people.models import User
from placements.choices import WITH_THE_HOST, ApplicationStatus
from placements.models import Application, ManagerRequest
from placements.wording import APPLICATION_WORDING, Turn

APPLICANT_ACTS = [
    state for state, row in APPLICATION_WORDING.items() if row.turn == Turn.APPLICANT
]
DEPARTMENT_ACTS = [
    state for state, row in APPLICATION_WORDING.items() if row.turn == Turn.DEPARTMENT
]
WHAT_TO_DO: dict[str, str | Promise] = {
    ApplicationStatus.DRAFT: gettext_lazy("Finish your application"),
    ApplicationStatus.MANAGER_CHANGES: gettext_lazy("Make the changes your manager asked for"),
    ApplicationStatus.OFFERED: gettext_lazy("Answer your offer"),
    ApplicationStatus.DEPT_INFO: gettext_lazy("Answer your department’s question"),
    ApplicationStatus.APPROVED_CONDITIONS: gettext_lazy("Read and accept the conditions"),
}


@dataclass(frozen=True)
class Task:
    """One thing to do: what, about what, where, and until when."""

    label: str | Promise
    about: str
    href: str
    due_on: dt.date | None = None

    @property
    def is_overdue(self) -> bool:
        """Tell whether it should have been done by now."""
        return self.due_on is not None and self.due_on < today()


def tasks_of(user: User) -> list[Task]:
    """List everything that waits for this person, the earliest due first."""
    tasks = [
        *as_applicant(user),
        *as_manager(user),
        *as_manager_of_lists(user),
        *as_matched(user),
        *as_host(user),
        *as_department(user),
    ]
    return sorted(tasks, key=lambda task: task.due_on or dt.date.max)


def as_applicant(user: User) -> list[Task]:
    """List the person's own applications whose next step is theirs."""
    rows = Application.objects.of_applicant(user).in_states(APPLICANT_ACTS).with_people()
    return [
        Task(WHAT_TO_DO[row.status], row.opportunity.title, row.get_absolute_url(), row.due_on)
        for row in rows
    ]


def as_manager(user: User) -> list[Task]:
    """List the people who ask for this person's support."""
    return [
        Task(
            _("Decide on %(name)s’s application")
            % {"name": row.application.applicant.display_name},
            row.application.opportunity.title,
            reverse("manager-request", args=[row.application.reference]),
            row.application.due_on,
        )
        for row in ManagerRequest.objects.visible_to(user).open().with_application()
    ]


def as_manager_of_lists(user: User) -> list[Task]:
    """List the people who ask for this person's support in a matching round."""
    return [
        Task(
            _("Decide whether you support %(name)s") % {"name": row.person.display_name},
            row.round.name,
            reverse("list-support", args=[row.reference]),
            row.round.lock_day,
        )
        for row in RoundList.objects.waiting_for(user)
    ]


def as_matched(user: User) -> list[Task]:
    """List the person's matches that wait for a reply."""
    return [
        Task(
            _("Reply to your result"),
            row.run.round.name,
            reverse("round-reply", args=[row.run.round.slug]),
            row.run.round.reply_day,
        )
        for row in Result.objects.with_details().to_reply().of_person(user)
    ]


def as_host(user: User) -> list[Task]:
    """List the organisations with applicants to choose from."""
    return [
        Task(
            ngettext("Review %(count)d applicant", "Review %(count)d applicants", count)
            % {"count": count},
            name,
            reverse("organisation-workspace", args=[slug]),
            due_on,
        )
        for name, slug, count, due_on in Application.objects.waiting_at_organisations_of(
            user, WITH_THE_HOST
        )
    ]


def as_department(user: User) -> list[Task]:
    """List the departments with applications to decide on."""
    return [
        Task(
            ngettext("Decide on %(count)d request", "Decide on %(count)d requests", count)
            % {"count": count},
            name,
            reverse("approval-list", args=[slug]),
            due_on,
        )
        for name, slug, count, due_on in Application.objects.waiting_at_departments_of(
            user, DEPARTMENT_ACTS
        )
    ]
