"""The macros as our environment gives them, against govuk-frontend's own fixtures."""

import json
import re
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
EXPECTED = 657


def fixtures():
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        data = json.loads(path.read_text())
        for fixture in data["fixtures"]:
            yield data["component"], fixture


def normal(html):
    """Take out whitespace beside tags and at their ends; write a quotation mark one way."""
    html = re.sub(r"\s+", " ", html.replace("&#34;", "&quot;"))
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", html).replace(" >", ">").strip()


def macro_name(component):
    return "govuk" + "".join(part.capitalize() for part in component.split("-"))


def drawn(component, options):
    macros = engines["jinja2"].env.globals
    return str(macros[macro_name(component)](options))


def test_every_fixture_is_drawn_as_govuk_frontend_draws_it():
    all_fixtures = list(fixtures())
    wrong = [
        f"{component}: {fixture['name']}"
        for component, fixture in all_fixtures
        if normal(drawn(component, fixture["options"])) != normal(fixture["html"])
    ]
    assert wrong == []
    assert len(all_fixtures) == EXPECTED


@pytest.mark.parametrize("change", ["govuk-button", "<button"])
def test_a_changed_fixture_is_noticed(change):
    button = next(fixture for name, fixture in fixtures() if name == "button")
    changed = button["html"].replace(change, f"{change}-x", 1)
    assert normal(drawn("button", button["options"])) != normal(changed)
