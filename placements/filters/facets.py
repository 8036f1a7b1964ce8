"""One filter of a list: what can be chosen, which rows pass, what each choice would leave."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import django_filters
from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.calendar import today
from placements.searching import LONGEST

MOST_VALUES = 30
MOST_SKILLS = 15
SOON_DAYS = 14


@dataclass(frozen=True)
class Option:
    """One value of a filter: as the address says it, as people read it, as the rows hold it."""

    value: str
    label: str
    code: Any


@dataclass(frozen=True)
class Line:
    """One checkbox: a value, how many it would show, whether it is ticked."""

    value: str
    label: str
    count: int | None
    checked: bool


@dataclass(frozen=True)
class Group:
    """One filter as the page shows it."""

    name: str
    title: str
    lines: list[Line]

    @property
    def chosen(self) -> int:
        """Count the ticked values."""
        return sum(line.checked for line in self.lines)


def tidy(text: Any) -> str:
    """Give words from an address with single spaces, cut at the longest search."""
    return " ".join(str(text or "").split())[:LONGEST].strip()


class KnownValuesField(forms.Field):
    """Values from an address: what cannot be chosen is left out, and is never an error.

    Not a choice field: a form copies its fields for each page, and with them every choice.
    """

    widget = forms.SelectMultiple

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__(required=False)
        self.known = known

    def clean(self, value: Any) -> list[str]:
        """Keep the values that can be chosen, each once."""
        given = value if isinstance(value, (list, tuple)) else []
        return [each for each in dict.fromkeys(map(str, given)) if each in self.known][
            :MOST_VALUES
        ]


class ShortTextField(forms.CharField):
    """Words from an address, cut at the longest search."""

    def clean(self, value: Any) -> str:
        """Tidy the spaces; nothing that can be typed is an error."""
        return tidy(value)


class TextFilter(django_filters.Filter):  # type: ignore[misc] # it has no types
    """A filter of words."""

    field_class = ShortTextField


class ValuesFilter(django_filters.Filter):  # type: ignore[misc] # it has no types
    """A filter of several values: a row passes that has one of them."""

    def __init__(
        self, *, title: str | Promise, options: Callable[[], Iterable[Option]], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.title = title
        self.make_options = options

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        """Copy the filter for one page; what it was declared with never changes."""
        return copy(self)

    @cached_property
    def field(self) -> KnownValuesField:
        """Make the field that reads the values; a filter set copies its filters for each page."""
        return KnownValuesField(frozenset(option.value for option in self.options))

    @cached_property
    def options(self) -> list[Option]:
        """List what can be chosen; read once for each page."""
        return list(self.make_options())

    def chosen(self, values: Sequence[str]) -> list[Option]:
        """Find the options of some values."""
        return [option for option in self.options if option.value in values]

    def condition(self, values: Sequence[str]) -> Q:
        """Tell which rows pass."""
        return Q(**{f"{self.field_name}__in": [each.code for each in self.chosen(values)]})

    def filter(self, qs: Any, value: Sequence[str]) -> Any:
        """Keep the rows that pass."""
        return qs.filter(self.condition(value)) if value else qs

    def group(self, name: str, values: Sequence[str], counter: Counter[Any] | None) -> Group:
        """Draw the filter: every option with what it would show."""
        lines = [
            Line(
                each.value,
                each.label,
                None if counter is None else counter[each.code],
                each.value in values,
            )
            for each in self.options
        ]
        return Group(name, str(self.title), lines)


class SkillFilter(ValuesFilter):
    """Skills that are taught: those most offered among the results, and those chosen."""

    def condition(self, values: Sequence[str]) -> Q:
        """Tell which rows pass."""
        return Q(search_skills__overlap=[each.code for each in self.chosen(values)])

    def group(self, name: str, values: Sequence[str], counter: Counter[Any] | None) -> Group:
        """Draw the chosen skills, then the most offered ones."""
        lines = sorted(
            super().group(name, values, counter).lines,
            key=lambda line: (not line.checked, -(line.count or 0), line.label),
        )
        shown = [line for line in lines if line.checked or line.count][
            : max(MOST_SKILLS, len(values))
        ]
        return Group(name, str(self.title), shown)


class GradeFilter(ValuesFilter):
    """Grades that are welcome: a row passes whose range holds one of them."""

    def condition(self, values: Sequence[str]) -> Q:
        """Tell which rows pass."""
        passing = Q(pk__in=[])
        for each in self.chosen(values):
            passing |= Q(search_lowest__lte=each.code, search_highest__gte=each.code)
        return passing


class SoonFilter(ValuesFilter):
    """What closes in the next days."""

    def condition(self, values: Sequence[str]) -> Q:  # noqa: ARG002 - there is one value
        """Tell which rows pass."""
        return Q(closing_on__lte=today() + dt.timedelta(days=SOON_DAYS))


def of_choices(choices: type[Any]) -> Callable[[], Iterable[Option]]:
    """Offer every value of a closed vocabulary."""
    return lambda: [
        Option(str(value), str(label), code) for code, (value, label) in enumerate(choices.choices)
    ]


def of_rows(rows: Callable[[], Any], value: str, code: str = "pk") -> Callable[[], list[Option]]:
    """Offer every row of a reference table, by its name."""
    return lambda: [Option(*row) for row in rows().values_list(value, "name", code)]


def in_two_weeks() -> list[Option]:
    """Offer the one value of closing soon."""
    return [Option("1", _("In the next 2 weeks"), 1)]
