"""Sign in by a code, and sign out."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from allauth.core.internal.httpkit import add_query_params
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.views.errors import too_many_requests
from people import codes
from people.actions import accounts
from people.forms.sign_in import CodeForm, SignInForm
from people.models import EmailDomain, User

WAIT_MINUTES = 60
CHECK = "sign-in-check-your-email"


def _with_next(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """Go to a page of signing in, and keep where the person was going."""
    onward = get_next_redirect_url(request)
    address = reverse(name)
    return redirect(add_query_params(address, {"next": onward}) if onward else address)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a code to it; new and returning people alike."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        person = accounts.person_signing_in(email)
        return _send(request, email, person, _next_page(request, email, person))
    context = {"form": form, "providers": settings.OIDC_PROVIDERS}
    return render(request, "people/sign_in.html", context)


def _next_page(request: HttpRequest, email: str, person: User | None) -> str:
    """Choose by the address's ending alone, so that nobody learns who is known here."""
    if EmailDomain.objects.of_address(email) or codes.known_device(request, person):
        return CHECK
    return "sign-in-not-recognised"


def _send(
    request: HttpRequest, email: str, person: User | None, next_page: str = CHECK
) -> HttpResponse:
    """Send a code, unless too many were asked for."""
    if not codes.may_ask(request, email, person):
        return too_many_requests(request, minutes=WAIT_MINUTES)
    codes.send_code(request, email, person)
    return _with_next(request, next_page)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_your_email(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    awaited = codes.awaited_code(request)
    if awaited is None:
        return _with_next(request, "sign-in")
    form = CodeForm(request.POST or None, awaited=awaited)
    if request.method == "POST":
        if not codes.may_guess(request, awaited.email, User.objects.by_email(awaited.email)):
            return too_many_requests(request, minutes=WAIT_MINUTES)
        if form.is_valid():
            return awaited.finish(get_next_redirect_url(request))
        if form.is_wrong and not awaited.count_wrong():
            messages.warning(request, _("That was one wrong code too many. Ask for a new code."))
            return _with_next(request, "sign-in")
    context = {"form": form, "email": awaited.email, "onward": get_next_redirect_url(request)}
    return render(request, "people/check_your_email.html", context)


@login_not_required
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send a new code to the same address; the one before stops working."""
    awaited = codes.awaited_code(request)
    if awaited is None:
        return _with_next(request, "sign-in")
    response = _send(request, awaited.email, User.objects.by_email(awaited.email))
    if response.status_code < 400:  # noqa: PLR2004 - not refused
        messages.success(request, _("We have sent a new code. Earlier codes no longer work."))
    return response


@login_not_required
@require_safe
def not_recognised(request: HttpRequest) -> HttpResponse:
    """Say what to do when an address does not show where somebody works."""
    context = {"enter": _with_next(request, CHECK).url}
    return render(request, "people/not_recognised.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; a GET only asks."""
    if request.method == "POST":
        get_adapter(request).logout(request)
        messages.success(request, _("You have signed out"))
        return redirect("sign-in")
    return render(request, "people/sign_out.html")


@login_not_required
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that an account is closed: reached only with a right code or single sign-on."""
    return render(request, "people/account_closed.html", status=403)
