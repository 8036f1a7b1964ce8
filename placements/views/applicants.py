"""A host and its applicants: the buckets, one applicant, several side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Event
from core.permissions import require
from people.http import UserRequest
from placements.actions import confirmation, hosts
from placements.candidates import Candidate, buckets_of, candidates_of
from placements.forms.hosts import SORTING, CancelPlaceForm, CompareForm, HostNoteForm, MoveForm
from placements.lifecycle import APPLICATION
from placements.models import Opportunity
from placements.timeline import entries
from placements.views.organisation import opportunity_of, organisation_of

HIDDEN = "hidden"


def applicants_of(
    request: UserRequest, slug: str, reference: str
) -> tuple[Opportunity, list[Candidate]]:
    """Fetch an opportunity of the person's organisation with its applicants."""
    opportunity = opportunity_of(organisation_of(request, slug), reference)
    hidden = request.GET.get("names") == HIDDEN
    return opportunity, candidates_of(opportunity, request.user, names_hidden=hidden)


def candidate_of(
    request: UserRequest, slug: str, reference: str, application: str
) -> tuple[Opportunity, Candidate]:
    """Fetch one applicant of an opportunity, or a 404."""
    opportunity, candidates = applicants_of(request, slug, reference)
    for candidate in candidates:
        if candidate.reference == application:
            return opportunity, candidate
    raise Http404


def _draw_applicants(
    request: UserRequest,
    opportunity: Opportunity,
    candidates: list[Candidate],
    form: CompareForm | None = None,
) -> HttpResponse:
    context = {
        "opportunity": opportunity,
        "organisation": opportunity.organisation,
        "candidates": candidates,
        "buckets": buckets_of(candidates),
        "undecided": [row for row in candidates if row.is_undecided],
        "names_hidden": request.GET.get("names") == HIDDEN,
        "form": form,
    }
    return render(request, "placements/applicant_list.html", context)


@require_safe
def applicant_list(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Show an opportunity's applicants in the host's buckets."""
    return _draw_applicants(request, *applicants_of(request, slug, reference))


@require_safe
def applicant_compare(request: UserRequest, slug: str, reference: str) -> HttpResponse:
    """Show two to four applicants side by side."""
    opportunity, candidates = applicants_of(request, slug, reference)
    form = CompareForm(request.GET, candidates=candidates)
    if not form.is_valid():
        return _draw_applicants(request, opportunity, candidates, form)
    chosen = [row for row in candidates if row.reference in form.cleaned_data["ref"]]
    context = {"opportunity": opportunity, "candidates": chosen}
    return render(request, "placements/applicant_compare.html", context)


@require_safe
def applicant_detail(
    request: UserRequest, slug: str, reference: str, application: str
) -> HttpResponse:
    """Show one applicant's answers and what the host may do with them."""
    opportunity, candidate = candidate_of(request, slug, reference, application)
    return render(
        request,
        "placements/applicant_detail.html",
        _detail_context(request, opportunity, candidate),
    )


def _detail_context(
    request: UserRequest, opportunity: Opportunity, candidate: Candidate
) -> dict[str, Any]:
    application = candidate.application
    open_steps = {step.name for step in APPLICATION.open_to(request.user, application)}
    sorting = [name for name in SORTING if name in open_steps]
    return {
        "opportunity": opportunity,
        "candidate": candidate,
        "application": candidate.application,
        "open_steps": open_steps,
        "events": entries(
            Event.objects.about(candidate.application), candidate.application, "host"
        ),
        "move_form": MoveForm(steps=sorting) if sorting else None,
        "note_form": HostNoteForm(initial={"text": application.host_note}),
    }


@require_POST
def applicant_review(
    request: UserRequest, slug: str, reference: str, application: str
) -> HttpResponse:
    """Start the review of a new application."""
    _opportunity, candidate = candidate_of(request, slug, reference, application)
    hosts.start_review(candidate.application, by=request.user)
    messages.success(request, _("You are reviewing this application"))
    return redirect("applicant-detail", slug, reference, application)


@require_POST
def applicant_move(
    request: UserRequest, slug: str, reference: str, application: str
) -> HttpResponse:
    """Move an applicant to another bucket."""
    opportunity, candidate = candidate_of(request, slug, reference, application)
    context = _detail_context(request, opportunity, candidate)
    form = MoveForm(request.POST, steps=SORTING)
    if form.is_valid():
        hosts.sort(candidate.application, by=request.user, step=form.cleaned_data["step"])
        messages.success(request, _("Applicant moved"))
        return redirect("applicant-detail", slug, reference, application)
    context |= {"move_form": form, "form": form}
    return render(request, "placements/applicant_detail.html", context)


@require_POST
def applicant_note(
    request: UserRequest, slug: str, reference: str, application: str
) -> HttpResponse:
    """Keep the host's note."""
    opportunity, candidate = candidate_of(request, slug, reference, application)
    form = HostNoteForm(request.POST)
    if form.is_valid():
        hosts.note(candidate.application, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Note saved"))
        return redirect("applicant-detail", slug, reference, application)
    context = _detail_context(request, opportunity, candidate)
    context |= {"note_form": form, "form": form}
    return render(request, "placements/applicant_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_cancel(
    request: UserRequest, slug: str, reference: str, application: str
) -> HttpResponse:
    """Ask why a place is cancelled, then cancel it."""
    opportunity, candidate = candidate_of(request, slug, reference, application)
    require(APPLICATION.may(request.user, candidate.application, "cancel_place"))
    form = CancelPlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        confirmation.cancel_place(candidate.application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Place cancelled. We have told the applicant why."))
        return redirect("organisation-applicants", slug, reference)
    context = {"opportunity": opportunity, "candidate": candidate, "form": form}
    return render(request, "placements/applicant_cancel.html", context)
