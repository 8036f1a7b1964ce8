"""What matching keeps."""

from matching.models.recommending import (
    Change,
    Preference,
    RecommendedList,
    Rematch,
    RematchPart,
    Snapshot,
    WatchedOpportunity,
    WatchedOrganisation,
    WatchedSkill,
)

__all__ = [
    "Change",
    "Preference",
    "RecommendedList",
    "Rematch",
    "RematchPart",
    "Snapshot",
    "WatchedOpportunity",
    "WatchedOrganisation",
    "WatchedSkill",
]
