"""The built stylesheet carries our own brand and nobody else's."""

import re
from pathlib import Path

import pytest

from dev import assets

BUILD = Path(__file__).resolve().parents[2] / "static/build"


@pytest.fixture(scope="module")
def css():
    assets.build()
    return (BUILD / "app.css").read_text()


@pytest.mark.parametrize("word", ["gds transport", "@font-face", "crown", "crest", "url("])
def test_it_holds_nothing_of_another_identity(css, word):
    assert word not in css.lower()


def test_it_holds_our_brand(css):
    assert "#0b4144" in css
    assert re.search(r"Helvetica Neue", css)
    assert "app-tracker" in css


def test_the_script_is_there_for_our_module(css):
    script = (BUILD / "govuk-frontend.min.js").read_text()
    assert "export" in script
    assert "sourceMappingURL" not in script
