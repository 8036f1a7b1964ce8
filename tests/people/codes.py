"""The code that waits in the outbox, as its reader would take it from the mail."""

from notifications.models import Message
from notifications.rendering import render


def latest_code(email):
    message = Message.objects.filter(
        template="people/emails/sign_in_code", recipient__email__iexact=email
    ).first()
    _subject, body = render(message)
    assert message.secret["code"] in body
    return message.secret["code"]


def ask(client, email, **query):
    return client.post("/sign-in", {"email": email}, query_params=query or None)


def sign_in(client, email, **query):
    ask(client, email)
    return client.post("/sign-in/check-your-email", {"code": latest_code(email), **query})
