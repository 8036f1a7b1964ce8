"""What matching keeps."""

from matching.models.lists import Choice, RoundList
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
from matching.models.rounds import Round, RoundPlace

__all__ = [
    "Change",
    "Choice",
    "Edition",
    "News",
    "PersonChange",
    "Preference",
    "RecommendedList",
    "Rematch",
    "RematchPart",
    "Round",
    "RoundList",
    "RoundPlace",
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
