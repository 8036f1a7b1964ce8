"""When, where and how somebody can take part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.govuk import DateInputField, LongTextField
from people.choices import Clearance, WorkingPattern
from people.forms.question import QuestionForm, typed_in
from people.models import Profile, Town

MAX_TOWNS = 10
ANYWHERE = 1000
DISTANCES = [
    (10, _("Up to 10 miles")),
    (25, _("Up to 25 miles")),
    (50, _("Up to 50 miles")),
    (100, _("Up to 100 miles")),
    (ANYWHERE, _("Anywhere in the UK")),
]
HOURS = {
    2: _("Up to 2 hours a week"),
    4: _("Half a day a week"),
    7: _("1 day a week"),
    15: _("2 days a week"),
    22: _("3 days a week"),
    37: _("Full time"),
}
CLEARANCE_HINT = _("Only the level. Never tell us when or why you were cleared.")


class TimeForm(QuestionForm):
    """How much time you could spend, and when."""

    hours_a_week = forms.TypedChoiceField(
        label=_("How much time could you spend?"),
        choices=list(HOURS.items()),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select how much time you could spend")},
    )
    available_from = DateInputField(
        label=_("From when could you start?"),
        help_text=_("For example, 27 3 2027. Leave it empty if any time suits you."),
        error_name=_("Start date"),
        required=False,
    )
    available_until = DateInputField(
        label=_("Until when?"),
        help_text=_("For example, 27 9 2027. Leave it empty if there is no end."),
        error_name=_("End date"),
        required=False,
    )

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Offer also an amount that was given in another way."""
        super().__init__(profile, data)
        hours = profile.hours_a_week
        if hours and hours not in HOURS:
            own = (hours, _("%(hours)d hours a week") % {"hours": hours})
            self.fields["hours_a_week"].choices = [own, *HOURS.items()]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Check the order of the dates."""
        data = super().clean() or {}
        start, end = data.get("available_from"), data.get("available_until")
        if start and end and end <= start:
            self.add_error("available_until", _("End date must be after start date"))
        return data


class LocationForm(QuestionForm):
    """Where you could go."""

    place = forms.CharField(
        label=_("Where do you work?"),
        help_text=_("A town, city or full UK postcode. We keep only the town."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": _("Enter a town, city or full UK postcode")},
    )
    max_distance_miles = forms.TypedChoiceField(
        label=_("How far can you travel?"),
        choices=DISTANCES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select how far you can travel")},
    )
    remote_ok = forms.BooleanField(label=_("Remote works for me"), required=False)

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Ask which town is meant when several have such a name."""
        text = typed_in(data, "place")
        self.towns = list(Town.objects.found_by(text)[:2]) if text else []
        self.likely = []
        if text and len(self.towns) != 1:
            self.likely = list(Town.objects.named_like(text)[:MAX_TOWNS])
        super().__init__(profile, data)
        if self.likely:
            self.fields["town"] = forms.ChoiceField(
                label=_("Which place do you mean?"),
                choices=[(town.name, f"{town.name}, {town.region}") for town in self.likely],
                widget=forms.RadioSelect,
                error_messages={"required": _("Select which place you mean")},
            )
            self.order_fields(["version", "place", "town"])
        distance = profile.max_distance_miles
        if distance and distance not in dict(DISTANCES):
            own = (distance, _("Up to %(miles)d miles") % {"miles": distance})
            self.fields["max_distance_miles"].choices = [own, *DISTANCES]  # type: ignore[attr-defined] # a ChoiceField

    def wants_search(self, data: QueryDict) -> bool:
        """Ask again, without an error, when the place is not certain yet."""
        return bool(self.likely) and "town" not in data

    def saved(self) -> dict[str, Any]:
        """The place is shown as the town it stands for."""
        return super().saved() | {"place": self.profile.town.name if self.profile.town else ""}

    def clean_place(self) -> str:
        """Refuse a place that nobody knows."""
        if not (self.towns or self.likely):
            raise ValidationError(_("Enter a town, city or full UK postcode"))
        return str(self.cleaned_data["place"])

    def answer(self) -> dict[str, Any]:
        """Give the town that the place stands for."""
        found = {town.name: town for town in [*self.likely, *self.towns]}
        data = super().answer()
        place = data.pop("place")
        town = found.get(data.pop("town", place)) or self.towns[0]
        return data | {"town": town}


class WorkingPatternForm(QuestionForm):
    """How you work."""

    heading_field = "working_pattern"

    working_pattern = forms.ChoiceField(
        label=_("What is your working pattern?"),
        choices=WorkingPattern.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your working pattern")},
    )


class ClearanceForm(QuestionForm):
    """Your clearance."""

    heading_field = "clearance"

    clearance = forms.ChoiceField(
        label=_("Which security clearance do you have?"),
        help_text=CLEARANCE_HINT,
        choices=Clearance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select your security clearance")},
    )


class AdjustmentsForm(QuestionForm):
    """What would help you."""

    heading_field = "adjustments"

    adjustments = LongTextField(
        label=_("What would help you take part?"),
        help_text=_("Private: nobody sees this until you choose to share it with a host."),
        max_length=1000,
        required=False,
    )


class DevelopmentPlanForm(QuestionForm):
    """What you have agreed to learn."""

    heading_field = "development_plan"

    development_plan = LongTextField(
        label=_("What does your development plan say?"),
        help_text=_("Used in your business case. You can change it there."),
        max_length=2000,
        rows=8,
        required=False,
    )
