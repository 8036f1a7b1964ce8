"""The list of opportunities: narrowed, ordered, counted and cut into pages."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.govuk import FilterForm
from experts.choices import OrganisationKind
from people.choices import Clearance, OpportunityType
from people.models import Grade, Region, Skill
from placements.choices import Direction, HoursBand, LengthBand, RemoteShare
from placements.counting import Counts, count
from placements.filters.facets import (
    GradeFilter,
    Group,
    SkillFilter,
    SoonFilter,
    TextFilter,
    ValuesFilter,
    in_two_weeks,
    of_choices,
    of_rows,
)
from placements.filters.paging import KnownCountPaginator
from placements.models import Opportunity
from placements.querysets import OpportunityQuerySet
from placements.searching import by_index

BEST = "best"
MOST_RANKED = 3000
SORTS = {
    "closing": gettext_lazy("Closing soonest"),
    "newest": gettext_lazy("Newest"),
    "start": gettext_lazy("Start date"),
    "title": gettext_lazy("Title"),
    BEST: gettext_lazy("Best text match"),
}


@dataclass(frozen=True)
class Removal:
    """A filter in use, and the address without it."""

    name: str
    value: str
    href: str
    count: int = 0


class OpportunityFilter(django_filters.FilterSet):  # type: ignore[misc] # it has no types
    """What the list of opportunities can be narrowed by; bad values are left out."""

    q = TextFilter()
    type = ValuesFilter(
        field_name="search_type",
        title=gettext_lazy("Type"),
        options=of_choices(OpportunityType),
    )
    skill = SkillFilter(
        field_name="search_skills",
        title=gettext_lazy("Skill you will learn"),
        options=of_rows(Skill.objects.order_by, "slug"),
    )
    region = ValuesFilter(
        field_name="search_region",
        title=gettext_lazy("Nation or region"),
        options=of_rows(Region.objects.all, "slug"),
    )
    remote = ValuesFilter(
        field_name="search_remote",
        title=gettext_lazy("Where the work is done"),
        options=of_choices(RemoteShare),
    )
    length = ValuesFilter(
        field_name="search_length",
        title=gettext_lazy("How long it lasts"),
        options=of_choices(LengthBand),
    )
    hours = ValuesFilter(
        field_name="search_hours",
        title=gettext_lazy("Time it takes"),
        options=of_choices(HoursBand),
    )
    grade = GradeFilter(
        field_name="grade",
        title=gettext_lazy("Grade that can apply"),
        options=of_rows(Grade.objects.all, "code", "rank"),
    )
    clearance = ValuesFilter(
        field_name="search_clearance",
        title=gettext_lazy("Security clearance needed"),
        options=of_choices(Clearance),
    )
    kind = ValuesFilter(
        field_name="search_kind",
        title=gettext_lazy("Kind of host"),
        options=of_choices(OrganisationKind),
    )
    direction = ValuesFilter(
        field_name="search_direction",
        title=gettext_lazy("Direction"),
        options=of_choices(Direction),
    )
    soon = SoonFilter(field_name="soon", title=gettext_lazy("Closing soon"), options=in_two_weeks)

    class Meta:
        model = Opportunity
        fields: list[str] = []
        form = FilterForm

    @cached_property
    def values(self) -> dict[str, Any]:
        """Give what was asked for, after everything unknown was left out."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @property
    def text(self) -> str:
        """Give the words that were searched for."""
        return str(self.values["q"])

    @cached_property
    def facets(self) -> dict[str, ValuesFilter]:
        """Give the filters of several values, by their names in the address."""
        return {
            name: each for name, each in self.filters.items() if isinstance(each, ValuesFilter)
        }

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Give the values chosen, of the filters in use."""
        return {name: self.values[name] for name in self.facets if self.values[name]}

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """Give what each filter in use asks of a row."""
        return {name: self.facets[name].condition(values) for name, values in self.chosen.items()}

    def found(self) -> tuple[OpportunityQuerySet, str]:
        """Give the rows the words find, and the words after typing slips were read generously."""
        rows = self.queryset
        return rows.found_by(self.text) if self.text else (rows, "")

    @property
    def sort(self) -> str:
        """Give the order: the one asked for if it is on the list, else the default."""
        usual = BEST if self.text else "closing"
        asked = self.data.get("sort", usual)
        return asked if asked in self.sorts else usual

    @property
    def sorts(self) -> dict[str, Any]:
        """Give the orders there are; the best match needs words to match."""
        return {key: name for key, name in SORTS.items() if key != BEST or self.text}

    def address(self, **changes: Any) -> str:
        """Give the query string of what is chosen, with some values changed, from page 1."""
        query = QueryDict(mutable=True)
        asked = {"q": self.text, "sort": self.data.get("sort") and self.sort, **self.chosen}
        for name, value in (asked | changes).items():
            if value:
                query.setlist(name, value if isinstance(value, list) else [value])
        return f"?{query.urlencode()}"


class OpportunityResults:
    """One page of the list: rows, counts, filters in use, and what removing one would show."""

    def __init__(self, data: QueryDict) -> None:
        self.filter = OpportunityFilter(data, Opportunity.objects.taking_applications())
        with by_index(self.filter.queryset.db) if self.filter.text else nullcontext():
            self.rows, self.words = self.filter.found()
            self.counts = self._counted()
            self.total = self.counts.total
            self.paginator = KnownCountPaginator(self._ordered(), self.total)
            self.page = self.paginator.get_page(data.get("page"))
            self.page.object_list = self._with_details(list(self.page.object_list))

    def _counted(self) -> Counts:
        soon = self.filter.facets["soon"].condition(["1"])
        return count(self.rows, self.filter.conditions, soon)

    @property
    def is_unranked(self) -> bool:
        """Tell whether too many rows match for putting them in order of their match."""
        return self.filter.sort == BEST and self.total > MOST_RANKED

    @property
    def sort(self) -> str:
        """Give the order in use."""
        return "closing" if self.is_unranked else self.filter.sort

    def _ordered(self) -> Any:
        rows = self.rows.filter(*self.filter.conditions.values())
        return rows.in_order(self.sort, self.words).values_list("pk", flat=True)

    def _with_details(self, pks: list[int]) -> list[Opportunity]:
        found = Opportunity.objects.for_cards().in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]

    @cached_property
    def groups(self) -> list[Group]:
        """Draw every filter with what each value would show."""
        return [
            facet.group(name, self.filter.chosen.get(name, []), self.counts.values[name])
            for name, facet in self.filter.facets.items()
        ]

    @cached_property
    def removals(self) -> list[Removal]:
        """List the values in use, each with the address without it."""
        words = [Removal(_("Words"), self.filter.text, self.filter.address(q=""))]
        return (words if self.filter.text else []) + [
            Removal(
                str(self.filter.facets[name].title),
                option.label,
                self.filter.address(**{name: [v for v in values if v != option.value]}),
            )
            for name, values in self.filter.chosen.items()
            for option in self.filter.facets[name].chosen(values)
        ]

    @cached_property
    def suggestions(self) -> list[Removal]:
        """Tell, when nothing was found, what taking one filter away would show."""
        offers = [
            Removal(
                name,
                " / ".join(
                    option.label
                    for option in self.filter.facets[name].chosen(self.filter.chosen[name])
                ),
                self.filter.address(**{name: ""}),
                shows,
            )
            for name, shows in self.counts.without.items()
        ]
        if self.filter.text:
            rest = self.filter.queryset.filter(*self.filter.conditions.values()).count()
            offers.append(Removal("q", self.filter.text, self.filter.address(q=""), rest))
        return sorted((offer for offer in offers if offer.count), key=lambda offer: -offer.count)
