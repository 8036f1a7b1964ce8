"""The queue of a department's requests: narrowed, ordered, grouped by what needs doing."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import today
from core.govuk import FilterForm
from people.choices import OpportunityType
from people.models import Department, User
from placements.models import Approval
from placements.querysets.departments import NEW, OVERDUE, REPLIED, SECOND, SOON

PAGE_SIZE = 25
SORTS = {
    "due": gettext_lazy("Decide by"),
    "person": gettext_lazy("Person"),
    "start": gettext_lazy("Start date"),
    "cost": gettext_lazy("Cost, highest first"),
}
COSTS = {
    "none": (gettext_lazy("No cost"), Decimal(-1), Decimal(0)),
    "low": (gettext_lazy("Up to £5,000"), Decimal(0), Decimal(5000)),
    "high": (gettext_lazy("More than £5,000"), Decimal(5000), Decimal(10**9)),
}
STARTS = {
    "30": gettext_lazy("30 days"),
    "60": gettext_lazy("60 days"),
    "90": gettext_lazy("90 days"),
}
ASSIGNED = {"me": gettext_lazy("Me"), "none": gettext_lazy("Nobody")}


class ApprovalFilter(django_filters.FilterSet):  # type: ignore[misc] # it has no types
    """Which requests to show; a value we do not know narrows nothing."""

    type = django_filters.MultipleChoiceFilter(
        field_name="application__opportunity__type",
        choices=OpportunityType.choices,
        label=gettext_lazy("Type"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    cost = django_filters.ChoiceFilter(
        method="by_cost",
        choices=[(key, row[0]) for key, row in COSTS.items()],
        label=gettext_lazy("Cost to the department"),
        empty_label=gettext_lazy("Any cost"),
    )
    starts = django_filters.ChoiceFilter(
        method="by_start",
        choices=list(STARTS.items()),
        label=gettext_lazy("Starts within"),
        empty_label=gettext_lazy("Any time"),
    )
    assigned = django_filters.ChoiceFilter(
        method="by_person",
        choices=list(ASSIGNED.items()),
        label=gettext_lazy("Assigned to"),
        empty_label=gettext_lazy("Anybody"),
    )
    overdue = django_filters.BooleanFilter(
        method="by_lateness",
        label=gettext_lazy("Only overdue ones"),
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Approval
        fields: list[str] = []
        form = FilterForm

    def by_cost(self, rows: Any, _name: str, value: str) -> Any:
        """Narrow to a band of cost."""
        _label, above, most = COSTS[value]
        return rows.filter(
            application__opportunity__cost_to_department__gt=above,
            application__opportunity__cost_to_department__lte=most,
        )

    def by_start(self, rows: Any, _name: str, value: str) -> Any:
        """Narrow to what starts soon."""
        last = today() + dt.timedelta(days=int(value))
        return rows.filter(application__starts_on__range=(today(), last))

    def by_person(self, rows: Any, _name: str, value: str) -> Any:
        """Narrow to the user's own, or to nobody's."""
        if value == "me":
            return rows.filter(assigned_to=self.request.user)
        return rows.filter(assigned_to__isnull=True)

    def by_lateness(self, rows: Any, _name: str, value: bool) -> Any:  # noqa: FBT001 - django-filter's signature
        """Narrow to what should have been decided."""
        return rows.overdue() if value else rows


@dataclass(frozen=True)
class Group:
    """One heading of the queue: all its rows counted, those of this page shown."""

    title: str
    count: int
    rows: list[Approval]


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    filters: ApprovalFilter
    sort: str
    count: int
    page: Page[Approval]
    groups: list[Group]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a filter is in use."""
        return any(self.filters.form.cleaned_data.values()) if self.filters.is_bound else False


def titles() -> dict[int, str]:
    """Name each group, in the order of what needs doing."""
    return {
        OVERDUE: _("Overdue"),
        SOON: _("Decide in the next 2 working days"),
        REPLIED: _("Reply received"),
        SECOND: _("Second check"),
        NEW: _("New"),
    }


def sort_of(request: HttpRequest) -> str:
    """Read the order asked for; one we do not know is the usual one."""
    asked = request.GET.get("sort", "")
    return asked if asked in SORTS else "due"


def queue_of(request: HttpRequest, department: Department, user: User) -> Queue:
    """Make the page of the queue that a request asks for."""
    rows = Approval.objects.of_department(department, user).to_review()
    filters = ApprovalFilter(request.GET, queryset=rows, request=request)
    sort = sort_of(request)
    ordered = filters.qs.grouped(sort)
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = ordered.group_counts()
    groups = [
        Group(title, counts[key], [row for row in page.object_list if row.group == key])
        for key, title in titles().items()
    ]
    shown = [group for group in groups if group.rows]
    return Queue(filters, sort, sum(counts.values()), page, shown)


def page_of(request: HttpRequest, rows: QuerySet[Approval]) -> Page[Approval]:
    """Cut a plain list into pages."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
