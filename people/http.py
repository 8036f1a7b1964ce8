"""The request as our views know it."""

from django.http import HttpRequest

from people.models import User


class UserRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
