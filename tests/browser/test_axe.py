"""Every page that links lead to holds to WCAG 2.2 AA, on a wide screen and on a phone."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from dev.crawl import VISITOR, Persona, crawl, every_name, name_of, personas, shape_of
from tests.browser.judging import Judge
from tests.browser.unlinked import NO_LINK_LEADS_THERE, NOBODY_IS_THAT_FAR, OF_A_ROUND
from tests.browser.walking import Findings

SHAPES_OF_EACH_NAME = 2
FORMS_AT_LEAST = 20
LEADS_ON = {
    "application-offer",
    "application-withdraw",
    "approval-decision",
    "decisions",
    "manager-request-decision",
}
HOME = ("/home", "/saved", "/sign-out", "/account/second-factor/passkeys")
PUBLIC = ("/", "/gallery", "/sign-in/not-recognised", "/demo", "/demo/mail")


@dataclass(frozen=True)
class Example:
    """A page to judge, and who sees it."""

    persona: Persona
    name: str
    path: str

    @property
    def label(self):
        return f"{self.persona.name} at {self.path}"


@pytest.fixture(scope="module")
def visitors(browsers):
    """Give a maker of browsers: one for each persona, signed in."""
    known = {}

    def browser_of(persona):
        if persona not in known:
            known[persona] = browsers()
            persona.sign_in(known[persona])
        return known[persona]

    return browser_of


@pytest.fixture(scope="module")
def dead_links():
    """Give a list for the links that lead to no page."""
    return []


@pytest.fixture(scope="module")
def examples(visitors, dead_links):
    """Give pages of every shape of every name, found by following links."""
    found, shapes, fetched = [], set(), {}
    for persona in personas(visitors(VISITOR)):
        start = PUBLIC if persona == VISITOR else HOME
        of_role = fetched.setdefault(persona.role, Counter())
        for visit in crawl(visitors(persona), start, of_role):
            if visit.is_dead:
                dead_links.append(f"{persona.name} at {visit.path}: {visit.status}")
                continue
            shape = (visit.name, shape_of(visit.html))
            known = sum(name == visit.name for name, _shape in shapes)
            if shape not in shapes and known < SHAPES_OF_EACH_NAME:
                shapes.add(shape)
                found.append(Example(persona, visit.name, visit.path))
    return found


# Chooses the n-th answer of each question and says how many answers there are
CHOOSES = """n => {
  const form = document.querySelector("main form[method=post]");
  const groups = new Map();
  for (const each of form.querySelectorAll("input[type=radio]"))
    groups.set(each.name, [...(groups.get(each.name) ?? []), each]);
  for (const each of form.querySelectorAll("input[type=checkbox]")) each.checked = true;
  for (const answers of groups.values()) answers[Math.min(n, answers.length - 1)].checked = true;
  form.id = "answered";
  return Math.max(0, ...[...groups.values()].map((answers) => answers.length));
}"""


@pytest.fixture(scope="module")
def branches(examples, visitors):
    """Give each answer to the questions that only lead on, and judge where it leads."""
    findings = Findings()
    findings.names |= {example.name for example in examples}
    for example in examples:
        number, answers = 0, 1 if example.name in LEADS_ON else 0
        while number < answers:
            page = visitors(example.persona).new_page()
            judge = Judge(page)
            page.goto(example.path)
            answers = page.evaluate(CHOOSES, number)
            with page.expect_navigation():
                page.evaluate("document.getElementById('answered').submit()")
            name = name_of(urlsplit(page.url).path)
            if name not in findings.names:
                findings.names.add(name)
                judge.judge()
                findings.faults += [f"{page.url}: {fault}" for fault in judge.faults]
            page.close()
            number += 1
    return findings


def test_the_pages_on_the_way_of_an_application_can_be_used_by_everybody(judged_story):
    assert not judged_story.faults, "\n".join(judged_story.faults)


def test_the_page_behind_each_answer_can_be_used_by_everybody(branches):
    assert not branches.faults, "\n".join(branches.faults)


def test_every_page_is_reached(examples, judged_story, branches):
    reached = {example.name for example in examples} | judged_story.names | branches.names

    # a line manager's pages have two doors: the link in the letter, and being signed in
    reached |= {name.replace("manager-decision", "manager-request") for name in reached}
    reached |= {name.replace("manager-request", "manager-decision") for name in reached}
    excused = NO_LINK_LEADS_THERE | NOBODY_IS_THAT_FAR | OF_A_ROUND
    missed = every_name() - reached - excused
    assert not missed, " ".join(sorted(missed))
    assert not reached & NO_LINK_LEADS_THERE


@pytest.mark.usefixtures("examples")
def test_no_link_leads_to_a_refusal(dead_links):
    assert not dead_links, "\n".join(dead_links)


def test_every_page_can_be_used_by_everybody(examples, visitors):
    faults = []
    for example in examples:
        page = visitors(example.persona).new_page()
        judge = Judge(page)
        status = judge.visit(example.path)
        faults += [f"{example.label}: {fault}" for fault in judge.faults]
        if status != 200:
            faults.append(f"{example.label}: is answered with {status}")
        page.close()
    assert not faults, "\n".join(faults)


# Empties the first form that asks something and says how many questions it had
EMPTIES = """() => {
  const asks = "input:not([type=hidden]):not([type=submit]), textarea, select";
  const form = [...document.querySelectorAll("main form[method=post]")].find((form) =>
    form.querySelector(asks));
  if (!form) return 0;
  const questions = form.querySelectorAll(asks);
  for (const each of questions) {
    if (["radio", "checkbox"].includes(each.type)) each.checked = false;
    else each.value = "";
  }
  form.id = "emptied";
  return questions.length;
}"""


def test_every_refusal_can_be_understood_by_everybody(examples, visitors):
    faults, refused = [], 0
    for example in examples:
        page = visitors(example.persona).new_page()
        judge = Judge(page)
        page.goto(example.path)
        if example.name != "gallery" and page.evaluate(EMPTIES):
            with page.expect_navigation():
                page.evaluate("document.getElementById('emptied').submit()")
            if page.title().startswith("Error: "):
                refused += 1
                if not page.evaluate("document.activeElement.matches('.govuk-error-summary')"):
                    faults.append(f"{example.label}, refused: the summary has no focus")
                judge.judge()
                faults += [f"{example.label}, refused: {fault}" for fault in judge.faults]
        page.close()
    assert refused > FORMS_AT_LEAST
    assert not faults, "\n".join(faults)
