"""What people tell about the searches they keep, and about letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.choices import Rhythm


class SearchNameForm(forms.Form):
    """What a saved search is called."""

    name = forms.CharField(
        label=_("Name of the search"),
        help_text=_("It stands in the emails we send you. Only you can see it."),
        max_length=100,
        error_messages={
            "required": _("Enter a name for the search"),
            "max_length": _("The name must be 100 characters or less"),
        },
    )


class RhythmForm(forms.Form):
    """How often somebody hears of what is new."""

    heading_field = "rhythm"

    rhythm = forms.ChoiceField(
        label=_("How often should we email you about new opportunities?"),
        help_text=_(
            "One email holds your new matches and the new results of your saved searches."
        ),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Select how often we should email you")},
    )
