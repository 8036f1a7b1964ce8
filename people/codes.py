"""Sign-in codes: who may ask for one, the code that waits in this session, and what it opens."""

from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from people.models import User

DEVICE_SALT = "people.device"
DEVICE_SECONDS = 180 * 24 * 3600


def send_code(request: HttpRequest, email: str, person: User | None) -> None:
    """Send a code and remember in the session that it is awaited.

    A closed account and an address that is nobody's get none, and wait for one all the same.
    """
    LoginCodeVerificationProcess.initiate(
        request=request,
        user=person if person and person.is_active else None,
        email=person.email if person else email,
    )


class AwaitedCode:
    """The code this session waits for."""

    def __init__(self, process: Any) -> None:
        """Keep allauth's process."""
        self.process = process

    @property
    def email(self) -> str:
        """Give the address that the code went to."""
        return str(self.process.state["email"])

    @property
    def is_expired(self) -> bool:
        """Tell whether the code is too old."""
        return not self.process.is_valid()

    def is_right(self, text: str) -> bool:
        """Tell whether this is the code; a code that was never sent is never right."""
        return bool(compare_user_code(actual=text, expected=self.process.code))

    def count_wrong(self) -> bool:
        """Note a wrong try; tell whether there may be another."""
        return bool(self.process.record_invalid_attempt())

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign the person in, or lead to the second factor."""
        response: HttpResponse = self.process.finish(redirect_url)
        remember_device(response, self.process.user)
        return response


def awaited_code(request: HttpRequest) -> AwaitedCode | None:
    """Find the code this session waits for."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    return AwaitedCode(LoginCodeVerificationProcess(stage=stage)) if stage else None


def remember_device(response: HttpResponse, person: User) -> None:
    """Note in a signed cookie that this person has signed in from this device."""
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        f"{person.pk}:{get_random_string(16)}",
        salt=DEVICE_SALT,
        max_age=DEVICE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, person: User | None) -> str:
    """Give the mark of a device that a person has signed in from; empty for any other."""
    device = request.get_signed_cookie(
        settings.DEVICE_COOKIE_NAME, default="", salt=DEVICE_SALT, max_age=DEVICE_SECONDS
    )
    return device if person and device and device.split(":")[0] == str(person.pk) else ""


def _budget(request: HttpRequest, email: str, person: User | None) -> tuple[str, str]:
    """Choose whose tries to count: a known device has its own, which strangers cannot use up."""
    device = known_device(request, person)
    return ("known_device", device) if device else ("unknown_device", email.lower())


def may_ask(request: HttpRequest, email: str, person: User | None) -> bool:
    """Tell whether one more code may be sent, and count it."""
    kind, key = _budget(request, email, person)
    return bool(ratelimit.consume(request, action=f"code_{kind}", key=key))


def may_guess(request: HttpRequest, email: str, person: User | None) -> bool:
    """Tell whether one more code may be tried, and count it."""
    kind, key = _budget(request, email, person)
    return bool(ratelimit.consume(request, action=f"guess_{kind}", key=key))
