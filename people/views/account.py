"""A person's account: who they are signed in as, where, and with which second factor."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from people.actions.accounts import end_other_sessions, end_session
from people.devices import described
from people.http import UserRequest
from people.permissions import has_profile, has_second_factor


@require_safe
def account(request: UserRequest) -> HttpResponse:
    """Show the account."""
    current = request.session.session_key
    sessions = [
        {"row": row, "device": described(row.user_agent), "current": row.session_key == current}
        for row in UserSession.objects.filter(user=request.user).order_by("-created_at")
        if row.exists()
    ]
    context = {
        "sessions": sessions,
        "has_second_factor": has_second_factor(request.user),
        "has_profile": has_profile(request.user),
    }
    return render(request, "people/account.html", context)


@require_POST
def session_end(request: UserRequest) -> HttpResponse:
    """Sign out somewhere else."""
    if not end_session(request.POST.get("session", ""), by=request.user):
        raise Http404
    messages.success(request, _("You are signed out there"))
    return redirect("account")


@require_POST
def sessions_end(request: UserRequest) -> HttpResponse:
    """Sign out everywhere else."""
    count = end_other_sessions(request.session.session_key or "", by=request.user)
    said = ngettext(
        "You are signed out in %(count)d other place",
        "You are signed out in %(count)d other places",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("account")


@require_safe
def second_factor_required(request: UserRequest) -> HttpResponse:
    """Say why a second factor is needed before anything else."""
    return render(request, "people/second_factor_required.html")
