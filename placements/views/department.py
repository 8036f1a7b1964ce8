"""The workspace of a department: what waits, who goes and comes back, who is out."""

import calendar
import datetime as dt

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.calendar import add_working_days, today
from people.http import UserRequest
from people.models import Department
from placements.models import Approval, Placement
from placements.wording import PLACEMENT_WORDING

MONTH = "%Y-%m"


def department_of(request: UserRequest, slug: str) -> Department:
    """Fetch a department its admin works for; nobody else learns that it has a workspace."""
    found: Department = get_object_or_404(
        Department.objects.administered_by(request.user), slug=slug
    )
    return found


def month_days(first: dt.date) -> tuple[dt.date, dt.date]:
    """Give the first and the last day of a month."""
    last = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=1), first.replace(day=last)


def months_around(day: dt.date, before: int, after: int) -> list[dt.date]:
    """List the first days of the months around a day."""
    number = day.year * 12 + day.month - 1
    return [dt.date(n // 12, n % 12 + 1, 1) for n in range(number - before, number + after + 1)]


@require_safe
def department_overview(request: UserRequest, slug: str) -> HttpResponse:
    """Show what is overdue and due, who starts and ends this month, and who is out."""
    department = department_of(request, slug)
    rows = Approval.objects.of_department(department, request.user).to_review()
    placements = Placement.objects.of_department(department).live().with_details()
    context = {
        "department": department,
        "overdue": rows.overdue().order_by("application__due_on"),
        "due": rows.due_between(today(), add_working_days(today(), 5)).order_by(
            "application__due_on"
        ),
        "count": rows.count(),
        "moving": placements.starting_or_ending(*month_days(today())),
        "out": placements.during(today(), today()),
        "month": month_days(today()),
    }
    return render(request, "placements/department_overview.html", context)


@require_safe
def department_placements(request: UserRequest, slug: str) -> HttpResponse:
    """List who is where, from when until when, in one month or in all."""
    department = department_of(request, slug)
    rows = Placement.objects.of_department(department).certain().with_details()
    months = months_around(today(), 2, 12)
    asked = next((day for day in months if day.strftime(MONTH) == request.GET.get("month")), None)
    context = {
        "department": department,
        "months": [(day.strftime(MONTH), day) for day in months],
        "month": asked,
        "rows": rows.during(*month_days(asked)) if asked else rows.live(),
        "wording": PLACEMENT_WORDING,
    }
    return render(request, "placements/department_placements.html", context)
