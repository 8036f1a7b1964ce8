"""The directory of hosts, narrowed and cut into pages."""

from functools import cached_property
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from core.govuk import FilterForm
from experts.choices import OrganisationKind
from experts.models import Organisation
from people.models import Region
from placements.filters.facets import (
    Group,
    Option,
    TextFilter,
    ValuesFilter,
    of_rows,
)
from placements.filters.paging import paged
from placements.models import Opportunity


def _kinds() -> list[Option]:
    return [Option(str(value), str(label), value) for value, label in OrganisationKind.choices]


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc] # it has no types
    """What the directory can be narrowed by; bad values are left out."""

    q = TextFilter(method="named")
    kind = ValuesFilter(field_name="kind", title=gettext_lazy("Kind of host"), options=_kinds)
    region = ValuesFilter(
        field_name="town__region",
        title=gettext_lazy("Nation or region"),
        options=of_rows(Region.objects.all, "slug"),
    )

    class Meta:
        model = Organisation
        fields: list[str] = []
        form = FilterForm

    def named(self, rows: Any, _name: str, text: str) -> Any:
        """Keep the hosts whose name or description holds the words."""
        return rows.named_like(text) if text else rows


class OrganisationResults:
    """One page of the directory, with what each host offers now."""

    def __init__(self, data: QueryDict) -> None:
        self.filter = OrganisationFilter(data, Organisation.objects.active().with_place())
        self.page = paged(self.filter.qs, data.get("page"))
        self.text = self.filter.form.cleaned_data["q"]
        self.open_counts = Opportunity.objects.taking_applications().count_by_organisation(
            [each.pk for each in self.page.object_list]
        )

    @cached_property
    def groups(self) -> list[Group]:
        """Draw every filter; how many each value holds is not counted here."""
        chosen = self.filter.form.cleaned_data
        return [
            each.group(name, chosen[name], None)
            for name, each in self.filter.filters.items()
            if isinstance(each, ValuesFilter)
        ]

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return any(self.filter.form.cleaned_data.values())
