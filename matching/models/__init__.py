"""What matching keeps."""

from matching.models.news import (
    Edition,
    News,
    PersonChange,
    SavedSearch,
    WatchedApplication,
    WatchedMembership,
    WatchedPerson,
    WatchedPlacement,
    WatchedPreference,
    WatchedProfile,
    WatchedProfileSkill,
)
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
    "Edition",
    "News",
    "PersonChange",
    "Preference",
    "RecommendedList",
    "Rematch",
    "RematchPart",
    "SavedSearch",
    "Snapshot",
    "WatchedApplication",
    "WatchedMembership",
    "WatchedOpportunity",
    "WatchedOrganisation",
    "WatchedPerson",
    "WatchedPlacement",
    "WatchedPreference",
    "WatchedProfile",
    "WatchedProfileSkill",
    "WatchedSkill",
]
