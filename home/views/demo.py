"""The demo: be anybody, and read the mail that was sent; these pages exist only with DEMO=1."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from home.personas import groups
from notifications.models import Message
from notifications.rendering import render as render_message
from people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LETTERS_A_PAGE = 25


@login_not_required
@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    """List the people to sign in as."""
    return render(request, "home/demo_personas.html", {"groups": groups()})


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the demo's people."""
    number = request.POST.get("person", "")
    if not settings.DEMO or not number.isdecimal():
        raise Http404
    user = get_object_or_404(User.objects.demo(), pk=int(number[:18]))
    login(request, user, backend=BACKEND)
    return redirect("home")


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mail of the service, newest first."""
    page = Paginator(Message.objects.with_recipients(), LETTERS_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "home/demo_mail_list.html", {"page": page})


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, uid: str) -> HttpResponse:
    """Show one letter, rendered from the outbox as the worker renders it."""
    message = get_object_or_404(Message.objects.with_recipients(), uid=uid)
    subject, body = render_message(message)
    context = {"letter": message, "subject": subject, "body": body}
    return render(request, "home/demo_mail_detail.html", context)
