"""What an applicant answers once the application is sent."""

from django import forms
from django.utils.translation import gettext_lazy

from core.govuk import LongTextField
from placements.choices import DeclineReason, WithdrawReason


class WithdrawForm(forms.Form):
    """Why they step back."""

    heading_field = "reasons"
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Why are you withdrawing this application?"),
        help_text=gettext_lazy(
            "Select all that apply. Nobody but the scheme team sees your reasons, and only as"
            " counts."
        ),
        choices=WithdrawReason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Select at least one reason")},
    )


class DeclineForm(forms.Form):
    """Why they do not take the place."""

    heading_field = "reason"
    reason = forms.ChoiceField(
        label=gettext_lazy("Why are you declining this offer?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select why you are declining this offer")},
    )


class OfferForm(forms.Form):
    """Yes or no to an offer."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you accept this place?"),
        choices=[
            ("accept", gettext_lazy("Yes, I accept the place")),
            ("decline", gettext_lazy("No, I decline the place")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select whether you accept your place")},
    )


class AnswerForm(forms.Form):
    """What the department wanted to know."""

    answer = LongTextField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        rows=8,
        error_messages={"required": gettext_lazy("Enter your answer")},
    )


class ConditionsForm(forms.Form):
    """Agreement to the department's conditions."""

    accepted = forms.BooleanField(
        label=gettext_lazy("I accept these conditions"),
        error_messages={"required": gettext_lazy("Tick the box to accept the conditions")},
    )
