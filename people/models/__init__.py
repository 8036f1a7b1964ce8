"""The tables about people."""

from people.models.department import ApprovalRule, Department, EmailDomain
from people.models.profile import Profile, ProfileSkill
from people.models.reference import (
    Grade,
    PostcodeArea,
    Profession,
    Region,
    Skill,
    SkillGroup,
    SkillSynonym,
    Town,
)
from people.models.user import RoleGrant, User

__all__ = [
    "ApprovalRule",
    "Department",
    "EmailDomain",
    "Grade",
    "PostcodeArea",
    "Profession",
    "Profile",
    "ProfileSkill",
    "Region",
    "RoleGrant",
    "Skill",
    "SkillGroup",
    "SkillSynonym",
    "Town",
    "User",
]
