"""Closed vocabularies about people and what they can do here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nation(models.TextChoices):
    """Where a body's working days are counted."""

    ENGLAND = "england", _("England")
    SCOTLAND = "scotland", _("Scotland")
    WALES = "wales", _("Wales")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class OpportunityType(models.TextChoices):
    """The four ways to learn."""

    SHADOWING = "shadowing", _("Shadowing")
    PLACEMENT = "placement", _("Placement")
    MENTORING = "mentoring", _("Mentoring")
    EXCHANGE = "exchange", _("Exchange")


class SkillLevel(models.IntegerChoices):
    """How well somebody knows a skill; 1 to 4 are the Government Digital and Data levels."""

    NONE = 0, _("None")
    AWARENESS = 1, _("Awareness")
    WORKING = 2, _("Working")
    PRACTITIONER = 3, _("Practitioner")
    EXPERT = 4, _("Expert")


class SkillUse(models.TextChoices):
    """Why a skill stands on a profile."""

    LEARN = "learn", _("Wants to learn")
    HELD = "held", _("Has")


class Clearance(models.TextChoices):
    """The level of security clearance held, and never more than the level."""

    NONE = "none", _("None")
    BPSS = "bpss", _("Baseline (BPSS)")
    CTC = "ctc", _("Counter terrorist check (CTC)")
    SC = "sc", _("Security check (SC)")
    DV = "dv", _("Developed vetting (DV)")


CLEARANCE_RANK = {level: rank for rank, level in enumerate(Clearance.values)}


class WorkingPattern(models.TextChoices):
    """How somebody works."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    COMPRESSED = "compressed", _("Compressed hours")
    JOB_SHARE = "job_share", _("Job share")
    TERM_TIME = "term_time", _("Term time")


class ManagerStep(models.TextChoices):
    """What the ladder asks of the line manager."""

    SUPPORTS = "supports", _("Supports")
    TOLD = "told", _("Is told")


class DepartmentStep(models.TextChoices):
    """What the ladder asks of the department."""

    APPROVES = "approves", _("Approves")
    TOLD = "told", _("Is told")


class Role(models.TextChoices):
    """Rights that somebody grants; a line manager's come from the relation, not from a grant."""

    DEPARTMENT_ADMIN = "department_admin", _("Department admin")
    SCHEME_TEAM = "scheme_team", _("Scheme team")
