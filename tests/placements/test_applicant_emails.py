"""Every mail about applying: two templates, a short subject, no bad news on the envelope."""

import inspect

import pytest
from django.conf import settings
from django.utils import timezone

from notifications.models import Message
from notifications.rendering import calendar_of, render
from placements.choices import ApplicationStatus, ManagerDecision
from placements.emails import applications, managers
from placements.models import ManagerRequest
from tests.factories.people import UserFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db
TEMPLATES = settings.BASE_DIR / "templates"
LETTERS = {
    name: function
    for module in (applications, managers)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
}
BAD_NEWS = ("not support", "cannot", "no longer", "declined", "refused", "taken back")


def request_of(application, **answers):
    ManagerRequest.objects.filter(application=application).delete()
    return ManagerRequest.objects.create(
        application=application,
        applicant=application.applicant,
        manager=application.manager,
        expires_at=timezone.now(),
        closed_at=timezone.now(),
        decided_at=timezone.now(),
        decided_by=application.manager,
        **({"decision": ManagerDecision.YES, "cover": "team"} | answers),
    )


def letter(function, name="Sam Okafor", **answers):
    application = ApplicationFactory(
        status=ApplicationStatus.WITH_MANAGER,
        applicant__name=name,
        opportunity__title="T" * 80,
        opportunity__organisation__name="The Institute of Measurement and of Much Else Besides",
    )
    given = {
        "application": application,
        "request": request_of(application, **answers),
        "approver": UserFactory(),
        "admin": UserFactory(),
        "code": "123456",
        "key": "key",
    }
    wanted = inspect.signature(function).parameters
    function(**{name: given[name] for name in wanted})
    return render(Message.objects.get())


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_both_templates_and_its_parts_in_order(name):
    _subject, body = letter(LETTERS[name])

    for part in ("subject", "body"):
        assert (TEMPLATES / f"placements/emails/{name}_{part}.txt").exists()
    assert body.lstrip().startswith("Dear ")
    assert body.index("Get help") < body.index("Why you got this")
    assert "None" not in body
    assert body.count("http://testserver/") <= 1


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize(
    "person", ["Sam Okafor", "", "Maximiliana Featherstonehaugh-Cholmondeley"]
)
def test_a_subject_is_short_and_says_no_bad_news(name, person):
    subject, _body = letter(LETTERS[name], name=person)

    assert 0 < len(subject) <= 60
    assert not any(word in subject.lower() for word in BAD_NEWS)


@pytest.mark.parametrize(
    ("answers", "inside"),
    [
        ({}, "supports your application. It is with"),
        ({"decision": "changes", "cover": "", "words": "In May."}, "In May."),
        ({"decision": "question", "cover": "", "words": "Which weeks?"}, "Which weeks?"),
        ({"decision": "no", "cover": "", "possible_later": "Next year."}, "Next year."),
        ({"decision": "not_manager", "cover": ""}, "not your line manager"),
    ],
)
def test_what_the_manager_answered_stands_inside(answers, inside):
    subject, body = letter(managers.manager_replied, **answers)

    assert inside in body
    assert subject.startswith("Your manager has replied about AP-")


def test_the_code_stands_only_in_what_is_wiped():
    letter(managers.decision_code)

    message = Message.objects.get()
    assert message.secret == {"code": "123456"}
    assert "123456" not in str(message.context)


@pytest.mark.parametrize("name", ["sent_to_manager", "sent_to_host"])
def test_the_dates_come_with_the_receipt(name):
    letter(LETTERS[name])

    assert b"BEGIN:VEVENT" in calendar_of(Message.objects.get())
