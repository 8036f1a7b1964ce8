"""How allauth works here: its mail goes through the outbox, its rights end at signing in."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from notifications.actions import queue_email
from people.actions.accounts import person_signing_in
from people.models import EmailDomain, User
from people.questions import first_page

CODE_MAIL = "account/email/login_code"
KEY_BYTES = 32


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts: known by their address, opened by a code."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("You have tried too often. Wait 5 minutes, then try again."),
        "rate_limited": _("You have tried too often. Wait 5 minutes, then try again."),
        "incorrect_code": _("Code is not correct"),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put a sign-in code into the outbox; allauth has nothing else to send here."""
        if template_prefix == CODE_MAIL:
            queue_email(
                "people/emails/sign_in_code",
                to=User.objects.of_address(email),
                secret={"code": context["code"]},
            )

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - allauth's own templates are not ours
        """Show what allauth says in words of ours, and none of its own."""
        if kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say no: rows are made by our actions."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002 - allauth's signature
        """Say that the account is closed."""
        return redirect("account-closed")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Welcome a civil servant, once."""
        if user.department_id:
            queue_email("people/emails/welcome", to=user, dedupe_key=f"welcome:{user.pk}")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the first question while the profile is new, else to the home page."""
        person = request.user
        new = first_page(person) if isinstance(person, User) else None
        return resolve_url(new or settings.LOGIN_REDIRECT_URL)


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """A department's own sign-in: it may speak for its own addresses and no others."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Map the verified address to the person who has it, or say that it is not recognised."""
        email = next((row.email for row in sociallogin.email_addresses if row.verified), "")
        provider = sociallogin.account.get_provider().app
        if not _may_speak_for(provider.settings.get("department"), email):
            raise ImmediateHttpResponse(redirect("sign-in-not-recognised"))
        person = person_signing_in(email)
        if person is None:  # its domain was known a line above
            raise ImmediateHttpResponse(redirect("sign-in-not-recognised"))
        EmailAddress.objects.get_for_user(person, email).set_verified()
        if sociallogin.user != person:
            sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - allauth's signature
        """Lead back to the page that also offers a code."""
        messages.warning(request, _("Your department’s sign-in did not work. Use a code instead."))
        raise ImmediateHttpResponse(redirect("sign-in"))


def _may_speak_for(slug: str | None, email: str) -> bool:
    """Tell whether an address belongs to the department that a provider is configured for."""
    domain = EmailDomain.objects.of_address(email) if email else None
    return bool(domain and domain.department and slug in domain.department.slugs_above())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Second factors: their secrets are encrypted in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Code is not correct – check your app"),
        "unverified_email": _("Sign in with a code from an email first"),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - as allauth calls it
        """Number the passkeys of people who give them no name."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey %(number)d") % {"number": count + 1})

    def encrypt(self, text: str) -> str:
        """Encrypt with the newest key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt with whichever key it was encrypted with."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Make the cipher of this service's keys, newest first."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(secret: str) -> bytes:
    digest = salted_hmac("notifications.second-factor", "", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(digest.digest()[:KEY_BYTES])
