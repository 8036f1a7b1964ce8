"""What somebody replies to a match."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.govuk import HintedChoiceField
from matching.choices import Reply


class ReplyForm(forms.Form):
    """Accept, stay open to move up, or decline."""

    heading_field = "answer"

    answer = HintedChoiceField(
        label=gettext_lazy("Do you accept your place?"),
        choices=Reply.choices,
        hints={
            Reply.ACCEPT_OPEN: gettext_lazy("You keep this place until a higher one is yours."),
            Reply.DECLINE: gettext_lazy("The place goes to somebody else."),
        },
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Select whether you accept your place")
        ),
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first_choice: bool, **kwargs: Any) -> None:
        """Leave out moving up from a first choice."""
        super().__init__(*args, **kwargs)
        if is_first_choice:
            kept = [choice for choice in Reply.choices if choice[0] != Reply.ACCEPT_OPEN]
            self.fields["answer"].choices = kept  # type: ignore[attr-defined] # a choice field has them
