"""A form of every kind of field, for the gallery of components."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.govuk import (
    DateInputField,
    HintedChoiceField,
    HintedMultipleChoiceField,
    LongTextField,
    OneTimeCodeInput,
)

PLACES = [
    (_("England"), [("leeds", "Leeds"), ("london", "London")]),
    (_("Wales"), [("cardiff", "Cardiff"), ("swansea", "Swansea")]),
]


class GalleryForm(forms.Form):
    """One field of each kind that the renderer can draw."""

    name = forms.CharField(label=_("Full name"), help_text=_("As it stands on your pass."))
    email = forms.EmailField(label=_("Work email address"))
    telephone = forms.CharField(
        label=_("Telephone number"), required=False, widget=forms.TelInput()
    )
    website = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    days = forms.IntegerField(
        label=_("Number of days"),
        min_value=1,
        widget=forms.NumberInput(attrs={"suffix": _("days")}),
    )
    cost = forms.DecimalField(
        label=_("Travel cost"), widget=forms.NumberInput(attrs={"prefix": "£"})
    )
    start = DateInputField(
        label=_("When do you want to start?"),
        help_text=_("For example, 27 3 2027"),
        error_name=_("Start date"),
    )
    kind = HintedChoiceField(
        label=_("What do you want to do?"),
        choices=[("shadowing", _("Shadowing")), ("placement", _("Placement"))],
        hints={"shadowing": _("A few days beside somebody at work.")},
        error_messages={"required": _("Select what you want to do")},
    )
    skills = HintedMultipleChoiceField(
        label=_("Which skills do you want to use?"),
        choices=[("statistics", _("Statistics")), ("robotics", _("Robotics"))],
        hints={"robotics": _("Including drones.")},
    )
    places = forms.MultipleChoiceField(
        label=_("Where could you work?"),
        help_text=_("Select all that apply."),
        choices=PLACES,
        widget=forms.CheckboxSelectMultiple,
    )
    grade = forms.ChoiceField(
        label=_("Grade"), choices=[("", "---------"), ("7", _("Grade 7")), ("heo", "HEO")]
    )
    why = LongTextField(label=_("Why do you want this?"), max_length=200)
    plan = LongTextField(label=_("What will you bring back?"), words=50, required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(), required=False)
    paper = forms.FileField(label=_("Your plan as a file"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput())
    code = forms.CharField(label=_("Code from the email"), widget=OneTimeCodeInput())
    agree = forms.BooleanField(label=_("I have read the agreement"))
