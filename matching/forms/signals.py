"""What people tell matching."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.govuk import HintedMultipleChoiceField
from matching.live import signals_table


class SignalsForm(forms.Form):
    """Which signals a person's recommendations use."""

    used = HintedMultipleChoiceField(
        label=_("Compare these with each opportunity"),
        error_messages={"required": _("Select at least one thing to compare")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["used"]
        assert isinstance(field, HintedMultipleChoiceField)  # noqa: S101 - for the type checker
        rows = signals_table()
        field.choices = [(slug, label) for slug, label, _sentence, _most in rows]
        field.choice_hints = {
            slug: _("%(sentence)s. Up to %(most)s points.")
            % {"sentence": sentence, "most": f"{most:,}"}
            for slug, _label, sentence, most in rows
        }
