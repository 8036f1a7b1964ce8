"""The tables of the core workflow."""

from placements.models.application import Application
from placements.models.decision import Approval, DecisionCode, ManagerRequest, Offer
from placements.models.interest import SkillInterest
from placements.models.opportunity import Opportunity, OpportunitySkill, SavedOpportunity
from placements.models.placement import Placement
from placements.models.search import SearchWord

__all__ = [
    "Application",
    "Approval",
    "DecisionCode",
    "ManagerRequest",
    "Offer",
    "Opportunity",
    "OpportunitySkill",
    "Placement",
    "SavedOpportunity",
    "SearchWord",
    "SkillInterest",
]
