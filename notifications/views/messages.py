"""What the service wrote to the person who is signed in."""

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from notifications.models import Message
from notifications.rendering import cover
from notifications.rendering import render as render_letter
from notifications.wording import MESSAGE_WORDING
from people.http import UserRequest

PER_PAGE = 20


@require_safe
def notification_list(request: UserRequest) -> HttpResponse:
    """List a person's messages, newest first."""
    page = Paginator(Message.objects.visible_to(request.user), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "wording": MESSAGE_WORDING}
    return render(request, "notifications/notification_list.html", context)


@require_safe
def notification_detail(request: UserRequest, uid: UUID) -> HttpResponse:
    """Show one message as it was written, with dots for what was secret."""
    messages = Message.objects.visible_to(request.user).with_recipient()
    message = get_object_or_404(messages, uid=uid)
    try:
        subject, body = render_letter(cover(message))
    except ObjectDoesNotExist:  # what it was about is gone
        subject, body = message.subject, ""
    context = {
        "message": message,
        "subject": message.subject or subject,
        "body": body,
        "wording": MESSAGE_WORDING[message.state],
    }
    return render(request, "notifications/notification_detail.html", context)
