"""The pages of saved searches, and of how often we write about what is new."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.permissions import require
from matching import actions
from matching.choices import MOST_SEARCHES
from matching.forms.searches import RhythmForm, SearchNameForm
from matching.live.searches import asked, kept
from matching.models import Preference, SavedSearch
from matching.permissions import gets_recommendations
from people.http import UserRequest
from people.questions import first_page

REMOVED = "removed_search"
LONGEST = 2_000


@require_safe
def saved_search_list(request: UserRequest) -> HttpResponse:
    """List the searches that the person keeps, with what each finds today."""
    require(gets_recommendations(request.user))
    searches = SavedSearch.objects.visible_to(request.user)
    removed = request.session.get(REMOVED)
    context = {
        "kept": [kept(search) for search in searches],
        "most": MOST_SEARCHES,
        "rhythm": Preference.objects.rhythm_of(request.user),
        "unanswered": first_page(request.user),
        "removed": removed if request.GET.get("removed") and removed else None,
    }
    return render(request, "matching/saved_search_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_new(request: UserRequest) -> HttpResponse:
    """Ask what to call the search in the address, then keep it."""
    require(gets_recommendations(request.user))
    search = asked(request.GET)
    form = SearchNameForm(request.POST or None, initial={"name": search.name})
    is_full = SavedSearch.objects.visible_to(request.user).count() >= MOST_SEARCHES
    is_long = len(search.query) > LONGEST
    if request.method == "POST" and form.is_valid() and not is_long:
        actions.save_search(search.query, by=request.user, **form.cleaned_data)
        messages.success(request, _("Search saved"))
        return redirect("saved-search-list")
    context = {"search": search, "form": form, "is_full": is_full, "is_long": is_long}
    return render(request, "matching/saved_search_new.html", context)


@require_POST
def saved_search_remove(request: UserRequest, reference: str) -> HttpResponse:
    """Stop keeping a search, and offer to undo that."""
    search = get_object_or_404(SavedSearch.objects.visible_to(request.user), reference=reference)
    actions.remove_search(search, by=request.user)
    request.session[REMOVED] = {"name": search.name, "query": search.query}
    return redirect(f"{reverse('saved-search-list')}?removed=1")


@require_POST
def saved_search_undo(request: UserRequest) -> HttpResponse:
    """Keep again what was removed last."""
    require(gets_recommendations(request.user))
    removed = request.session.pop(REMOVED, None)
    if removed:
        actions.save_search(removed["query"], by=request.user, name=removed["name"])
        messages.success(request, _("Search saved again"))
    return redirect("saved-search-list")


@require_http_methods(["GET", "HEAD", "POST"])
def recommended_emails(request: UserRequest) -> HttpResponse:
    """Let the person choose how often we write about what is new."""
    require(gets_recommendations(request.user))
    rhythm = Preference.objects.rhythm_of(request.user)
    data = request.POST if request.method == "POST" else None
    form = RhythmForm(data, initial={"rhythm": rhythm})
    if form.is_valid():
        actions.choose_rhythm(request.user, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved"))
        return redirect("recommended")
    return render(request, "matching/recommended_emails.html", {"form": form})
