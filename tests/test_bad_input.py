"""What nobody should send: every form and every list gets it, and nothing breaks or is saved."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access import AREAS
from tests.client import Page, QuickClient
from tests.factories.people import scheme_team_member
from tests.visitors import Visitors, address, entitled, holdings
from tests.world import Tenant, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
RIGHT_TO_LEFT, ZERO_WIDTH = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH SPACE}"
TEXTS = [
    "",
    " ",
    "a\x00b",
    "\ud800",
    "9" * 30,
    "-5",
    "NaN",
    "Infinity",
    "1e400",
    "\N{ARABIC-INDIC DIGIT THREE}",
    f"{RIGHT_TO_LEFT}evil{ZERO_WIDTH}",
    "\N{COLLISION SYMBOL}" * 50,
    "e" + "\N{COMBINING ACUTE ACCENT}" * 500,
    "x" * 100_000,
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "'; DROP TABLE people_user; --",
    "a\r\nBcc: evil@example.org",
    "../../../etc/passwd",
    "10000-01-01",
    "31/31/31",
    "0",
]
# what a page that refuses it shows again, so that nobody types it twice
SHOWN_AGAIN = ["-5", "NaN", "<script>alert(1)</script>", "'; DROP TABLE people_user; --"]
# one field at a time gets these, the others being right
SINGLE = ["", "9" * 30, "x" * 10_000, "\N{COLLISION SYMBOL}"]
QUERIES = [
    "",
    "abc",
    "0",
    "-1",
    "9" * 30,
    "1.5",
    "NaN",
    "a__password",
    "-created_by__email",
    "?",
    "(",
    "%",
    "10000-01-01",
    "0000-00-00",
    "x" * 5_000,
    f"{RIGHT_TO_LEFT}\N{COLLISION SYMBOL}{ZERO_WIDTH}",
    "' OR 1=1 --",
    "*:* & !!",
]
PARAMETERS = ("page", "sort", "order", "ordering", "q", "ref", "names", "month", "back", "next")
FIELDS = {"input", "select", "textarea"}
# a POST that only looks, like the GET
LOOKS = {"manager-decision", "manager-request"}


@pytest.fixture
def world(ladder):
    return Visitors(make_world())


def forms_of(html, method):
    """List the forms of a page: where each goes, and its fields with an answer that may do."""
    forms, current = [], None
    page = Page(html)
    for tag, attrs in page.elements:
        if tag == "form":
            current = (attrs.get("action", ""), {})
            if attrs.get("method", "get").lower() == method:
                forms.append(current)
        elif current is not None and tag in FIELDS and attrs.get("name"):
            first = tag != "input" or attrs.get("type") not in {"radio", "checkbox"}
            if first or attrs["name"] not in current[1] or "checked" in attrs:
                current[1][attrs["name"]] = attrs.get("value", "")
    return [(action, fields) for action, fields in forms if fields]


def pages(area):
    """List the pages of an area with somebody who may open each."""
    return [(name, entitled(name)) for name in AREAS[area] if entitled(name)]


def is_harmless(response, before):
    """Tell whether an answer refuses without a trace, or is one the service gives gladly."""
    if response.status_code >= 500:
        return False
    return response.status_code in {301, 302, 303} or response.seen == before


@pytest.mark.parametrize("area", AREAS)
def test_bad_answers_are_refused_and_leave_no_trace(world, area):
    wrong, seen = [], set()
    for name, who in pages(area):
        where = address(name, world.world.mine)
        before = holdings()
        html = world.ask(who, "get", where).content.decode()
        for action, fields in forms_of(html, "post"):
            target = action or where
            if (target, *fields) in seen:  # such as the button in every page's header
                continue
            seen.add((target, *fields))
            for case, data in cases(fields):
                found = world.ask(who, "post", target, *sent(data), look=holdings)
                if found.status_code == 405:  # a page that only shows what forms look like
                    break
                if not is_harmless(found, before):
                    wrong.append(f"{name} {target}: {found.status_code} for {case}")
                wrong += [f"{name} {target}: {fault} for {case}" for fault in unsaid(found, data)]

    assert "\n".join(wrong) == ""


def unsaid(response, data):
    """List what a page that refuses an answer leaves unsaid: that it does, and what was typed."""
    page = response.content.decode()
    if response.status_code != 200 or "govuk-error-summary" not in page:
        return
    if "<title>Error: " not in page:
        yield "no “Error: ” in the title"
    shown_again = {field: typed for field, typed in data.items() if typed in SHOWN_AGAIN}
    for field in set(shown_again) & typed_fields(page) if shown_again else ():
        if shown_again[field] not in unescape(page):
            yield f"{field} is empty again"


def typed_fields(page):
    """List the fields of a page that somebody types into and may see again."""
    return {
        attrs["name"]
        for tag, attrs in Page(page).elements
        if attrs.get("name")
        and (tag == "textarea" or (tag == "input" and attrs.get("type") in {"text", "email"}))
        and attrs.get("autocomplete") != "one-time-code"
    }


def cases(fields):
    """Spoil all fields at once with each text, then each field alone with some, and more."""
    names = [name for name in fields if name != "csrfmiddlewaretoken"]
    for text in TEXTS if names else ():
        yield f"all {text[:20]!r}", dict.fromkeys(names, text)
    for field in names:
        for text in SINGLE:
            yield f"{field} {text[:20]!r}", {**fields, field: text}
        yield f"{field} is a list", {**fields, field: ["1", "2", "x"]}
        without = {key: value for key, value in fields.items() if key != field}
        yield f"without {field}", without
    yield (
        "a file in each field",
        {
            name: SimpleUploadedFile("evil.svg", b"<svg onload=alert(1)>")
            for name in names or ["file"]
        },
    )
    more = {"is_staff": "1", "role": "scheme_team", "status": "confirmed", "applicant": "1"}
    yield "more than was asked", dict.fromkeys(names, "") | more


def sent(data):
    """Write a form as a browser does, and half a surrogate pair as an attacker does."""
    if any(isinstance(value, SimpleUploadedFile) for value in data.values()):
        return (data,)
    body = urlencode(data, doseq=True, encoding="utf-8", errors="surrogatepass")
    return body, "application/x-www-form-urlencoded"


@pytest.mark.parametrize("area", AREAS)
def test_bad_queries_show_a_page_or_refuse_quietly(world, area):
    wrong = []
    for name, who in pages(area):
        where = address(name, world.world.mine).partition("?")[0]
        html = world.ask(who, "get", where).content.decode()
        fields = {key for _action, found in forms_of(html, "get") for key in found}
        texts = QUERIES if fields or "paginat" in html else QUERIES[3:8:2]
        for text in texts:
            query = dict.fromkeys([*PARAMETERS, *fields], text)
            found = world.ask(who, "get", where, query)
            if found.status_code >= 500:
                wrong.append(f"{name} as {who}: {found.status_code} for {text[:20]!r}")
        twice = world.ask(who, "get", where, {key: ["1", "x", ""] for key in fields | {"page"}})
        if twice.status_code >= 500:
            wrong.append(f"{name}: {twice.status_code} for repeated parameters")

    assert "\n".join(wrong) == ""


RAW = [
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "%F0%9F%92%A5",
    "%0d%0aSet-Cookie:%20x=1",
    "_connector=OR&applicant__email__startswith=a",
    "&".join(f"p{number}=1" for number in range(1100)),
    "q=" + "%20" * 5000,
    "page=1&page=2&page=&page[]=3",
]


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: raw[:20])
@pytest.mark.parametrize("where", ["/", "/opportunities", "/sign-in", "/organisations", "/skills"])
def test_a_raw_query_is_never_a_failure(where, raw):
    response = QuickClient().get(f"{where}?{raw}")

    assert response.status_code in {200, 302, 400}
    assert "x=1" not in str(response.cookies)


@pytest.mark.parametrize("path", ["%00", "%ED%A0%80", "%FF", "..%2f..%2fetc", "%F0%9F%92%A5"])
@pytest.mark.parametrize(
    "start",
    ["/opportunities/", "/organisations/", "/skills/", "/manager-decision/", "/help/", "/"],
)
def test_a_bad_address_is_not_found_or_refused(start, path):
    assert QuickClient().get(start + path).status_code in {400, 404}


# Where somebody is led

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://evil.example/home",
    "http:///evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/%0d%0aLocation:https://evil.example",
    "\thttps://evil.example",
    "https://testserver@evil.example",
]


def leads_away(response):
    place = response.headers.get("Location", "")
    return not (place == "" or re.match(r"/(?![/\\])", place))


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_nobody_is_led_off_the_service(world, onward):
    mine = world.world.mine
    signing = world.ask("applicant", "get", "/sign-in", {"next": onward})
    saving = world.ask(
        "applicant", "post", address("opportunity-save", mine), {"back": onward, "next": onward}
    )
    out = world.ask("applicant", "post", "/sign-out", {"next": onward})
    asking = world.ask(
        "nobody", "post", "/sign-in", {"email": mine.applicant.email, "next": onward}
    )

    for response in (signing, saving, out, asking):
        assert response.status_code < 500
        assert not leads_away(response), response.headers["Location"]
    page = world.ask("nobody", "get", "/sign-in", {"next": onward})
    assert f'href="{onward}"' not in page.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "[::1", "a b", ""])
def test_a_strange_host_is_refused(host):
    response = QuickClient(raise_request_exception=False).get("/sign-in", HTTP_HOST=host)

    assert response.status_code == 400 or host == ""
    assert b"evil.example" not in response.content


def test_links_in_letters_do_not_follow_the_host_header(world, mailoutbox):
    where = address("sign-in", world.world.mine)

    response = world.client("nobody").post(
        where, {"email": world.world.mine.applicant.email}, HTTP_X_FORWARDED_HOST="evil.example"
    )

    assert "evil" not in response.headers.get("Location", "")


# What people write is text and nothing else

EVIL = '<i class="evil">\'&{{7*7}}'


def test_what_people_write_is_inert_on_every_page(ladder):
    hostile = Tenant(EVIL)
    for thing, fields in (
        (hostile.organisation, ("name", "about")),
        (hostile.opportunity, ("title", "summary", "what_you_will_do", "supervisor")),
    ):
        for field in fields:
            setattr(thing, field, EVIL)
        thing.save()
    world = Visitors(World(hostile, Tenant("Vuxmorrend"), scheme_team_member()))
    broken, shown = [], 0
    for area in AREAS:
        for name, who in pages(area):
            response = world.ask(who, "get", address(name, hostile))
            page = response.content.decode(errors="replace")
            if response.headers["Content-Type"].startswith("text/html"):
                shown += EVIL in unescape(page)
                broken += [name] if '<i class="evil"' in page or "&49" in unescape(page) else []

    assert broken == []
    assert shown > 20
