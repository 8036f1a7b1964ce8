"""Forms about saved opportunities and about setting opportunities side by side."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import FilterForm, LongTextField
from people.models import User
from placements.models import Opportunity
from placements.querysets import OpportunityQuerySet

FEWEST, MOST = 2, 4


class NoteForm(forms.Form):
    """A private note on a saved opportunity."""

    note = LongTextField(
        label=gettext_lazy("Your note"),
        help_text=gettext_lazy("Only you can see this."),
        max_length=500,
        required=False,
        rows=4,
        error_messages={"max_length": gettext_lazy("Your note must be 500 characters or less")},
    )
    mark_optional = False


class OpportunitiesField(forms.MultipleChoiceField):
    """References from an address; unknown ones are left out."""

    widget = forms.CheckboxSelectMultiple
    visible: OpportunityQuerySet

    def clean(self, value: Any) -> list[Opportunity]:
        """Fetch two to four opportunities the person may see, in the order given."""
        references = list(dict.fromkeys(str(each).upper()[:12] for each in value or []))
        if len(references) > MOST:
            raise ValidationError(_("Select up to 4 opportunities"), code="too_many")
        rows = self.visible.with_details().with_references(references)
        found = {each.reference: each for each in rows}
        if len(found) < FEWEST:
            raise ValidationError(_("Select at least 2 opportunities"), code="too_few")
        return [found[each] for each in references if each in found]


class CompareForm(FilterForm):
    """Which opportunities to set side by side: the saved ones are offered."""

    ref = OpportunitiesField(label=gettext_lazy("Opportunities to compare"))

    def __init__(
        self, data: QueryDict, *, user: User | AnonymousUser, is_start: bool = False
    ) -> None:
        given = data.getlist("ref")[: MOST * 2]
        super().__init__(None if is_start else data, initial={"ref": given})
        visible = Opportunity.objects.visible_to(user)
        field = cast("OpportunitiesField", self.fields["ref"])
        field.visible = visible
        field.choices = [
            (each.reference, f"{each.title} ({each.organisation})")
            for each in visible.saved_by_or_named(user, given)
        ]
