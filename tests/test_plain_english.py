"""The words of pages and e-mails: plain English, and the scheme's own words for its things."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FILES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*")
    if path.suffix in {".html", ".txt"} and path.name != "gallery.html"
)
CODE = sorted(
    path.relative_to(settings.BASE_DIR).as_posix()
    for app in ("core", "people", "notifications", "experts", "placements", "matching", "home")
    for path in (Path(settings.BASE_DIR) / app).rglob("*.py")
    if "migrations" not in path.parts
)

# What must not be said, and what to say instead.
BANNED = {
    # words of the scheme
    r"reject(s|ed|ion|ing)?": "not selected, not approved, not supported",
    r"talent(s|ed)?": "people",
    r"endorse(s|d|ment)?": "support",
    r"onboard(s|ed|ing)?": "start, get ready",
    r"human resources?|resourc(es|ing) people": "people",
    # plain English
    r"utili[sz]e(s|d)?": "use",
    r"leverag(e|es|ed|ing)": "use",
    r"stakeholders?": "name them",
    r"capabilit(y|ies)": "skill",
    r"submit(s|ted|ting)?": "send",
    r"submissions?": "application",
    r"deadlines?": "the day by which",
    r"please": "say what to do",
    r"sorry|apologi[sz]e": "say what happened",
    r"invalid": "say what is wrong",
    r"oops": "say what happened",
    r"e\.?g\.?|i\.?e\.?|etc\.?": "for example, that is, and so on",
    r"going forward|touch base|reach out|deep dive": "say what you mean",
    r"in order to": "to",
    r"click( here)?": "choose, open",
    r"(do|does|did|is|are|was|were|ca|wo|would|could|should|has|have|had)n['’]t": "in full",
}
BANNED_WORDS = re.compile(rf"(?<![\w./@-])(?:{'|'.join(BANNED)})(?![\w@-])", re.IGNORECASE)

JINJA = re.compile(r"{#.*?#}|{%-?(?!\s*trans\b|\s*pluralize|\s*endtrans).*?%}", re.DOTALL)
TRANS = re.compile(r"{%-?\s*trans\b.*?%}(.*?){%-?\s*endtrans\s*-?%}", re.DOTALL)
CALLS = re.compile(r"""\b(?:_|gettext|gettext_lazy|ngettext)\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)""")
TAG = re.compile(r"<[^>]*>")
EXPRESSION = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)


def sentences_said(source, *, template):
    """Give every text of a file that a person reads."""
    for match in CALLS.finditer(source):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1]))
    if template:
        for match in TRANS.finditer(source):
            yield EXPRESSION.sub("…", TAG.sub(" ", match[1]))
        rest = EXPRESSION.sub(" ", TRANS.sub(" ", JINJA.sub(" ", source)))
        yield TAG.sub(" ", rest)


def words_banned_in(text):
    return [match[0] for match in BANNED_WORDS.finditer(text)]


@pytest.mark.parametrize("name", FILES)
def test_a_template_says_nothing_that_is_banned(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    found = [
        word for text in sentences_said(source, template=True) for word in words_banned_in(text)
    ]

    assert not found, f"{name} says {found}"


@pytest.mark.parametrize("name", CODE)
def test_a_text_in_code_says_nothing_that_is_banned(name):
    source = (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")

    found = [
        word for text in sentences_said(source, template=False) for word in words_banned_in(text)
    ]

    assert not found, f"{name} says {found}"


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("home/content/")])
def test_a_sentence_of_a_public_page_has_25_words_at_most(name):
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    for text in sentences_said(source, template=True):
        for sentence in re.split(r"(?<=[.?!:])\s+(?!2\))", " ".join(text.split())):
            # the name of the regulations is longer than a sentence should be
            if "Accessibility Regulations" not in sentence:
                assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize(
    "text",
    [
        "You were rejected.", "Submit", "Please wait", "Don’t", "isn't", "an invalid date",
        "Skills, e.g. maths", "Endorsed by", "Click here", "the deadline", "STAKEHOLDERS",
    ],
)  # fmt: skip
def test_the_lint_notices(text):
    assert words_banned_in(text)


@pytest.mark.parametrize("text", ["name@etc.gov.uk", "Not selected", "five", "piece", "its"])
def test_the_lint_leaves_good_words_alone(text):
    assert not words_banned_in(text)


def test_the_lint_reads_what_people_read():
    source = (
        '<p class="submit">{{ _("One " "two") }}'
        "{% trans x=deadline %}Three {{ x }}{% endtrans %}</p>"
    )

    said = " ".join(sentences_said(source, template=True)).split()

    assert said == ["One", "two", "Three", "…"]
