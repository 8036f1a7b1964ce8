"""Who gets what from every URL: the access table against the service as it is."""

import re
import uuid

import pytest
from django.urls import get_resolver, reverse

from placements.querysets import ApplicationQuerySet
from tests.access import AREAS, ROWS
from tests.visitors import Visitors, address
from tests.world import PEOPLE, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
# a method is refused before anybody is looked at, so fewer people need to try
SOME = ("nobody", "scheme")
OTHER_METHODS = ("put", "patch", "delete", "trace")
TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def url_names(patterns):
    """Walk all URLs, also those that are included."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from url_names(pattern.url_patterns)
        else:
            yield pattern.name


@pytest.fixture
def world(ladder):
    """Make the two tenants and sign everybody in, once for all URLs of a test."""
    return Visitors(make_world())


def wrong(world, method, rows=ROWS):
    """List what differs from the table, one sentence each."""
    for name, row in rows.items():
        expected = {"get": row.get, "head": row.get, "post": row.post}.get(method)
        people = PEOPLE if method in {"get", "head", "post"} else SOME
        for who, found in world.statuses(name, method, people).items():
            right = {expected[who]} if expected else {405, 302} if who == "nobody" else {405}
            if found not in right:
                yield f"{method} {name} as {who}: {found} instead of {right}"


def test_no_url_is_missing_from_the_table():
    assert set(url_names(get_resolver().url_patterns)) == set(ROWS)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("area", AREAS)
def test_every_url_answers_everybody_as_the_table_says(world, area, method):
    assert "\n".join(wrong(world, method, AREAS[area])) == ""


def test_every_other_method_is_refused_everywhere(world):
    found = [each for method in OTHER_METHODS for each in wrong(world, method)]

    assert "\n".join(found) == ""


def test_the_table_fails_when_everybody_sees_everything(world, monkeypatch):
    monkeypatch.setattr(ApplicationQuerySet, "visible_to", lambda self, _user: self)
    row = {name: ROWS[name] for name in ("application-detail", "application-offer")}

    found = list(wrong(world, "get", row))

    assert "get application-detail as stranger: 200 instead of {404}" in found
    assert "get application-offer as other_admin: 403 instead of {404}" in found


# Another tenant's thing answers as one that does not exist

OUTSIDE = ("stranger", "other_host", "other_admin")


def missing(value):
    """Make an address of the same form that leads nowhere."""
    text = str(value)
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=0)
    if re.fullmatch(r"[A-Z]{2}-[0-9A-Z]+", text):
        return text[:3] + "0" * len(text[3:])
    return f"nothing-{text[:3].lower()}"


def masked(response, ids):
    """Give the body without what must differ: the ids that stand in the address, the token."""
    body = TOKENS.sub(b"", response.content)
    for each in ids:
        body = body.replace(str(each).encode(), b"*")
    return body


def with_ids():
    """List the URLs of things that some people may not know of."""
    for name, row in ROWS.items():
        statuses = row.get or row.post
        if any(statuses[who] == 404 for who in OUTSIDE) and 200 in {
            *(row.get or {}).values(),
            *(row.post or {}).values(),
        }:
            yield name


def test_anothers_thing_and_a_missing_thing_are_the_same_page(world):
    different = []
    for name in with_ids():
        row = ROWS[name]
        args = row.args(world.world.mine)
        others = row.args(world.world.other)
        gone = [
            value if value == other else missing(value)
            for value, other in zip(args, others, strict=True)
        ]
        method = "get" if row.get else "post"
        for who in OUTSIDE:
            theirs = world.ask(who, method, reverse(name, args=args))
            nothing = world.ask(who, method, reverse(name, args=gone))
            same = masked(theirs, set(args) - set(gone)) == masked(nothing, set(gone) - set(args))
            if not same or (theirs.status_code, nothing.status_code) != (404, 404):
                different.append(f"{name} as {who}: {theirs.status_code}")

    assert "\n".join(different) == ""


def test_anothers_thing_does_not_open_under_ones_own_address(world):
    """Mix the ids: one's own host or department with the other's opportunity or request."""
    opened = []
    mine, other = world.world.mine, world.world.other
    for name in with_ids():
        row = ROWS[name]
        ours, theirs = row.args(mine), row.args(other)
        method = "get" if row.get else "post"
        for place in range(1, len(ours)):
            if ours[place] == theirs[place]:
                continue
            mixed = [*ours[:place], *theirs[place:]]
            for who in ("host", "admin", "applicant"):
                found = world.ask(who, method, reverse(name, args=mixed))
                if found.status_code != 404:
                    opened.append(f"{name} as {who}: {found.status_code} for {mixed}")

    assert "\n".join(opened) == ""


def test_no_page_tells_outsiders_a_private_word(world):
    """Every page that opens, of either tenant, holds nothing private of the first one."""
    told = []
    mark = world.world.mine.mark.encode()
    for name, row in ROWS.items():
        if row.get is None or name in DEMO_ONLY:
            continue
        for tenant in (world.world.mine, world.world.other):
            where = reverse(name, args=row.args(tenant)) + row.query(tenant)
            for who in ("nobody", *OUTSIDE):
                found = world.ask(who, "get", where)
                if mark in found.content and not holds_the_link(name, tenant, world):
                    told.append(f"{name} tells {who}")

    assert "\n".join(told) == ""


DEMO_ONLY = {"demo-mail-list", "demo-mail-detail", "demo-personas"}


def holds_the_link(name, tenant, world):
    """Tell whether the page opens to whoever holds the line manager's link."""
    return name.startswith("manager-decision") and tenant is world.world.mine


# Inside one tenant, too, some words are for some eyes only

MAY_NOT_READ = {
    "applicant": ("internalnote", "hostnote"),
    "manager": ("internalnote", "hostnote", "notselectednote", "adjustments"),
    "host": ("internalnote", "businesscase", "changeswanted", "departmentquestion"),
    "admin": ("hostnote", "adjustments", "changeswanted"),
    "scheme": ("internalnote", "hostnote", "adjustments", "businesscase", "changeswanted"),
}


@pytest.mark.parametrize("who", MAY_NOT_READ)
def test_nobody_reads_what_was_not_written_for_them(world, who):
    told = []
    mine = world.world.mine
    for name, row in ROWS.items():
        if row.get is None or name in DEMO_ONLY or holds_the_link(name, mine, world):
            continue
        found = world.ask(who, "get", address(name, mine))
        told += [
            f"{name}: {word}"
            for word in MAY_NOT_READ[who]
            if f"{mine.mark}{word}".encode() in found.content
        ]

    assert "\n".join(told) == ""


def test_the_words_that_are_looked_for_are_on_pages(world):
    """Hold the search honest: whoever may read a private word finds it."""
    mine = world.world.mine
    asked = [
        ("applicant", "application-detail", "why"),
        ("admin", "approval-detail", "internalnote"),
        ("host", "applicant-detail", "hostnote"),
    ]
    for who, name, word in asked:
        found = world.ask(who, "get", address(name, mine))
        assert f"{mine.mark}{word}".encode() in found.content, name
