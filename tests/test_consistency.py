"""What holds for every page, letter, status and table, found by looking and not by listing."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from core.wording import Audience, Colour
from notifications.models import Message
from notifications.rendering import render
from placements.choices import ApplicationStatus, OpportunityStatus, PlacementStatus
from placements.wording import (
    APPLICATION_WORDING,
    OPPORTUNITY_WORDING,
    OVERDUE,
    PLACEMENT_WORDING,
    Turn,
)
from tests.access import AREAS, ROWS
from tests.test_lifecycles import DRIVERS
from tests.test_settings import guarded
from tests.visitors import Visitors, address, entitled, holdings
from tests.world import make_world

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SUBJECTS = sorted(TEMPLATES.rglob("emails/*_subject.txt"))
BODIES = sorted(TEMPLATES.rglob("emails/*_body.txt"))
OURS = [
    model
    for model in apps.get_models()
    if not model._meta.proxy  # noqa: SLF001 - Django's documented way to look at a model
    and Path(apps.get_app_config(model._meta.app_label).path).parent == Path(settings.BASE_DIR)  # noqa: SLF001 - Django's documented way to look at a model
]


pytestmark = pytest.mark.no_cover


@pytest.fixture
def world(ladder):
    return Visitors(make_world())


# Looking changes nothing


@pytest.mark.django_db
@pytest.mark.parametrize("area", AREAS)
def test_looking_twice_writes_nothing_and_every_page_is_guarded(world, area):
    wrong = []
    for name in AREAS[area]:
        who = entitled(name)
        if who is None:
            continue
        where = address(name, world.world.mine)
        before = holdings()
        client = world.client(who)
        first, second = client.get(where), client.get(where)
        guarded(second.headers)
        if (first.status_code, second.status_code) != (200, 200):
            wrong.append(f"{name}: {first.status_code}, then {second.status_code}")
        if holdings() != before:
            wrong.append(f"{name} writes when {who} looks")
        kept = second.headers.get("Cache-Control", "")
        if who != "nobody" and "no-store" not in kept:
            wrong.append(f"{name} may be stored: {kept!r}")

    assert "\n".join(wrong) == ""


@pytest.mark.django_db
def test_cookies_are_for_the_server_alone(world):
    client = world.client("applicant")
    client.get("/home")
    client.get(address("application-withdraw", world.world.mine))

    assert client.cookies
    for cookie in client.cookies.values():
        if cookie.key in {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}:
            assert cookie["samesite"] in {"Lax", "Strict", ""}
    fresh = world.client("nobody")
    response = fresh.get("/sign-in")
    for cookie in response.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"], cookie.key


# Letters


def test_every_letter_has_a_subject_and_a_body():
    def names(paths, end):
        return {str(path).removesuffix(end) for path in paths}

    assert names(SUBJECTS, "_subject.txt") == names(BODIES, "_body.txt")


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.stem)
def test_every_letter_says_why_it_came(path):
    text = path.read_text()

    assert '{% extends "notifications/email.txt" %}' in text or "{% extends" in text
    assert re.search(r"{%-?\s*block why", text)


# somebody reads the subject on a phone that lies on a table
OUTCOMES = re.compile(
    r"\b(not (selected|supported|approved|accepted)|unsuccessful|declined|refused|regret)\b",
    re.IGNORECASE,
)
BAD_NEWS = ("not_selected", "closed_out", "not_approved", "manager_replied", "support_taken_back")


@pytest.mark.parametrize("path", SUBJECTS, ids=lambda path: path.stem)
def test_a_subject_is_one_short_line(path):
    for words in re.split(r"{%.*?%}", re.sub(r"{{.*?}}", "", path.read_text())):
        assert len(" ".join(words.split())) <= 60


@pytest.mark.parametrize("name", BAD_NEWS)
def test_bad_news_does_not_stand_in_the_subject(name):
    text = (TEMPLATES / "placements" / "emails" / f"{name}_subject.txt").read_text()

    assert not OUTCOMES.search(text)


@pytest.mark.django_db
@pytest.mark.usefixtures("ladder")
@pytest.mark.parametrize("name", DRIVERS)
def test_every_letter_of_a_step_can_be_read(name):
    DRIVERS[name]()

    for message in Message.objects.select_related("recipient"):
        subject, body = render(message)
        assert 0 < len(subject) <= 60, subject
        assert "\n" not in subject
        assert "Why you got this:" in body
        assert not re.search(r"{{|{%|\bNone\b|<[a-z]", body), message.template


# Statuses


@pytest.mark.parametrize("status", ApplicationStatus)
def test_a_status_reads_as_something_to_everybody_who_sees_it(status):
    row = APPLICATION_WORDING[status]

    seen = [row.for_audience(audience) for audience in Audience]
    assert row.applicant in seen
    for wording in filter(None, seen):
        assert str(wording.label)
        assert wording.colour in Colour


def test_every_status_is_worded():
    assert set(APPLICATION_WORDING) == set(ApplicationStatus)
    assert set(OPPORTUNITY_WORDING) == set(OpportunityStatus)
    assert set(PLACEMENT_WORDING) == set(PlacementStatus)


def test_red_is_for_what_is_overdue_and_nothing_else():
    rows = [row.for_audience(each) for row in APPLICATION_WORDING.values() for each in Audience]
    rows += [*OPPORTUNITY_WORDING.values(), *PLACEMENT_WORDING.values()]

    assert OVERDUE.colour == Colour.RED
    assert not [row.label for row in rows if row and row.colour == Colour.RED]


def test_who_is_waited_for_has_a_day_unless_the_host_set_one():
    for status, row in APPLICATION_WORDING.items():
        waits = row.turn in {Turn.MANAGER, Turn.DEPARTMENT}
        assert not waits or row.days, status


# Tables


def pairs():
    """List the moments with who acted then, where the two stand in one row."""
    for model in OURS:
        names = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001 - as above
        for name in sorted(names):
            if name.endswith("_at") and f"{name[:-3]}_by" in names:
                yield model, name, f"{name[:-3]}_by"


@pytest.mark.parametrize(("model", "moment", "person"), list(pairs()))
def test_a_moment_and_who_acted_then_stand_together(model, moment, person):
    meta = model._meta  # noqa: SLF001 - as above
    optional = [meta.get_field(name).null for name in (moment, person)]
    held = [
        constraint
        for constraint in meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and {f"{moment}__isnull", f"{person}__isnull"} <= set(words_of(constraint.condition))
    ]

    assert optional == [False, False] or held


def words_of(condition):
    """List the keys of a condition, however deep."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from words_of(child)
        else:
            yield child[0]


# never typed by anybody: from a published list, and made of other fields
WRITTEN_BY_US = {"description", "search_words"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)  # noqa: SLF001 - as above
def test_a_table_is_well_kept(model):
    meta = model._meta  # noqa: SLF001 - as above
    for field in meta.concrete_fields:
        if isinstance(field, (models.CharField, models.TextField)):
            assert not field.null or field.unique, field
            assert field.max_length or field.name in WRITTEN_BY_US, field
        if field.name == "status":
            values = [
                constraint
                for constraint in meta.constraints
                if isinstance(constraint, models.CheckConstraint)
                and "status__in" in set(words_of(constraint.condition))
            ]
            assert values, f"{model}: the database takes any status"
    for constraint in meta.constraints:
        assert constraint.name.startswith(f"{meta.app_label}_"), constraint.name


def test_every_page_has_somebody_who_may_open_it():
    nobody = {name for name, row in ROWS.items() if row.get and not entitled(name)}
    expected = {name for name, row in ROWS.items() if row.get and 200 not in row.get.values()}

    assert nobody == expected
