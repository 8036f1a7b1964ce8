"""Every question about opportunities, applications and placements."""

from placements.querysets.applications import ApplicationQuerySet
from placements.querysets.decisions import (
    MANAGER_LINKS,
    DecisionCodeQuerySet,
    ManagerRequestQuerySet,
    OfferQuerySet,
)
from placements.querysets.departments import ApprovalQuerySet
from placements.querysets.lockable import Lockable
from placements.querysets.opportunities import (
    OpportunityQuerySet,
    SavedOpportunityQuerySet,
    SkillInterestQuerySet,
)
from placements.querysets.placed import PlacementQuerySet

__all__ = [
    "MANAGER_LINKS",
    "ApplicationQuerySet",
    "ApprovalQuerySet",
    "DecisionCodeQuerySet",
    "Lockable",
    "ManagerRequestQuerySet",
    "OfferQuerySet",
    "OpportunityQuerySet",
    "PlacementQuerySet",
    "SavedOpportunityQuerySet",
    "SkillInterestQuerySet",
]
