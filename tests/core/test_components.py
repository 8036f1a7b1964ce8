"""Our components decide nothing, escape everything and say whose turn it is."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from jinja2 import UndefinedError

from core.wording import Colour, Wording
from tests.client import Page

DAY = dt.date(2026, 6, 12)


@dataclass
class Message:
    level_tag: str
    text: str

    def __str__(self):
        return self.text


@dataclass
class Somebody:
    is_authenticated: bool = True


def drawn(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def test_a_name_that_was_never_given_is_an_error():
    with pytest.raises(UndefinedError):
        drawn("{{ nowhere }}")


def test_a_status_has_its_words_and_colour():
    assert "govuk-tag--yellow" in drawn("{{ status_tag(w) }}", w=Wording("Sent", Colour.YELLOW))
    assert 'class="govuk-tag"' in drawn("{{ status_tag('New', 'blue') }}")
    assert "govuk-tag" not in drawn("{{ status_tag('Completed') }}")
    assert "&lt;b&gt;" in drawn("{{ status_tag('<b>', 'red') }}")


def test_the_outcome_is_an_alert_and_other_news_is_not():
    page = drawn(
        "{{ outcome_banner(all) }}",
        all=[Message("success", "Sent <i>"), Message("warning", "It changed")],
    )
    assert page.count('role="alert"') == 1
    assert "Sent &lt;i&gt;" in page
    assert page.index("Sent") < page.index("It changed")
    assert drawn("{{ outcome_banner(()) }}").strip() == ""


def test_a_signed_in_person_can_sign_out_by_a_form():
    source = "{{ site_header(service, user, '/', csrf_input) }}"
    assert "Sign out" in drawn(source, user=Somebody(), csrf_input="token")
    assert "Sign out" not in drawn(source, user=AnonymousUser(), csrf_input="")
    assert "Sign in" in drawn(source, user=None, csrf_input="")


def test_the_current_place_is_marked_in_the_navigation():
    items = [
        {"label": "Home", "href": "/home", "current": False},
        {"label": "Find", "href": "/opportunities", "current": True},
    ]
    page = Page(drawn("{{ site_navigation(items) }}", items=items))
    assert [a["href"] for a in page.all("a") if "aria-current" in a] == ["/opportunities"]


def test_whose_turn_says_since_when_and_by_when():
    said = drawn("{{ whose_turn('Ada', 'Decides', due=day, since=day) }}", day=DAY)
    assert "Since 12 June 2026. Due by 5pm on Friday 12 June 2026." in " ".join(said.split())


def test_a_fact_that_is_missing_says_so_and_zero_does_not():
    said = drawn("{{ facts([('Cost', 0), ('Dates', none, '/dates'), ('Team', '<b>')]) }}")
    assert said.count("Not given") == 1
    assert "&lt;b&gt;" in said
    assert 'Change<span class="govuk-visually-hidden"> Dates</span>' in said


def test_a_list_of_one_page_has_no_page_links(rf):
    page = Paginator(range(3), 10).get_page(1)
    source = "{{ pagination(page, request) }}"
    assert drawn(source, page=page, request=rf.get("/")).strip() == ""


def test_the_page_links_and_orders_keep_the_filters(rf):
    request = rf.get("/?type=a&type=b&page=2&sort=newest")
    assert drawn("{{ query(request, page=3) }}", request=request) == (
        "?type=a&amp;type=b&amp;sort=newest&amp;page=3"
    )
    assert drawn("{{ query(request, type=['c'], page=none, sort=none) }}", request=request) == (
        "?type=c"
    )
    links = drawn(
        "{{ sort_links([('newest', 'Newest'), ('closing', 'Closing')], 'newest', request) }}",
        request=request,
    )
    assert "?type=a&amp;type=b&amp;sort=closing" in links
    assert links.count("<a ") == 1


def test_a_step_that_writes_is_a_form_and_the_rest_are_links():
    steps = [{"label": "Offer", "href": "/offer", "post": True}, {"label": "Ask", "href": "/ask"}]
    page = Page(drawn("{{ step_buttons(steps, token) }}", steps=steps, token="t"))
    assert [a["action"] for a in page.all("form")] == ["/offer"]
    assert [a["href"] for a in page.all("a")] == ["/ask"]


def test_the_page_printed_has_no_header(client, settings, db):
    settings.DEMO = True
    printed = client.get("/gallery?print=1").content.decode()
    assert "app-print-view" in printed
    assert "app-print-view" not in client.get("/gallery").content.decode()
