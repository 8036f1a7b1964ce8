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
from matching.models.results import Grouping, PairRule, Result, Run
from matching.models.rounds import Round, RoundPlace

__all__ = [
    "Change",
    "Choice",
    "Edition",
    "Grouping",
    "News",
    "PairRule",
    "PersonChange",
    "Preference",
    "RecommendedList",
    "Rematch",
    "RematchPart",
    "Result",
    "Round",
    "RoundList",
    "RoundPlace",
    "Run",
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
