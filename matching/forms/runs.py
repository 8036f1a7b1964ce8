"""What the scheme team tries: other rules for a trial run, and rulings about pairs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import PairRuling
from matching.forms.rounds import number
from matching.models import Choice, Round
from matching.models.rounds import MOST_POINTS, MOST_RESERVE


class RunForm(forms.Form):
    """The rules of one trial run; the round's own are filled in."""

    mark_optional = False

    reserve_percent = number(
        gettext_lazy("Share of places kept first, in percent"),
        gettext_lazy("For the regions and departments that the round names."),
        gettext_lazy("Share"),
        0,
        MOST_RESERVE,
    )
    fairness_points = number(
        gettext_lazy("Extra points for people who never had a placement"),
        gettext_lazy("They count within a host’s group."),
        gettext_lazy("Extra points"),
        0,
        MOST_POINTS,
    )
    waiting_points = number(
        gettext_lazy("Extra points for each earlier round without a place"),
        gettext_lazy("For at most 3 earlier rounds."),
        gettext_lazy("Extra points for earlier rounds"),
        0,
        MOST_POINTS,
    )


class PairForm(forms.Form):
    """One person, one place, what must be, and why."""

    mark_optional = False

    list = forms.CharField(
        label=gettext_lazy("Reference of the list"),
        help_text=gettext_lazy("It begins with RL and stands in the table of a run."),
        max_length=12,
        error_messages={"required": gettext_lazy("Enter the reference of the list")},
    )
    place = forms.CharField(
        label=gettext_lazy("Reference of the opportunity"),
        help_text=gettext_lazy("It begins with OP."),
        max_length=12,
        error_messages={"required": gettext_lazy("Enter the reference of the opportunity")},
    )
    ruling = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=PairRuling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select what you decide")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For example, they work for the same family company."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Enter the reason")},
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        """Know the round that it is about."""
        super().__init__(*args, **kwargs)
        self.round = round_
        self.choice: Choice | None = None

    def clean(self) -> dict[str, Any]:
        """Find the pair: a place that the person lists."""
        values = super().clean() or self.cleaned_data
        if values.get("list") and values.get("place"):
            self.choice = Choice.objects.named(
                self.round, values["list"].strip().upper(), values["place"].strip().upper()
            )
            if self.choice is None:
                self.add_error("list", _("No list of this reference holds this opportunity"))
        return values
