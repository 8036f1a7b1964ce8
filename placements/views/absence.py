"""Who of a department is away, month by month."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.calendar import today
from people.http import UserRequest
from people.models import User
from placements.models import Placement
from placements.views.department import department_of, month_days, months_around

MONTHS = 11


@dataclass(frozen=True)
class Row:
    """One line manager's people: who of them is away in each month."""

    team: str
    cells: list[list[User]]


def rows_of(placements: Iterable[Placement], months: list[dt.date]) -> list[Row]:
    """Sort the people away under their line managers, month by month."""
    teams: dict[str, list[Placement]] = {}
    for placement in placements:
        manager = placement.application.manager
        name = manager.display_name if manager else _("No line manager named")
        teams.setdefault(name, []).append(placement)
    return [Row(name, [_away(teams[name], day) for day in months]) for name in sorted(teams)]


def _away(placements: list[Placement], month: dt.date) -> list[User]:
    first, last = month_days(month)
    away = {
        row.person_id: row.person
        for row in placements
        if row.starts_on <= last and row.ends_on >= first
    }
    return list(away.values())


@require_safe
def department_absence(request: UserRequest, slug: str) -> HttpResponse:
    """Show how many people of each manager are away in each of the coming months."""
    department = department_of(request, slug)
    months = months_around(today(), 0, MONTHS)
    placements = (
        Placement.objects.of_department(department)
        .certain()
        .during(months[0], month_days(months[-1])[1])
        .with_details()
    )
    rows = rows_of(placements, months)
    totals = [
        len({person.pk for row in rows for person in row.cells[n]}) for n in range(MONTHS + 1)
    ]
    context = {"department": department, "months": months, "rows": rows, "totals": totals}
    return render(request, "placements/department_absence.html", context)
