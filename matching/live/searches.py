"""A saved search as the list of opportunities reads it: its address, its words, its results."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from matching.models import SavedSearch
from placements.filters.opportunities import OpportunityFilter
from placements.models import Opportunity
from placements.querysets import OpportunityQuerySet

NAME_LENGTH = 100


@dataclass(frozen=True)
class Asked:
    """What a search asks for: its address without order and page, and in words."""

    query: str
    words: list[str]

    @property
    def name(self) -> str:
        """Suggest a name."""
        every = ", ".join(self.words) or _("All opportunities")
        return every if len(every) <= NAME_LENGTH else f"{every[: NAME_LENGTH - 1]}…"


@dataclass(frozen=True)
class Kept:
    """A saved search, with how many opportunities it finds today."""

    search: SavedSearch
    asked: Asked
    found: int


def asked(data: QueryDict) -> Asked:
    """Read what an address asks for; what the list does not know is left out."""
    search = OpportunityFilter(data, Opportunity.objects.taking_applications())
    words = [f"‘{search.text}’"] if search.text else []
    for name, values in search.chosen.items():
        words += [option.label for option in search.facets[name].chosen(values)]
    return Asked(search.address(sort="").removeprefix("?"), words)


def results(query: str) -> OpportunityQuerySet:
    """Find what a search finds now."""
    search = OpportunityFilter(QueryDict(query), Opportunity.objects.taking_applications())
    rows, _words = search.found()
    return rows.filter(*search.conditions.values())


def kept(search: SavedSearch) -> Kept:
    """Look at a saved search as it is today."""
    return Kept(search, asked(QueryDict(search.query)), results(search.query).count())
