"""Judge a page in the browser: axe-core, and what axe does not look at."""

import functools
import json
from pathlib import Path

from dev.processes import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
INSPECT = Path(__file__).with_name("inspect.js")
DESKTOP, PHONE, NARROW = 1280, 375, 320
HEIGHT = 900
# govuk-frontend keeps this on purpose, and axe objects to it
ALLOWED = {("aria-allowed-attr", ".govuk-radios__input")}
RUN = "axe.run(document, {resultTypes: ['violations'], elementRef: false})"


@functools.cache
def source():
    """Read axe and our own inspection, once."""
    return AXE.read_text() + ";" + INSPECT.read_text() + ";null"


class Judge:
    """A page of the browser and what was wrong with what it showed."""

    def __init__(self, page):
        self.page = page
        self.faults = []
        self._said = []
        self._cdp = page.context.new_cdp_session(page)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._said.append(f"the script failed: {error}"))

    def visit(self, path):
        """Open a page and judge it; give its status."""
        self._said.clear()
        answer = self.page.goto(path)
        self.judge()
        return answer.status

    def judge(self):
        """Look at the page that is open, at each width."""
        self._load()
        found = [*self._said]
        found += self._inspect("unfocused", "sameNames")
        for width in (DESKTOP, PHONE):
            self._resize(width)
            found += self._axe(width)
            found += self._at(width, "wide", "cut", "small")
        self._resize(NARROW)
        found += self._at(NARROW, "wide", "cut")
        self._resize(DESKTOP)
        self.faults += dict.fromkeys(found)

    def _listen(self, message):
        if message.type == "error" and "status of 4" not in message.text:
            self._said.append(f"the console says: {message.text}")

    def _resize(self, width):
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def _evaluate(self, expression):
        """Evaluate through the browser's own door, which the page's policy does not guard."""
        answer = self._cdp.send(
            "Runtime.evaluate",
            {"expression": expression, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _load(self):
        self.page.wait_for_load_state()
        self._evaluate(source())

    def _inspect(self, *names):
        calls = ", ".join(f"...inspectPage.{name}()" for name in names)
        return self._evaluate(f"[{calls}]")

    def _at(self, width, *names):
        return [f"at {width} px: {fault}" for fault in self._inspect(*names)]

    def _axe(self, width):
        said = self._evaluate(f"{RUN}.then(result => JSON.stringify(result.violations))")
        for violation in json.loads(said):
            for node in violation["nodes"]:
                target = " ".join(map(str, node["target"]))
                if not is_allowed(violation["id"], node["html"]):
                    yield f"at {width} px: axe {violation['id']} at {target}: {violation['help']}"


def is_allowed(rule, html):
    """Whether this is the one thing that we live with."""
    return any(rule == known and selector[1:] in html for known, selector in ALLOWED)
