"""The gallery shows every component, and only where nobody really works."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(client, settings):
    settings.DEMO = True
    return client.get("/gallery?type=shadowing").content.decode()


def test_it_holds_every_component(gallery):
    for mark in (
        "app-action-line", "app-turn", "app-tracker", "app-timeline", "app-facts",
        "app-selected", "app-sort", "app-card", "app-empty", "app-steps", "app-panel",
        "govuk-pagination", "govuk-tag--magenta", "govuk-breadcrumbs",
    ):  # fmt: skip
        assert mark in gallery


def test_its_lists_keep_the_filters(gallery):
    assert "?type=shadowing&amp;page=4" in gallery


def test_checkboxes_are_no_radios(gallery):
    assert gallery.count('type="checkbox"') == 2 * (2 + 4 + 1)
    assert gallery.count('type="radio"') == 2 * 2


def test_it_is_not_there_in_production(client, settings):
    settings.DEMO = settings.DEBUG = False
    assert client.get("/gallery").status_code == 404
