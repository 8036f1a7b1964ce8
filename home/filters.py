"""The filters of the scheme team's lists; a value nobody offers is left out."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from core.govuk import DateInputField, FilterForm
from home.wording import action_words, kind_words
from people.models import Skill
from people.querysets import SkillQuerySet

USED, RETIRED = "used", "retired"


class DateFilter(django_filters.Filter):  # type: ignore[misc] # the library has no types
    """A day typed in three parts."""

    field_class = DateInputField


class EventFilter(django_filters.FilterSet):  # type: ignore[misc] # as above
    """What was done, to what kind of thing, and when."""

    action = django_filters.ChoiceFilter(
        label=_("What was done"),
        empty_label=_("Everything"),
        choices=lambda: [(each, action_words(each)) for each in Event.objects.actions_known()],
    )
    kind = django_filters.ChoiceFilter(
        field_name="subject_type",
        label=_("To what"),
        empty_label=_("Everything"),
        choices=lambda: [(each, kind_words(each)) for each in Event.objects.kinds_known()],
    )
    since = DateFilter(
        field_name="at",
        lookup_expr="date__gte",
        label=_("From"),
        help_text=_("For example, 27 3 2027"),
    )
    until = DateFilter(field_name="at", lookup_expr="date__lte", label=_("Until"))

    class Meta:
        model = Event
        fields: list[str] = []
        form = FilterForm


class SkillFilter(django_filters.FilterSet):  # type: ignore[misc] # as above
    """A skill by part of its name, and whether people can choose it."""

    text = django_filters.CharFilter(label=_("Search"), method="named_like")
    state = django_filters.ChoiceFilter(
        label=_("Which skills"),
        empty_label=_("All"),
        choices=[(USED, _("Skills people can choose")), (RETIRED, _("Retired skills"))],
        method="in_state",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Skill
        fields: list[str] = []
        form = FilterForm

    def named_like(self, rows: SkillQuerySet, _name: str, value: str) -> SkillQuerySet:
        """Keep skills with these letters in their name or another name."""
        return rows.named_like(value)

    def in_state(self, rows: SkillQuerySet, _name: str, value: Any) -> SkillQuerySet:
        """Keep retired skills or the others."""
        return rows.retired() if value == RETIRED else rows.in_use()
