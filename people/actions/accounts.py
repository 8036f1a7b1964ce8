"""Writes about who somebody is: their row, their department, their sessions."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from people import signals
from people.models import EmailDomain, User


@transaction.atomic
def person_signing_in(email: str) -> User | None:
    """Find the person of an address; the first use of a recognised domain makes their row."""
    person = User.objects.by_email(email)
    if person is None:
        domain = EmailDomain.objects.of_address(email)
        if domain is None:
            return None
        person = User.objects.named(email, department=domain.department)
    EmailAddress.objects.get_or_create(
        user=person, email=person.email.lower(), defaults={"primary": True}
    )
    return person


@transaction.atomic
def name_person(email: str, *, by: User, name: str = "") -> User:
    """Find or make the row of somebody named by another, who has perhaps never signed in."""
    person = User.objects.by_email(email)
    if person is not None:
        return person
    domain = EmailDomain.objects.of_address(email)
    person = User.objects.named(email, name=name, department=domain.department if domain else None)
    signals.person_named.send(User, user=person, by=by)
    signals.recorded.send(User, action="person named", subject=person, by=by, detail={})
    return person


@transaction.atomic
def end_session(key: str, *, by: User) -> bool:
    """End one of a person's own sessions; whoever holds it is signed out at the next page."""
    session = UserSession.objects.filter(user=by, session_key=key).first()
    if session is None:
        return False
    session.end()
    return True


@transaction.atomic
def end_other_sessions(current_key: str, *, by: User) -> int:
    """End every session of a person but the one they are in."""
    others = list(UserSession.objects.filter(user=by).exclude(session_key=current_key))
    for session in others:
        session.end()
    return len(others)
