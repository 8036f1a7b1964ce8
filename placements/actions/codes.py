"""The code that proves that whoever decides has the line manager's registered address."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from placements.emails import managers as letters
from placements.models import DecisionCode, ManagerRequest

LIVES = dt.timedelta(minutes=15)
CODES_AN_HOUR = 5
SALT = "placements.decision-code"


def _hash(request: ManagerRequest, code: str) -> str:
    """Hash a code with the service's own key: the table alone lets nobody try them all."""
    return salted_hmac(SALT, f"{request.nonce}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def send_code(request: ManagerRequest) -> bool:
    """Mail a code to the registered address; False when too many went out in the last hour."""
    ManagerRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.codes.since(timezone.now() - dt.timedelta(hours=1)).count() >= CODES_AN_HOUR:
        return False
    request.codes.usable().update(expires_at=timezone.now())
    code = f"{secrets.randbelow(10**6):06}"
    DecisionCode.objects.create(
        request=request, code_hash=_hash(request, code), expires_at=timezone.now() + LIVES
    )
    letters.decision_code(request, code)
    return True


def why_refused(request: ManagerRequest) -> str:
    """Say whether another try makes sense or a new code is needed."""
    if request.codes.usable().exists():
        return _("Code is not correct – check the latest email")
    return _("Code has expired – request a new one")


@transaction.atomic
def check_code(request: ManagerRequest, code: str) -> DecisionCode | None:
    """Use up the latest code when it is right; a wrong try counts, and the fifth ends it."""
    latest = request.codes.usable().select_for_update().first()
    if latest is None:
        return None
    if not constant_time_compare(latest.code_hash, _hash(request, code)):
        request.codes.filter(pk=latest.pk).update(wrong_tries=F("wrong_tries") + 1)
        return None
    latest.used_at = timezone.now()
    latest.save(update_fields=["used_at"])
    return latest
