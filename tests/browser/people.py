"""Somebody at a browser, with a mouse or with a keyboard only."""

import contextlib
import re
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as Timeout

MOST_TABS = 200
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return { name: "", group: "", type: "", id: "", shown: true };
  const label = element.labels?.[0]?.innerText ?? "";
  return {
    name: element.getAttribute("aria-label") || label || element.innerText || "",
    group: element.closest("fieldset")?.querySelector("legend")?.innerText ?? "",
    type: element.type || element.tagName,
    id: element.id,
    shown: (() => {
      const box = (element.labels?.[0] ?? element).getBoundingClientRect();
      return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    })(),
  };
}"""


def words(text):
    return " ".join(text.split())


class Person:
    """One person with a browser of their own."""

    def __init__(self, page, letters):
        self.page = page
        self.letters = letters

    @property
    def path(self):
        return urlsplit(self.page.url).path

    def heading(self):
        return words(self.page.locator("h1").inner_text())

    def text(self):
        return words(self.page.locator("main").inner_text())

    def open(self, address):
        answer = self.page.goto(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return self

    def follow(self, name, *, exact=False):
        """Follow the first link of that name; a link that looks like a button is one too."""
        link = self.page.get_by_role("link", name=name, exact=exact)
        like_a_button = self.page.locator("a[role=button]", has_text=name)
        self._go(link.or_(like_a_button).first.click)

    def press(self, name):
        """Press the first button of that name."""
        self._go(self.page.get_by_role("button", name=name, exact=True).first.click)

    def choose(self, label, *, group=None):
        """Choose one answer of a question, or tick a box."""
        within = self.page.get_by_role("group", name=group) if group else self.page
        with self._telling():
            within.get_by_label(label, exact=True).first.check()

    def fill(self, label, value):
        """Type into a field."""
        with self._telling():
            self.page.get_by_label(label).first.fill(value)

    def sees(self, *parts):
        """Read the page and find every part in it."""
        for part in parts:
            assert part in self.text(), f"{part!r} is not on {self.page.url}: {self.text()[:1500]}"

    def does_not_see(self, *parts):
        for part in parts:
            assert part not in self.page.content(), f"{part!r} is on {self.page.url}"

    def sign_in(self, email, on_the_way_to="/sign-in"):
        """Sign in as people do: type the address, then the code from the letter."""
        self.open(on_the_way_to)
        self.fill("Work email address", email)
        self.press("Continue")
        self.fill("6-digit code", self.letters.wait(email, "code to sign in").code)
        self.press("Continue")

    def _go(self, action):
        """Do what leads to another page, and refuse one that is an error."""
        with self._telling(), self.page.expect_navigation() as going:
            action()
        status = going.value.status
        assert status == 200, f"{status} at {self.page.url}"
        assert not self.page.title().startswith("Error: "), self.text()[:700]

    @contextlib.contextmanager
    def _telling(self):
        """Say what the page shows when what was looked for is not there."""
        try:
            yield
        except Timeout as late:
            raise AssertionError(f"{late}\n{self.page.url}: {self.text()[:1500]}") from None


class KeyboardPerson(Person):
    """Somebody who uses Tab, Enter, Space and the arrow keys, and looks where they are."""

    def follow(self, name, *, exact=False):
        self._tab_to(lambda at: matches(at["name"], name, exact=exact) and at["type"] == "A")
        self._go(lambda: self.page.keyboard.press("Enter"))

    def press(self, name):
        self._tab_to(
            lambda at: matches(at["name"], name, exact=True) and at["type"] in {"submit", "button"}
        )
        self._go(lambda: self.page.keyboard.press("Enter"))

    def choose(self, label, *, group=None):
        """Tab to the question, then go to the answer with the arrows, or tick it with Space."""
        wanted = self.page.get_by_role("group", name=group) if group else self.page
        radio = wanted.get_by_label(label, exact=True).first
        with self._telling():
            key, name = radio.get_attribute("id"), radio.get_attribute("name")
        if radio.get_attribute("type") == "checkbox":
            self._tab_to(lambda at: at["id"] == key)
            if not radio.is_checked():
                self.page.keyboard.press("Space")
        else:
            siblings = f"input[type=radio][name='{name}']"
            ids = self.page.locator(siblings).evaluate_all("all => all.map(each => each.id)")
            self._tab_to(lambda at: at["id"] in ids)
            for _each in ids:
                if self.page.evaluate(FOCUSED)["id"] == key:
                    break
                self.page.keyboard.press("ArrowDown")
            if not radio.is_checked():
                self.page.keyboard.press("Space")
        assert radio.is_checked(), label

    def fill(self, label, value):
        self._tab_to(lambda at: matches(at["name"], label) and at["type"] not in {"A", "submit"})
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)

    def _tab_to(self, there):
        for _each in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            assert at["shown"], f"the focus is out of sight on {self.page.url}: {at}"
            if there(at):
                return
        raise AssertionError(f"Tab does not lead there on {self.page.url}: {self.text()[:500]}")


def matches(name, wanted, *, exact=False):
    """Compare names as a person reads them."""
    return words(name) == wanted if exact else bool(re.search(re.escape(wanted), words(name)))
