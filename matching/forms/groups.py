"""The groups that a host puts people in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from matching.choices import HostGroup


class GroupsForm(forms.Form):
    """One question for each person who listed the place, by number; ties are allowed."""

    mark_optional = False

    def __init__(
        self, *args: Any, people: list[tuple[str, str, int | None]], **kwargs: Any
    ) -> None:
        """Ask about each of (reference of the list, name, group so far)."""
        super().__init__(*args, **kwargs)
        for number, (reference, name, group) in enumerate(people, start=1):
            said = _("Select a group for applicant %(number)d") % {"number": number}
            self.fields[reference] = forms.TypedChoiceField(
                label=_("Group for applicant %(number)d, %(name)s")
                % {"number": number, "name": name},
                choices=HostGroup.choices,
                coerce=int,
                initial=group,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                error_messages={"required": said, "invalid_choice": said},
            )
