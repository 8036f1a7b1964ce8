"""What monitoring asks: not only whether the service answers, but whether it does its work."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.permissions import require
from home.live.status import deep_health
from home.permissions import is_scheme_team
from people.models import User


@login_not_required
@never_cache
@require_safe
def health_deep(request: HttpRequest) -> HttpResponse:
    """Answer 200 when all is well and 503 when somebody should look."""
    require(_knows_token(request) or _is_scheme_team(request))
    facts = deep_health()
    return JsonResponse(facts, status=200 if facts["healthy"] else 503)


def _knows_token(request: HttpRequest) -> bool:
    given = request.headers.get("X-Health-Token", "")
    return bool(settings.HEALTH_TOKEN) and constant_time_compare(given, settings.HEALTH_TOKEN)


def _is_scheme_team(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and is_scheme_team(request.user)
