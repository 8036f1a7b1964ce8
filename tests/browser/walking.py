"""People who judge each kind of page that they come to for the first time."""

from dev.crawl import name_of
from tests.browser.judging import Judge
from tests.browser.people import Person


class Findings:
    """What was wrong on the pages that people came to, and the names of these pages."""

    def __init__(self):
        self.names = set()
        self.faults = []

    def person(self, page, letters):
        return JudgingPerson(page, letters, self)


class JudgingPerson(Person):
    """Somebody who looks closely at every page."""

    def __init__(self, page, letters, findings):
        super().__init__(page, letters)
        self.findings = findings
        self.judge = Judge(page)

    def open(self, address):
        super().open(address)
        self._look()
        return self

    def _go(self, action):
        super()._go(action)
        self._look()

    def _look(self):
        name = name_of(self.path)
        if name not in self.findings.names:
            self.findings.names.add(name)
            self.judge.judge()
            self.findings.faults += [f"{self.path}: {fault}" for fault in self.judge.faults]
            self.judge.faults.clear()
