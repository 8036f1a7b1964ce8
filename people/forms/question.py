"""What every question about a civil servant has in common."""

import unicodedata
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from people.models import Profile

MAX_TYPED = 200


class QuestionForm(forms.Form):
    """What every question has in common: the profile, its version, and perhaps a search."""

    use_required_attribute = False
    mark_optional = False
    heading_field: ClassVar[str | None] = None
    has_search: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, profile: Profile, data: QueryDict | None = None) -> None:
        """Show what is saved; a pressed search button keeps what was typed, and checks nothing."""
        self.profile = profile
        self.is_searching = data is not None and self.wants_search(data)
        initial = self.saved() | {"version": profile.version}
        if data is not None and self.is_searching:
            initial |= self.typed(data)
        super().__init__(None if self.is_searching else data, initial=initial)

    def saved(self) -> dict[str, Any]:
        """Give what the profile holds."""
        return {name: getattr(self.profile, name, None) for name in self.base_fields}

    def typed(self, data: QueryDict) -> dict[str, Any]:
        """Give what was typed, to show it again."""
        return {name: data[name] for name in self.base_fields if name in data}

    def wants_search(self, data: QueryDict) -> bool:
        """Tell whether the search button was pressed."""
        return self.has_search and "find" in data

    def answer(self) -> dict[str, Any]:
        """Give what to save."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def typed_in(data: QueryDict | None, name: str) -> str:
    """Give what was typed into a field, before the form checks it."""
    return str(data.get(name, "")).strip()[:MAX_TYPED] if data else ""


def plain_name(text: str) -> str:
    """Compose the letters and take out what no name has: marks that turn or hide text."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(char for char in composed if unicodedata.category(char) not in {"Cf", "Cc"})
    return " ".join(kept.split())


class SearchedForm(QuestionForm):
    """A question whose answers are searched for."""

    has_search = True

    search = forms.CharField(required=False, max_length=200, strip=True)

    def has_options(self) -> bool:
        """Tell whether there is anything to choose from."""
        raise NotImplementedError

    def add_error(self, field: str | None, error: Any) -> None:
        """Point at the search where nothing else can be pointed at."""
        super().add_error(field if self.has_options() else "search", error)

    def answer(self) -> dict[str, Any]:
        """The search is no part of the answer."""
        return {name: value for name, value in super().answer().items() if name != "search"}
