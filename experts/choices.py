"""Closed vocabularies about partner organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What a host is."""

    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    FIRM = "firm", _("Company")
    PUBLIC_BODY = "public_body", _("Public body")
    CHARITY = "charity", _("Charity")


class OrganisationStatus(models.TextChoices):
    """Whether a partner may offer opportunities."""

    APPLIED = "applied", _("Applied")
    BEING_CHECKED = "being_checked", _("Being checked")
    AGREEMENT_TO_SIGN = "agreement_to_sign", _("Agreement to sign")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


class MemberRole(models.TextChoices):
    """What somebody may do for their organisation."""

    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")
