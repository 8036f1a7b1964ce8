"""A department's approval ladder: read, change, take away, go back to the default."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.choices import OpportunityType
from people.http import UserRequest
from people.models import ApprovalRule, Department
from placements.actions import policy
from placements.forms.departments import RungForm
from placements.views.department import department_of


def _ladder(department: Department) -> dict[str, list[ApprovalRule]]:
    rungs: dict[str, list[ApprovalRule]] = {kind: [] for kind in OpportunityType.values}
    for rung in ApprovalRule.objects.in_force(department):
        rungs[rung.opportunity_type].append(rung)
    return rungs


def _kind(name: str) -> OpportunityType:
    if name not in OpportunityType.values:
        raise Http404
    return OpportunityType(name)


@require_safe
def department_policy(request: UserRequest, slug: str) -> HttpResponse:
    """Show who decides on what, as it holds now."""
    department = department_of(request, slug)
    ladder = [(OpportunityType(kind), rungs) for kind, rungs in _ladder(department).items()]
    context = {"department": department, "ladder": ladder}
    return render(request, "placements/department_policy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_rung(
    request: UserRequest, slug: str, kind: str, days: int | None = None
) -> HttpResponse:
    """Change a rung, or add one."""
    department, chosen = department_of(request, slug), _kind(kind)
    rung = _rung(department, chosen, days)
    initial = {name: getattr(rung, name) for name in policy.FIELDS} if rung else {}
    data = request.POST if request.method == "POST" else None
    form = RungForm(data, initial=initial, days=days)
    if request.method == "POST" and form.is_valid():
        values = {"min_working_days": days} | form.cleaned_data
        policy.set_rung(department, by=request.user, opportunity_type=chosen, **values)
        messages.success(request, _("Approval ladder changed"))
        return redirect("department-policy", slug)
    context = {"department": department, "kind": chosen, "days": days, "form": form}
    return render(request, "placements/department_policy_rung.html", context)


def _rung(department: Department, kind: OpportunityType, days: int | None) -> ApprovalRule | None:
    if days is None:
        return None
    for rung in _ladder(department)[kind]:
        if rung.min_working_days == days:
            return rung
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def policy_remove(
    request: UserRequest, slug: str, kind: str, days: int | None = None
) -> HttpResponse:
    """Ask before a rung is taken away, or a type goes back to the default; then do it."""
    department, chosen = department_of(request, slug), _kind(kind)
    if days == 0:
        raise Http404
    rung = _rung(department, chosen, days)
    if request.method == "POST":
        values: dict[str, Any] = {"by": request.user, "opportunity_type": chosen}
        if rung is None:
            policy.use_default(department, **values)
        else:
            policy.remove_rung(department, min_working_days=rung.min_working_days, **values)
        messages.success(request, _("Approval ladder changed"))
        return redirect("department-policy", slug)
    context = {"department": department, "kind": chosen, "rung": rung}
    return render(request, "placements/department_policy_remove.html", context)
