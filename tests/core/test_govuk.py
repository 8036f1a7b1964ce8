"""Forms come out as GOV.UK pages, and dates say what is amiss."""

import datetime as dt

import pytest
from django import forms

from core.drawing import error_summary, has_errors
from core.govuk import (
    DateInputField,
    FilterForm,
    HintedChoiceField,
    LongTextField,
    WordLimitValidator,
)
from tests.client import Page


class Asked(forms.Form):
    heading_field = "start"

    start = DateInputField(label="When do you start?", help_text="Soon", error_name="Start date")
    kind = HintedChoiceField(choices=[("a", "A"), ("b", "B")], hints={"b": "Second"})
    why = LongTextField(words=3, required=False)
    team = forms.CharField(max_length=5, help_text="Its <name>", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def start(day, month, year):
    return Asked({"start_day": day, "start_month": month, "start_year": year, "kind": "a"})


@pytest.mark.parametrize(
    ("parts", "message", "target"),
    [
        (("", "", ""), "Enter the start date", "day"),
        (("27", "", "2027"), "Start date must include a month", "month"),
        (("", "", "2027"), "Start date must include a day and a month", "day"),
        (("31", "2", "2027"), "Start date must be a real date", "day"),
        (("1", "13", "2027"), "Start date must be a real date", "month"),
        (("x", "1", "2027"), "Start date must be a real date", "day"),
        (("1", "1", "27"), "Start date must include a year of 4 numbers", "year"),
        (("1", "1", "1899"), "Start date must be between 1900 and 2100", "year"),
        (("1", "1", "2101"), "Start date must be between 1900 and 2100", "year"),
        (("1", "1", "٢٠٢٧"), "Start date must include a year of 4 numbers", "year"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_and_links_to_the_part(parts, message, target):
    form = start(*parts)
    assert form.errors["start"] == [message]
    assert f'<a href="#id_start-{target}">{message}</a>' in error_summary(form)
    assert 'aria-describedby="id_start-hint id_start-error"' in str(form)


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_month_can_be_a_number_or_a_name(month):
    form = start("27", month, "2027")
    assert form.is_valid()
    assert form.cleaned_data["start"] == dt.date(2027, 3, 27)


def test_what_was_typed_stays():
    page = Page(str(start("31", "2", "2027")["start"]))
    assert [attrs["value"] for attrs in page.all("input")] == ["31", "2", "2027"]


def test_the_heading_field_holds_the_pages_h1():
    drawn = str(Asked())
    assert drawn.count("<h1") == 1
    assert drawn.index("<h1") < drawn.index("When do you start?")


def test_a_hint_is_escaped_and_described():
    drawn = str(Asked()["team"])
    assert "Its &lt;name&gt;" in drawn
    assert 'aria-describedby="id_team-hint"' in drawn
    assert "Team (optional)" in drawn


def test_a_choice_can_have_a_hint():
    assert 'id="id_kind-2-item-hint"' in str(Asked()["kind"])


def test_the_summary_links_to_the_first_radio():
    form = Asked({})
    assert '<a href="#id_kind">Select an answer: Kind</a>' in error_summary(form)
    assert 'id="id_kind"' in str(form)


def test_words_are_counted_on_the_page_and_by_the_server():
    form = Asked({"why": "one two three four"})
    assert 'data-maxwords="3"' in str(form["why"])
    assert "You can enter up to 3 words" in str(form["why"])
    assert form.errors["why"] == ["Your answer must be 3 words or fewer"]
    WordLimitValidator(3)("one two three")


def test_a_line_break_counts_once():
    field = LongTextField(max_length=3)
    assert field.clean("a\r\nb") == "a\nb"


def test_django_s_own_sentence_is_replaced_but_not_ours():
    form = Asked({"team": "toolong"})
    assert "Team must be 5 characters or fewer" in error_summary(form)
    form.add_error("team", "Ours stays")
    assert "Ours stays" in str(form.errors["team"])


def test_an_error_of_the_whole_form_is_in_the_summary():
    form = start("1", "1", "2027")
    form.add_error(None, "These do not go together")
    assert '<a href="#id_start-day">These do not go together</a>' in error_summary(form)


def test_an_error_in_a_hidden_field_has_no_link():
    form = start("1", "1", "2027")
    form.add_error("secret", "This page is out of date")
    assert "This page is out of date" in error_summary(form)
    assert "#id_secret" not in error_summary(form)


def test_a_formset_s_errors_are_all_listed():
    formset_class = forms.formset_factory(Asked, min_num=2, validate_min=True, extra=0)
    formset = formset_class({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"})
    assert "#id_form-1-start-day" in error_summary(formset)
    assert has_errors(formset)
    assert "form-TOTAL_FORMS" in str(formset)


def test_a_form_not_sent_has_no_errors():
    assert error_summary(Asked(), None) == ""
    assert not has_errors(Asked())


def test_filters_are_not_marked_as_optional():
    class Filters(FilterForm):
        words = forms.CharField(required=False)

    assert "optional" not in str(Filters())
