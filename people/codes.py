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


def send_code(request: HttpRequest, person: User) -> None:
    """Send a code and remember in the session that it is awaited; a closed account gets none."""
    LoginCodeVerificationProcess.initiate(
        request=request, user=person if person.is_active else None, email=person.email
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


def _budget(request: HttpRequest, person: User) -> tuple[str, str]:
    """Choose whose tries to count: a known device has its own, which strangers cannot use up."""
    device = request.get_signed_cookie(
        settings.DEVICE_COOKIE_NAME, default="", salt=DEVICE_SALT, max_age=DEVICE_SECONDS
    )
    if device and device.split(":")[0] == str(person.pk):
        return "known_device", device
    return "unknown_device", person.email.lower()


def may_ask(request: HttpRequest, person: User) -> bool:
    """Tell whether one more code may be sent, and count it."""
    kind, key = _budget(request, person)
    return bool(ratelimit.consume(request, action=f"code_{kind}", key=key))


def may_guess(request: HttpRequest, person: User) -> bool:
    """Tell whether one more code may be tried, and count it."""
    kind, key = _budget(request, person)
    return bool(ratelimit.consume(request, action=f"guess_{kind}", key=key))
