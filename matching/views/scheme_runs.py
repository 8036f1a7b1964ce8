"""The scheme team decides a round: what to look at first, trial runs, rulings, publishing."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import StepNotOpen
from matching.actions import runs
from matching.choices import RoundStatus
from matching.forms.runs import PairForm, RunForm
from matching.live.contest import settings_of
from matching.live.preflight import preflight
from matching.models import PairRule, Round, Run
from matching.views.scheme_rounds import round_of
from people.http import UserRequest


def run_of(row: Round, number: int) -> Run:
    """Fetch a run of the stage a round is in."""
    found: Run = get_object_or_404(Run.objects.of_stage(row), number=number)
    return found


@require_safe
def scheme_preflight(request: UserRequest, slug: str) -> HttpResponse:
    """Show places against people, hosts who have not grouped, and missing support."""
    row = round_of(request, slug)
    context = {"round": row, "found": preflight(row)}
    return render(request, "matching/scheme/scheme_preflight.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_runs(request: UserRequest, slug: str) -> HttpResponse:
    """Show trial runs side by side, and make another."""
    row = round_of(request, slug)
    data = request.POST if request.method == "POST" else None
    form = RunForm(data, initial=settings_of(row))
    if request.method == "POST" and form.is_valid():
        run = runs.try_run(row, by=request.user, settings=form.cleaned_data)
        messages.success(request, _("Run %(number)d is made") % {"number": run.number})
        return redirect("scheme-runs", slug)
    context = {
        "round": row,
        "runs": Run.objects.of_stage(row),
        "form": form,
        "can_run": row.status == RoundStatus.CHECKING,
    }
    return render(request, "matching/scheme/scheme_runs.html", context)


@require_safe
def scheme_run(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """Show who would get what in one run, by references."""
    row = round_of(request, slug)
    run = run_of(row, number)
    people = [(person, run.outcome.get(person["list"])) for person in run.inputs["people"]]
    context = {"round": row, "run": run, "people": people}
    return render(request, "matching/scheme/scheme_run.html", context)


@require_safe
def run_certificate(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """Give a run's cut-offs as a file that anybody can check."""
    run = run_of(round_of(request, slug), number)
    text = json.dumps(runs.certificate_of(run), indent=1, sort_keys=True)
    name = f"{slug}-{run.stage}-{run.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_pairs(request: UserRequest, slug: str) -> HttpResponse:
    """List the pairs that must or must not be, and add one."""
    row = round_of(request, slug)
    data = request.POST if request.method == "POST" else None
    form = PairForm(data, round_=row)
    if request.method == "POST" and form.is_valid() and form.choice is not None:
        mine, place = form.choice.list, form.choice.place
        values = {name: form.cleaned_data[name] for name in ("ruling", "reason")}
        runs.rule_on_pair(mine, place, by=request.user, **values)
        messages.success(request, _("Saved. Make a new run to see what it changes."))
        return redirect("scheme-pairs", slug)
    context = {
        "round": row,
        "form": form,
        "rules": PairRule.objects.of_round(row),
        "can_run": row.status == RoundStatus.CHECKING,
    }
    return render(request, "matching/scheme/scheme_pairs.html", context)


@require_POST
def scheme_pair_remove(request: UserRequest, slug: str, mine: str, reference: str) -> HttpResponse:
    """Let the round decide about a pair again."""
    row = round_of(request, slug)
    rules = PairRule.objects.of_round(row).select_related("place__round")
    named = {"list__reference": mine, "place__opportunity__reference": reference}
    runs.take_back_ruling(get_object_or_404(rules, **named), by=request.user)
    messages.success(request, _("The round decides about this pair again"))
    return redirect("scheme-pairs", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_publish(request: UserRequest, slug: str, number: int) -> HttpResponse:
    """Say what publishing does, then publish."""
    row = round_of(request, slug)
    run = run_of(row, number)
    if row.status != RoundStatus.CHECKING:
        raise StepNotOpen(f"/scheme/rounds/{slug}", "publish")
    if request.method == "POST":
        runs.publish(run, by=request.user)
        messages.success(request, _("The results are out"))
        return redirect("scheme-round", slug)
    context = {"round": row, "run": run, "emails": len(run.inputs["people"])}
    return render(request, "matching/scheme/scheme_publish.html", context)
