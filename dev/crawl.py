"""Who there is to sign in as, and which pages each can reach by following links."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import APIResponse, BrowserContext

LINK = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]+)\"", re.IGNORECASE)
MAIN = re.compile(r"<main\b.*?</main>", re.IGNORECASE | re.DOTALL)
CLASSES = re.compile(r"\bclass=\"([^\"]*)\"")
GROUP = re.compile(r"<h2[^>]*>(?P<role>[^<]+)</h2>")
TOKEN = re.compile(r"name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"")
PERSON = re.compile(
    r"name=\"person\" value=\"(?P<number>\d+)\".*?visually-hidden\"> as (?P<name>[^<]+)<",
    re.DOTALL,
)
PEOPLE_PAGE = "/demo"
SIGN_IN_PAGE = "/demo/sign-in"
EXAMPLES = 3
OWN_PAGE = "application-detail"  # each person's story shows here, so everybody's is looked at
OK, REDIRECT, REFUSED = 200, 302, 400
NOBODY = "Nobody"


@dataclass(frozen=True)
class Persona:
    """Somebody to be: a person of the demo's list, or a visitor who is not signed in."""

    role: str
    name: str
    number: str = ""

    def sign_in(self, context: BrowserContext) -> None:
        """Become this person in a browser."""
        if not self.number:
            return
        page = context.request.get(PEOPLE_PAGE)
        token = TOKEN.search(page.text())
        form = {"person": self.number, "csrfmiddlewaretoken": token[1] if token else ""}
        answer = context.request.post(
            SIGN_IN_PAGE, form=form, headers={"Referer": page.url}, max_redirects=0
        )
        if answer.status != REDIRECT:
            raise LookupError(f"{self.name} cannot be signed in as: {answer.status}")


VISITOR = Persona(NOBODY, "A visitor")


def personas(context: BrowserContext) -> list[Persona]:
    """List a visitor, and everybody the demo offers."""
    html = context.request.get(PEOPLE_PAGE).text()
    found, parts = [VISITOR], GROUP.split(html)[1:]
    for role, part in zip(parts[::2], parts[1::2], strict=True):
        found += [
            Persona(unescape(role), unescape(each["name"]), each["number"])
            for each in PERSON.finditer(part)
        ]
    return found


@dataclass(frozen=True)
class Visit:
    """One page that was reached: the name of its address, the address, its HTML, its status."""

    name: str
    path: str
    html: str
    status: int = OK

    @property
    def is_dead(self) -> bool:
        """Tell whether the link that led here should not be there."""
        return self.status >= REFUSED


def crawl(
    context: BrowserContext, start: Iterable[str], fetched: Counter[str] | None = None
) -> Iterator[Visit]:
    """Follow every link from the first pages, some examples of each name, and tell dead ones."""
    waiting, known, is_own = deque(start), set(start), True
    fetched = Counter() if fetched is None else fetched
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        is_first = name == OWN_PAGE and is_own
        if name is None or (fetched[name] >= EXAMPLES and path not in start and not is_first):
            continue
        is_own = is_own and name != OWN_PAGE
        answer = context.request.get(path, max_redirects=0)
        if answer.status >= REFUSED:
            yield Visit(name, path, "", answer.status)
        if answer.status != OK or not is_page(answer):
            continue
        fetched[name] += 1
        html = answer.text()
        yield Visit(name, path, html)
        for link in links_of(html, answer.url):
            if link not in known:
                known.add(link)
                waiting.append(link)


def shape_of(html: str) -> frozenset[str]:
    """Give what a page is made of: the classes in its main part."""
    main = MAIN.search(html)
    lists = CLASSES.findall(main[0] if main else html)
    return frozenset(name for each in lists for name in each.split())


def is_page(answer: APIResponse) -> bool:
    """Whether the answer is a page and not a file."""
    return answer.headers.get("content-type", "").startswith("text/html")


def links_of(html: str, address: str) -> Iterator[str]:
    """Give the addresses inside the service that a page links to, without their fragments."""
    here = urlsplit(address)
    for href in LINK.findall(html):
        there = urlsplit(urljoin(address, unescape(href)))
        if there.netloc == here.netloc and there.scheme == here.scheme:
            yield f"{there.path}?{there.query}" if there.query else there.path


def name_of(path: str) -> str | None:
    """Give the name of an address, or nothing when it is none of ours."""
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def every_name() -> set[str]:
    """List the names of all addresses of the service."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns)
        elif each.name:
            yield each.name
