"""The directory of hosts."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from experts.models import Organisation
from placements.filters.organisations import OrganisationResults
from placements.filters.paging import paged
from placements.models import Opportunity


@login_not_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """List the hosts, with how much each offers now."""
    results = OrganisationResults(request.GET)
    return render(request, "placements/organisation_list.html", {"results": results})


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one host and what it offers now."""
    organisation = get_object_or_404(Organisation.objects.active().with_place(), slug=slug)
    offered = Opportunity.objects.taking_applications().of_organisation(organisation)
    context = {
        "organisation": organisation,
        "page": paged(offered.for_cards(), request.GET.get("page")),
    }
    return render(request, "placements/organisation_detail.html", context)
