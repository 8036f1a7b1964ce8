"""The opportunities somebody keeps, with notes only they can read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.http import UserRequest
from placements.actions import opportunities as actions
from placements.filters.paging import paged
from placements.forms.saved import NoteForm
from placements.models import Opportunity, SavedOpportunity

REMOVED = "removed_saved"


@require_safe
def saved_list(request: UserRequest) -> HttpResponse:
    """List what the person keeps, newest first."""
    rows = SavedOpportunity.objects.visible_to(request.user).with_details()
    removed = request.session.get(REMOVED)
    context = {
        "page": paged(rows, request.GET.get("page")),
        "removed": removed if request.GET.get("removed") and removed else None,
    }
    return render(request, "placements/saved_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_add(request: UserRequest, reference: str) -> HttpResponse:
    """Keep an opportunity; a GET, as after signing in, only leads back to it."""
    opportunity = get_object_or_404(
        Opportunity.objects.visible_to(request.user), reference=reference
    )
    if request.method == "POST":
        actions.save(opportunity, by=request.user)
        messages.success(request, _("Saved. You can add a note to it in your saved list."))
    return redirect(way_back(request) or opportunity.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def saved_note(request: UserRequest, reference: str) -> HttpResponse:
    """Write a private note on a saved opportunity."""
    saved = get_object_or_404(
        SavedOpportunity.objects.visible_to(request.user).with_details(),
        opportunity__reference=reference,
    )
    form = NoteForm(request.POST or None, initial={"note": saved.note})
    if request.method == "POST" and form.is_valid():
        actions.note(saved, by=request.user, **form.cleaned_data)
        messages.success(request, _("Note saved"))
        return redirect("saved-list")
    return render(request, "placements/saved_note.html", {"saved": saved, "form": form})


@require_POST
def saved_remove(request: UserRequest, reference: str) -> HttpResponse:
    """Stop keeping an opportunity, and offer to undo that."""
    saved = get_object_or_404(
        SavedOpportunity.objects.visible_to(request.user).with_details(),
        opportunity__reference=reference,
    )
    note = actions.unsave(saved.opportunity, by=request.user)
    request.session[REMOVED] = {
        "reference": reference,
        "title": saved.opportunity.title,
        "note": note,
    }
    return redirect(f"{reverse('saved-list')}?removed={reference}")


@require_POST
def saved_undo(request: UserRequest, reference: str) -> HttpResponse:
    """Keep again what was removed last, with its note."""
    opportunity = get_object_or_404(
        Opportunity.objects.visible_to(request.user), reference=reference
    )
    removed = request.session.pop(REMOVED, None) or {}
    note = removed.get("note", "") if removed.get("reference") == reference else ""
    actions.save(opportunity, by=request.user, note=note)
    messages.success(request, _("Saved again"))
    return redirect("saved-list")


def way_back(request: HttpRequest) -> str:
    """Give the page of ours that the form says it came from, if it is ours."""
    given = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if safe else ""
