"""Every question to matching's own tables."""

from matching.querysets.news import (
    EditionQuerySet,
    NewsQuerySet,
    PersonChangeQuerySet,
    SavedSearchQuerySet,
)
from matching.querysets.recommending import (
    ChangeQuerySet,
    PreferenceQuerySet,
    RecommendedListQuerySet,
    RematchPartQuerySet,
    RematchQuerySet,
    SnapshotQuerySet,
)

__all__ = [
    "ChangeQuerySet",
    "EditionQuerySet",
    "NewsQuerySet",
    "PersonChangeQuerySet",
    "PreferenceQuerySet",
    "RecommendedListQuerySet",
    "RematchPartQuerySet",
    "RematchQuerySet",
    "SavedSearchQuerySet",
    "SnapshotQuerySet",
]
