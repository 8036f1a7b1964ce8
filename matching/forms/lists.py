"""What people say about their list, and line managers about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import HintedChoiceField, LongTextField
from matching.choices import ListSupport
from matching.models.lists import MOST_DAYS
from people.models import User


class MoveForm(forms.Form):
    """Where a place should stand on a list."""

    mark_optional = False

    position = forms.IntegerField(
        label=gettext_lazy("Move to position"),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        """Know how many places there are."""
        super().__init__(*args, **kwargs)
        text = _("Position must be a number from 1 to %(count)d") % {"count": max(count, 1)}
        field = forms.IntegerField(
            label=_("Move to position"),
            min_value=1,
            max_value=max(count, 1),
            widget=self.fields["position"].widget,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), text),
        )
        self.fields["position"] = field


class SupportForm(forms.Form):
    """Whom to ask, and about how many days."""

    name = forms.CharField(
        label=gettext_lazy("Your line manager’s name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter your line manager’s name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Their work email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("Enter an email address, like name@department.gov.uk"),
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Up to how many working days?"),
        help_text=gettext_lazy("The longest place on your list says how many you need."),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Number of working days must be between 1 and 520"),
        ),
    )
    note = LongTextField(
        label=gettext_lazy("Anything you want to tell them"), max_length=2000, required=False
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        """Know who asks."""
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        """Check that nobody asks themselves."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if email == self.person.email.lower():
            raise forms.ValidationError(_("Enter your line manager’s address, not your own"))
        return email


class AnswerForm(forms.Form):
    """What the line manager answers."""

    decision = HintedChoiceField(
        label=gettext_lazy("Do you support this?"),
        choices=[
            (ListSupport.YES, gettext_lazy("Yes, any place on the list up to this many days")),
            (ListSupport.NO, gettext_lazy("No, not in this round")),
        ],
        hints={ListSupport.NO: gettext_lazy("They can still apply for other opportunities.")},
        error_messages={"required": gettext_lazy("Select whether you support this")},
    )
    words = LongTextField(
        label=gettext_lazy("What would you like to tell them?"),
        help_text=gettext_lazy("They read this. If you say no, say what would make it possible."),
        max_length=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Insist on words with a no."""
        values = super().clean() or self.cleaned_data
        if values.get("decision") == ListSupport.NO and not values.get("words"):
            self.add_error("words", _("Enter what would make it possible later"))
        return values
