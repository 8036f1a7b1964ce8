"""Pages of lists whose rows were counted already."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

PAGE_SIZE = 20
LAST_PAGE = 500


class KnownCountPaginator(Paginator):  # type: ignore[type-arg] # it cannot be subscripted
    """Pages of rows that were counted already, and never more pages than anybody reads."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.count = count

    @property
    def is_cut(self) -> bool:
        """Tell whether there is more than the last page shows."""
        return self.count > LAST_PAGE * PAGE_SIZE

    @cached_property
    def num_pages(self) -> int:
        """Count the pages, up to the last one we show."""
        return min(max(1, -(-self.count // PAGE_SIZE)), LAST_PAGE)


def paged(rows: Any, number: str | None, size: int = PAGE_SIZE) -> Page[Any]:
    """Give one page of some rows; a number that is none gives the first or last page."""
    return Paginator(rows, size).get_page(number)
