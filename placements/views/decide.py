"""A host's decisions in one batch: decide, say on what terms and why, check, send."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest
from placements.actions import hosts
from placements.candidates import Candidate
from placements.forms.hosts import DecisionsForm, PerCandidateForm, ReasonsForm, TermsForm
from placements.models import Opportunity
from placements.views.applicants import applicants_of
from placements.views.drafts import DecisionDraft


def _undecided(
    request: UserRequest, slug: str, reference: str
) -> tuple[Opportunity, list[Candidate]]:
    """Fetch who waits for a decision; ?ref= names only some of them."""
    opportunity, candidates = applicants_of(request, slug, reference)
    wanted = set(request.GET.getlist("ref"))
    waiting = [row for row in candidates if row.is_undecided]
    return opportunity, [row for row in waiting if row.reference in wanted] or waiting


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask for one decision for each applicant."""
    opportunity, candidates = _undecided(request, slug, reference)
    draft = DecisionDraft(request.session, opportunity)
    form = DecisionsForm(
        request.POST if request.method == "POST" else None,
        candidates=candidates,
        initial=draft.initial_decisions,
    )
    if candidates and request.method == "POST" and form.is_valid():
        draft.begin(candidates, form.answers())
        return redirect(draft.next_page, slug, reference)
    context = {"opportunity": opportunity, "form": form, "candidates": candidates}
    return render(request, "placements/applicant_decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decisions_offers(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask for the terms of the offers."""
    return _details(request, slug, reference, "offer")


@require_http_methods(["GET", "HEAD", "POST"])
def decisions_reasons(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Ask why some were not selected."""
    return _details(request, slug, reference, "not_select")


def _details(request: UserRequest, slug: str, reference: str, step: str) -> HttpResponse:
    opportunity, candidates = applicants_of(request, slug, reference)
    draft = DecisionDraft(request.session, opportunity)
    chosen = draft.chosen(candidates, step)
    if not chosen:
        return redirect(draft.next_page, slug, reference)
    kinds: dict[str, type[PerCandidateForm]] = {"offer": TermsForm, "not_select": ReasonsForm}
    form = kinds[step](
        request.POST if request.method == "POST" else None,
        candidates=chosen,
        initial=draft.initial(step),
    )
    if request.method == "POST" and form.is_valid():
        draft.keep(step, form.answers())
        return redirect(draft.next_page, slug, reference)
    context = {"opportunity": opportunity, "form": form, "step": step}
    return render(request, "placements/applicant_decisions_details.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decisions_check(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Show what each applicant will get; send all of it, or say what changed meanwhile."""
    opportunity, candidates = applicants_of(request, slug, reference)
    draft = DecisionDraft(request.session, opportunity)
    if draft.was_sent and request.POST.get("submit") == draft.submit_id:
        return redirect("decisions-done", slug, reference)
    if draft.next_page != "decisions-check":
        return redirect(draft.next_page, slug, reference)
    if request.method == "POST":
        return _send(request, opportunity, candidates, draft)
    changed = draft.changed(candidates)
    if changed:
        return _draw_stale(request, opportunity, changed)
    context = {"opportunity": opportunity, "draft": draft, "cards": draft.cards(candidates)}
    return render(request, "placements/applicant_decisions_check.html", context)


def _send(
    request: UserRequest,
    opportunity: Opportunity,
    candidates: list[Candidate],
    draft: DecisionDraft,
) -> HttpResponse:
    new_places = request.POST.get("new_places", "")
    try:
        hosts.send_decisions(
            opportunity,
            draft.decisions(candidates),
            by=request.user,
            new_places=int(new_places) if new_places.isdecimal() else 0,
        )
    except hosts.StaleDecisions as stale:
        pks = {application.pk for application in stale.changed}
        changed = [row for row in candidates if row.application.pk in pks]
        return _draw_stale(request, opportunity, changed)
    except hosts.TooManyOffers as problem:
        context: dict[str, Any] = {"opportunity": opportunity, "draft": draft, "problem": problem}
        return render(request, "placements/applicant_decisions_over.html", context)
    draft.note_sent()
    return redirect("decisions-done", opportunity.organisation.slug, opportunity.reference)


def _draw_stale(
    request: UserRequest, opportunity: Opportunity, changed: list[Candidate]
) -> HttpResponse:
    context = {"opportunity": opportunity, "changed": changed}
    return render(request, "placements/applicant_decisions_stale.html", context, status=409)


@require_safe
def decisions_done(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Say what was sent to whom."""
    opportunity, candidates = applicants_of(request, slug, reference)
    draft = DecisionDraft(request.session, opportunity)
    if not draft.was_sent:
        return redirect("organisation-applicants", slug, reference)
    context = {"opportunity": opportunity, "sent": draft.told(candidates)}
    return render(request, "placements/applicant_decisions_done.html", context)
