"""Every question to matching's own tables."""

from matching.querysets.lists import ChoiceQuerySet, RoundListQuerySet
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
from matching.querysets.results import (
    GroupingQuerySet,
    PairRuleQuerySet,
    ResultQuerySet,
    RunQuerySet,
)
from matching.querysets.rounds import RoundPlaceQuerySet, RoundQuerySet

__all__ = [
    "ChangeQuerySet",
    "ChoiceQuerySet",
    "EditionQuerySet",
    "GroupingQuerySet",
    "NewsQuerySet",
    "PairRuleQuerySet",
    "PersonChangeQuerySet",
    "PreferenceQuerySet",
    "RecommendedListQuerySet",
    "RematchPartQuerySet",
    "RematchQuerySet",
    "ResultQuerySet",
    "RoundListQuerySet",
    "RoundPlaceQuerySet",
    "RoundQuerySet",
    "RunQuerySet",
    "SavedSearchQuerySet",
    "SnapshotQuerySet",
]
