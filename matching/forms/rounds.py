"""What the scheme team says about a round."""

from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import today
from core.govuk import DateInputField
from matching.models.rounds import MOST_CHOICES, MOST_POINTS, MOST_RESERVE
from people.choices import OpportunityType
from people.models import Department, Region

DATES: tuple[tuple[str, Promise, Promise], ...] = (
    ("opens_on", gettext_lazy("When does the round open?"), gettext_lazy("Opening day")),
    (
        "locks_on",
        gettext_lazy("On which day do lists lock, at 11:59pm?"),
        gettext_lazy("Day lists lock"),
    ),
    ("results_on", gettext_lazy("When are results out?"), gettext_lazy("Day of results")),
    (
        "reply_by",
        gettext_lazy("By which day do people reply, at 5pm?"),
        gettext_lazy("Day to reply by"),
    ),
    (
        "second_opens_on",
        gettext_lazy("When does the second round open?"),
        gettext_lazy("Opening day of the second round"),
    ),
    (
        "second_locks_on",
        gettext_lazy("On which day do its lists lock, at 11:59pm?"),
        gettext_lazy("Day lists of the second round lock"),
    ),
    (
        "second_results_on",
        gettext_lazy("When are its results out?"),
        gettext_lazy("Day of results of the second round"),
    ),
    (
        "second_reply_by",
        gettext_lazy("By which day do people reply to them, at 5pm?"),
        gettext_lazy("Day to reply by in the second round"),
    ),
)


def number(label: Any, hint: Any, name: Any, least: int, most: int) -> Any:
    """Make a field for a whole number with one error for all that can be amiss."""
    text = gettext_lazy("{name} must be a number from {least} to {most}")
    said = format_lazy(text, name=name, least=least, most=most)
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class RoundForm(forms.Form):
    """A round: its name, what it is for, its dates, and what decides between people."""

    mark_optional = False

    name = forms.CharField(
        label=gettext_lazy("What is the round called?"),
        help_text=gettext_lazy("For example, Autumn 2026. Its address is made of this."),
        max_length=80,
        error_messages={"required": gettext_lazy("Enter a name for the round")},
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("Select all that apply."),
        choices=OpportunityType.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one type of opportunity")},
    )
    opens_on, locks_on, results_on, reply_by = (
        DateInputField(label=label, error_name=said) for _name, label, said in DATES[:4]
    )
    second_opens_on, second_locks_on, second_results_on, second_reply_by = (
        DateInputField(label=label, error_name=said) for _name, label, said in DATES[4:]
    )
    most_choices = number(
        gettext_lazy("How many places can somebody list?"),
        gettext_lazy("8 is usual. A longer list leaves fewer places empty."),
        gettext_lazy("Number of places"),
        1,
        MOST_CHOICES,
    )
    fairness_points = number(
        gettext_lazy("Extra points for people who never had a placement"),
        gettext_lazy("They count within a host’s group, beside up to 10,000 points for fit."),
        gettext_lazy("Extra points"),
        0,
        MOST_POINTS,
    )
    waiting_points = number(
        gettext_lazy("Extra points for each earlier round without a place"),
        gettext_lazy("For people who listed places, replied in time and got none."),
        gettext_lazy("Extra points for earlier rounds"),
        0,
        MOST_POINTS,
    )
    reserve_percent = number(
        gettext_lazy("Share of places kept first for the regions and departments below"),
        gettext_lazy(
            "In percent of each opportunity’s places. What they do not fill goes to all."
        ),
        gettext_lazy("Share"),
        0,
        MOST_RESERVE,
    )
    reserve_regions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Regions that places are kept for"),
        queryset=Region.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reserve_departments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Departments that places are kept for"),
        help_text=gettext_lazy("Small ones, which would seldom get a place otherwise."),
        queryset=Department.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Check that the dates follow each other, and that a reserve is for somebody."""
        values = super().clean() or self.cleaned_data
        self._check_order(values)
        wanted = [
            *(values.get("reserve_regions") or ()),
            *(values.get("reserve_departments") or ()),
        ]
        if values.get("reserve_percent") and not wanted:
            text = _("Select at least one region or department, or make the share 0")
            self.add_error("reserve_percent", ValidationError(text))
        return values

    def _check_order(self, values: dict[str, Any]) -> None:
        for (before, _label, first), (after, _other, said) in pairwise(DATES):
            one, two = values.get(before), values.get(after)
            same_day = after in {"locks_on", "second_locks_on"}
            if one and two and (two < one or (two == one and not same_day)):
                lower = f"{str(first)[0].lower()}{str(first)[1:]}"
                text = _("%(name)s must be after the %(before)s")
                self.add_error(after, text % {"name": said, "before": lower})
        locks = values.get("locks_on")
        if locks and "locks_on" not in self.errors and locks < today():
            self.add_error("locks_on", _("Day lists lock must be today or in the future"))

    @property
    def planned(self) -> dict[str, Any]:
        """Give what a round keeps of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PlacesForm(forms.Form):
    """How many places an opportunity gives."""

    places = number(
        gettext_lazy("Places"),
        gettext_lazy("How many places it gives to this round."),
        gettext_lazy("Number of places"),
        1,
        50,
    )
