"""The public pages of opportunities: the list, and one opportunity."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.views.errors import gone
from placements.filters.opportunities import OpportunityResults
from placements.forms.saved import CompareForm
from placements.models import Opportunity, SavedOpportunity
from placements.views.explaining import approvals, compared, list_address, said
from placements.wording import NOT_AVAILABLE, OPPORTUNITY_WORDING

SIMILAR = 3


def saved_references(request: HttpRequest) -> set[str]:
    """Tell which opportunities the person keeps."""
    if not request.user.is_authenticated:
        return set()
    return SavedOpportunity.objects.visible_to(request.user).references()


@login_not_required
@require_safe
def opportunity_list(request: HttpRequest) -> HttpResponse:
    """List what people can apply for today."""
    context = {"results": OpportunityResults(request.GET), "saved": saved_references(request)}
    return render(request, "placements/opportunity_list.html", context)


@login_not_required
@require_safe
def opportunity_detail(request: HttpRequest, reference: str, slug: str = "") -> HttpResponse:
    """Show one opportunity, at its one address."""
    found = Opportunity.objects.with_details()
    visible = found.visible_to(request.user)
    if old := found.cancelled().hidden_from(request.user).with_references([reference]).first():
        return gone(request, similar=list(Opportunity.objects.like(old)[:SIMILAR]))
    opportunity = get_object_or_404(visible, reference=reference)
    if slug != opportunity.slug:
        return redirect(opportunity)
    is_open = opportunity.is_taking_applications
    context = {
        "opportunity": opportunity,
        "said": said(opportunity),
        "status": OPPORTUNITY_WORDING[opportunity.status]
        if opportunity.organisation.is_active
        else NOT_AVAILABLE,
        "approvals": approvals(request.user, opportunity),
        "is_saved": reference in saved_references(request),
        "similar": () if is_open else Opportunity.objects.for_cards().like(opportunity)[:SIMILAR],
        "back": list_address(request, reference),
    }
    return render(request, "placements/opportunity_detail.html", context)


@login_not_required
@require_safe
def opportunity_compare(request: HttpRequest) -> HttpResponse:
    """Put two to four opportunities side by side, what differs first."""
    form = CompareForm(request.GET, user=request.user, is_start="start" in request.GET)
    opportunities = form.cleaned_data["ref"] if form.is_valid() else []
    only = request.GET.get("only") == "different"
    context = {
        "form": form,
        "opportunities": opportunities,
        "rows": [row for row in compared(opportunities) if row.differs or not only],
        "only": only,
    }
    return render(request, "placements/opportunity_compare.html", context)
