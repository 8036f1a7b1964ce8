"""Test clients: a quick one, and one that holds every page it fetches to the rules of a page."""

import itertools
import re
from html.parser import HTMLParser

from django.test import Client

DASH = "\N{EN DASH}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
REFERENCES = ("aria-describedby", "aria-labelledby")
HEADING = re.compile("h[1-6]")


class Page(HTMLParser):
    """What a page is made of, read from its HTML."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements = []
        self.text = []
        self.title = ""
        self.labels = set()
        self.wrapped = []
        self._open = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = {key: value or "" for key, value in attrs}
        self.elements.append((tag, attrs))
        if tag in {"label", "title", "form", "script", "style"}:
            self._open.append((tag, attrs))
        if tag == "label" and attrs.get("for"):
            self.labels.add(attrs["for"])
        if any(name == "label" for name, _attrs in self._open):
            self.wrapped.append(attrs)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag):
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index]
                break

    def handle_data(self, data):
        inside = {name for name, _attrs in self._open}
        if "title" in inside:
            self.title += data
        elif not inside & {"script", "style"}:
            self.text.append(data)

    def all(self, *tags):
        return [attrs for tag, attrs in self.elements if tag in tags]

    @property
    def ids(self):
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]


def faults_of(html):
    """Return what is wrong with a page, one sentence each."""
    page = Page(html)
    return [
        *_head_faults(page),
        *_heading_faults(page),
        *_reference_faults(page),
        *_input_faults(page),
        *_safety_faults(page),
    ]


def _head_faults(page):
    if not page.title.endswith(f"{DASH} STEM Futures") or page.title.startswith((DASH, " ")):
        yield f"the title is {page.title!r}"
    if not any(attrs.get("lang") for attrs in page.all("html")):
        yield "html has no lang"


def _heading_faults(page):
    levels = [int(tag[1]) for tag, _attrs in page.elements if HEADING.fullmatch(tag)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1 instead of one"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading steps from h{before} to h{after}"


def _reference_faults(page):
    ids = set(page.ids)
    for each in sorted({each for each in ids if page.ids.count(each) > 1}):
        yield f"id {each!r} stands twice"
    for _tag, attrs in page.elements:
        for name in REFERENCES:
            for each in attrs.get(name, "").split():
                if each not in ids:
                    yield f"{name} points at {each!r}, which is not there"
    for attrs in page.all("a"):
        href = attrs.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"a link goes to {href!r}, which is not there"
    if not any("govuk-skip-link" in attrs.get("class", "") for attrs in page.all("a")):
        yield "there is no skip link"


def _input_faults(page):
    for attrs in page.all("input", "select", "textarea"):
        if attrs.get("type") in UNLABELLED:
            continue
        named = attrs.get("id") in page.labels or attrs.get("aria-label")
        if not (named or attrs.get("aria-labelledby") or attrs in page.wrapped):
            yield f"input {attrs.get('name')!r} has no label"
    posts = sum(attrs.get("method", "").lower() == "post" for attrs in page.all("form"))
    tokens = [a for a in page.all("input") if a.get("name") == "csrfmiddlewaretoken"]
    if posts > len(tokens):
        yield f"{posts} forms post with {len(tokens)} CSRF tokens"


def _safety_faults(page):
    for attrs in page.all("script"):
        if not attrs.get("src"):
            yield "a script stands inside the page"
    if page.all("style"):
        yield "a style stands inside the page"
    for tag, attrs in page.elements:
        for name in attrs:
            if name == "style" or name.startswith("on"):
                yield f"<{tag}> has the attribute {name!r}"
    for mark in ("{{", "{%", "{#"):
        if mark in "".join(page.text):
            yield f"{mark!r} was not rendered"


class QuickClient(Client):
    """A client that shares its middleware, which takes longer to load than a page."""

    handlers: dict = {}

    def __init__(self, enforce_csrf_checks=False, **defaults):  # noqa: FBT002 - as in Django
        super().__init__(enforce_csrf_checks, **defaults)
        self.handler = self.handlers.setdefault(enforce_csrf_checks, self.handler)


class CheckedClient(QuickClient):
    """A client, which also refuses a page that breaks the rules."""

    def request(self, **request):
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and not response.streaming and response.content:
            faults = faults_of(response.content.decode())
            assert not faults, f"{request['PATH_INFO']}: " + "; ".join(faults)
        return response
