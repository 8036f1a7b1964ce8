"""What a round came to for somebody."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import StepNotOpen
from core.filters import time_of_day
from matching.actions import replies
from matching.forms.replies import ReplyForm
from matching.models import Result, RoundPlace
from matching.views.rounds import visible_round
from matching.wording.results import higher_choices, standing, why_not_these
from people.http import UserRequest


def own_result(request: UserRequest, slug: str) -> Result:
    """Fetch the person's newest result in a round."""
    row = visible_round(request, slug)
    found = Result.objects.latest_of(row, request.user)
    if found is None:
        raise Http404
    return found


@require_safe
def round_result(request: UserRequest, slug: str) -> HttpResponse:
    """Show the result: matched, on the reserve list, or not matched this time."""
    result = own_result(request, slug)
    places = RoundPlace.objects.of_round(result.run.round)
    titles = {place.opportunity.reference: place.opportunity.title for place in places}
    context = {
        "result": result,
        "round": result.run.round,
        "standing": standing(result),
        "why": why_not_these(result, titles),
        "seats": result.run.counts["seats"],
    }
    return render(request, "matching/rounds/round_result.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_reply(request: UserRequest, slug: str) -> HttpResponse:
    """Ask for the reply, say what it means, and only then keep it."""
    result = own_result(request, slug)
    if not replies.takes_a_reply(result):
        raise StepNotOpen(f"/rounds/{slug}/result", "reply")
    data = request.POST if request.method == "POST" else None
    form = ReplyForm(data, is_first_choice=result.choice == 1)
    context = {"result": result, "round": result.run.round, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "matching/rounds/round_reply.html", context)
    answer = form.cleaned_data["answer"]
    if not form.cleaned_data["is_confirmed"]:
        context |= {"answer": answer, "higher": higher_choices(result)}
        return render(request, "matching/rounds/round_reply_confirm.html", context)
    result = replies.reply(result, by=request.user, answer=answer)
    text = _("Your reply has been recorded at %(time)s")
    messages.success(request, text % {"time": time_of_day(result.replied_at or timezone.now())})
    return redirect("round-result", slug)
