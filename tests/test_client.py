"""The checked client notices what it is there to notice."""

import pytest
from django.template.loader import render_to_string

from tests.client import faults_of


@pytest.fixture
def good():
    return render_to_string("404.html")


def test_a_good_page_has_no_faults(good):
    assert faults_of(good) == []


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("<h1>Again</h1>", "2 h1 instead of one"),
        ("<h4>Deep</h4>", "a heading steps from h2 to h4"),
        ('<input name="a">', "input 'a' has no label"),
        ("<script>1</script>", "a script stands inside the page"),
        ("<style>a{}</style>", "a style stands inside the page"),
        ('<p onclick="x">', "<p> has the attribute 'onclick'"),
        ('<p style="x">', "<p> has the attribute 'style'"),
        ("<p>{{ left }}</p>", "'{{' was not rendered"),
        ('<p id="x"></p><p id="x"></p>', "id 'x' stands twice"),
        ('<p aria-describedby="y">', "aria-describedby points at 'y', which is not there"),
        ('<a href="#z">z</a>', "a link goes to '#z', which is not there"),
        ('<form method="post"></form>', "1 forms post with 0 CSRF tokens"),
    ],
)
def test_a_bad_page_is_told(good, added, fault):
    assert fault in faults_of(good.replace("</body>", f"{added}</body>"))


def test_a_page_without_its_name_is_told(good):
    assert "the title is ''" in faults_of(good.replace("Page not found – STEM Futures", ""))
    assert "html has no lang" in faults_of(good.replace('<html lang="en-gb"', "<html"))
