"""The pages of recommendations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import require
from matching import actions
from matching.forms.signals import SignalsForm
from matching.live import explain, recommend, used_signals
from matching.models import Preference, Rematch, RematchPart
from matching.permissions import gets_recommendations, runs_matching
from matching.wording.rematch import rematch_told
from people.http import UserRequest
from placements.models import Opportunity

SHOWN = 10


@require_safe
def recommended(request: UserRequest) -> HttpResponse:
    """Show the opportunities that suit the person best."""
    require(gets_recommendations(request.user))
    found = recommend(request.user)
    context = {"found": found, "rhythm": Preference.objects.rhythm_of(request.user)}
    return render(request, "matching/recommended.html", context)


@require_safe
def recommended_why(request: UserRequest, reference: str) -> HttpResponse:
    """Explain one opportunity: every point, every rule, and what would change it."""
    opportunities = Opportunity.objects.visible_to(request.user).with_details()
    opportunity = get_object_or_404(opportunities, reference=reference)
    require(gets_recommendations(request.user))
    why = explain(request.user, opportunity)
    return render(request, "matching/recommended_why.html", {"why": why})


@require_http_methods(["GET", "HEAD", "POST"])
def recommended_settings(request: UserRequest) -> HttpResponse:
    """Let the person choose what is compared."""
    require(gets_recommendations(request.user))
    # a form with every box cleared is still an answer
    data = request.POST if request.method == "POST" else None
    form = SignalsForm(data, initial={"used": used_signals(request.user)})
    if form.is_valid():
        actions.choose_signals(request.user, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your choices are saved"))
        return redirect("recommended")
    context = {"form": form, "rhythm": Preference.objects.rhythm_of(request.user)}
    return render(request, "matching/recommended_settings.html", context)


@require_safe
def scheme_jobs(request: UserRequest) -> HttpResponse:
    """Tell how far the match of everybody is, and when the last ones were."""
    require(runs_matching(request.user))
    newest = Rematch.objects.newest(SHOWN)
    progress = RematchPart.objects.progress(newest)
    found = [rematch_told(each, *progress.get(each.pk, (0, 0))) for each in newest]
    live = any(each.is_live for each in found)
    return render(request, "matching/scheme_jobs.html", {"found": found, "live": live})


@require_http_methods(["GET", "HEAD", "POST"])
def rematch_start(request: UserRequest) -> HttpResponse:
    """Ask whether to match everybody again, then do."""
    require(runs_matching(request.user))
    if request.method == "POST":
        actions.ask_for_rematch(by=request.user)
        messages.success(request, _("Everybody will be matched again, starting within a minute"))
        return redirect("scheme-jobs")
    last = Rematch.objects.done().first()
    return render(request, "matching/rematch_start.html", {"last": last})
