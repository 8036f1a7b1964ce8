"""Every question to matching's own tables."""

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
    "PreferenceQuerySet",
    "RecommendedListQuerySet",
    "RematchPartQuerySet",
    "RematchQuerySet",
    "SnapshotQuerySet",
]
