"""The workspace of a host: what needs doing, and its opportunities."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import require
from experts.models import Organisation
from people.http import UserRequest
from placements.actions import hosts
from placements.candidates import bucket_words
from placements.lifecycle import OPPORTUNITY
from placements.models import Opportunity
from placements.wording import OPPORTUNITY_WORDING

PAUSING = {"pause": hosts.pause, "reopen": hosts.reopen}


def organisation_of(request: HttpRequest, slug: str) -> Organisation:
    """Fetch a host its member works for; nobody else learns that it has a workspace."""
    return get_object_or_404(Organisation.objects.of_member(request.user), slug=slug)  # type: ignore[arg-type] # signed in


def opportunity_of(organisation: Organisation, reference: str) -> Opportunity:
    """Fetch one of a host's opportunities."""
    rows = Opportunity.objects.of_organisation(organisation).select_related("organisation")
    found: Opportunity = get_object_or_404(rows, reference=reference)
    return found


@require_safe
def organisation_workspace(request: UserRequest, slug: str) -> HttpResponse:
    """Show what waits for the host, the oldest first, and its opportunities."""
    organisation = organisation_of(request, slug)
    opportunities = Opportunity.objects.of_organisation(organisation).with_buckets()
    context = {
        "organisation": organisation,
        "waiting": opportunities.with_undecided().order_by("choosing_on", "pk"),
        "opportunities": opportunities,
        "wording": OPPORTUNITY_WORDING,
        "bucket_words": bucket_words(),
    }
    return render(request, "placements/organisation_workspace.html", context)


@require_safe
def organisation_opportunities(request: UserRequest, slug: str) -> HttpResponse:
    """List a host's opportunities with their applicants and what may be done with them."""
    organisation = organisation_of(request, slug)
    rows = Opportunity.objects.of_organisation(organisation).with_buckets()
    steps = [
        (row, [step for step in OPPORTUNITY.open_to(request.user, row) if step.name in PAUSING])
        for row in rows
    ]
    context = {
        "organisation": organisation,
        "rows": steps,
        "wording": OPPORTUNITY_WORDING,
        "bucket_words": bucket_words(),
    }
    return render(request, "placements/organisation_workspace_opportunities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def opportunity_pausing(
    request: UserRequest, slug: str, reference: str, name: str
) -> HttpResponse:
    """Ask before an opportunity is paused or opened again, then do it."""
    opportunity = opportunity_of(organisation_of(request, slug), reference)
    step = OPPORTUNITY.steps[name]
    require(step.rule(request.user, opportunity))
    if request.method == "POST":
        PAUSING[name](opportunity, by=request.user)
        said = _("Opportunity paused") if name == "pause" else _("Opportunity open again")
        messages.success(request, said)
        return redirect("organisation-opportunities", slug)
    context = {"opportunity": opportunity, "step": step}
    return render(request, "placements/organisation_workspace_pausing.html", context)
