"""What a host offers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify

from core.calendar import today, working_days_between
from core.references import opportunity_reference
from experts.models import Organisation
from people.choices import Clearance, OpportunityType, SkillLevel
from people.models import Grade, Skill, Town, User
from placements import querysets
from placements.choices import (
    Direction,
    ExchangeKind,
    OpportunityPattern,
    OpportunityStatus,
    Payer,
    RemoteShare,
    SkillRole,
    named,
)
from placements.models.search import SEARCH_INDEXES, Searchable


class Opportunity(Searchable):
    """A shadowing, placement, mentoring or exchange with a number of places."""

    reference = models.CharField(max_length=12, unique=True, default=opportunity_reference)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="opportunities"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(
        max_length=20, choices=OpportunityStatus, default=OpportunityStatus.DRAFT
    )
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    type = models.CharField(max_length=20, choices=OpportunityType)
    exchange_kind = models.CharField(max_length=20, choices=ExchangeKind, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.OUTWARD)
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=400)
    what_you_will_do = models.TextField(max_length=4000)
    what_you_will_learn = models.TextField(max_length=2000)
    who_it_suits = models.TextField(max_length=2000, blank=True)

    places = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    held = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField()
    hours_a_week = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(37)]
    )
    pattern = models.CharField(max_length=20, choices=OpportunityPattern)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="opportunities")
    remote = models.CharField(max_length=10, choices=RemoteShare, default=RemoteShare.ON_SITE)
    site_access = models.TextField(max_length=1000, blank=True)
    lowest_grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="+")
    highest_grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="+")
    clearance = models.CharField(max_length=10, choices=Clearance, default=Clearance.NONE)
    salary_payer = models.CharField(max_length=12, choices=Payer, default=Payer.DEPARTMENT)
    travel_payer = models.CharField(max_length=12, choices=Payer, default=Payer.DEPARTMENT)
    cost_to_department = models.DecimalField(
        max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    closing_on = models.DateField()
    choosing_on = models.DateField()
    supervisor = models.CharField(max_length=150, blank=True)
    contact = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    skills = models.ManyToManyField(
        Skill, through="OpportunitySkill", related_name="opportunities"
    )

    objects = querysets.OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["closing_on", "pk"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(
                name="placements_opportunity_status",
                condition=Q(status__in=OpportunityStatus.values),
            ),
            models.CheckConstraint(
                name="placements_opportunity_type", condition=Q(type__in=OpportunityType.values)
            ),
            models.CheckConstraint(
                name="placements_opportunity_exchange",
                condition=Q(type=OpportunityType.EXCHANGE, exchange_kind__in=ExchangeKind.values)
                | (~Q(type=OpportunityType.EXCHANGE) & Q(exchange_kind="")),
            ),
            models.CheckConstraint(
                name="placements_opportunity_held", condition=Q(held__lte=F("places"))
            ),
            models.CheckConstraint(
                name="placements_opportunity_places", condition=Q(places__range=(1, 50))
            ),
            models.CheckConstraint(
                name="placements_opportunity_dates", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="placements_opportunity_choosing",
                condition=Q(choosing_on__gt=F("closing_on")),
            ),
            models.CheckConstraint(
                name="placements_opportunity_hours", condition=Q(hours_a_week__range=(1, 37))
            ),
            models.CheckConstraint(
                name="placements_opportunity_published",
                condition=~Q(
                    status__in=[
                        OpportunityStatus.OPEN,
                        OpportunityStatus.PAUSED,
                        OpportunityStatus.CLOSED,
                        OpportunityStatus.FILLED,
                    ]
                )
                | Q(published_at__isnull=False, confirmed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="placements_opp_closing", fields=["status", "closing_on", "id"]),
            models.Index(name="placements_opp_org", fields=["organisation", "status"]),
            *SEARCH_INDEXES,
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the public page."""
        return reverse("opportunity-detail", args=[self.reference, self.slug])

    # Django's own ways to name a value read every choice each time, and a list has twenty cards
    def get_type_display(self) -> str:  # type: ignore[no-redef] # the plugin adds it too
        """Name the type."""
        return named(OpportunityType, self.type)

    def get_exchange_kind_display(self) -> str:  # type: ignore[no-redef] # the plugin adds it too
        """Name the kind of exchange."""
        return named(ExchangeKind, self.exchange_kind)

    def get_remote_display(self) -> str:  # type: ignore[no-redef] # the plugin adds it too
        """Name where the work is done."""
        return named(RemoteShare, self.remote)

    @property
    def slug(self) -> str:
        """Give the title as the readable end of an address."""
        return slugify(self.title) or "opportunity"

    @cached_property
    def working_days(self) -> int:
        """Count the working days from start to end, both included."""
        return working_days_between(self.starts_on, self.ends_on)

    @property
    def places_left(self) -> int:
        """Count the places nobody holds."""
        return self.places - self.held

    @property
    def is_taking_applications(self) -> bool:
        """Tell whether somebody can apply today."""
        is_open = self.status == OpportunityStatus.OPEN and self.closing_on >= today()
        return is_open and self.organisation.is_active

    @property
    def is_choosing_late(self) -> bool:
        """Tell whether the day the host chooses by has gone by."""
        return self.choosing_on < today()

    @property
    def is_exclusive(self) -> bool:
        """Tell whether nobody can do two of these at the same time."""
        return self.type in {OpportunityType.EXCHANGE, OpportunityType.PLACEMENT}


class OpportunitySkill(models.Model):
    """A skill an opportunity teaches or asks for, and the level reached or needed."""

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="opportunity_skills"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="opportunity_skills")
    role = models.CharField(max_length=10, choices=SkillRole)
    level = models.PositiveSmallIntegerField(choices=SkillLevel)

    class Meta:
        ordering = ["role", "skill__name"]
        constraints = [
            models.UniqueConstraint(
                name="placements_opportunity_skill_once", fields=["opportunity", "skill", "role"]
            ),
            models.CheckConstraint(
                name="placements_opportunity_skill_level", condition=Q(level__range=(1, 4))
            ),
            models.CheckConstraint(
                name="placements_opportunity_skill_role", condition=Q(role__in=SkillRole.values)
            ),
        ]
        indexes = [models.Index(name="placements_opp_skill", fields=["skill", "role"])]

    def __str__(self) -> str:
        return f"{self.skill}: {self.get_level_display()}"


class SavedOpportunity(models.Model):
    """An opportunity somebody keeps for later, with a note only they can read."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_opportunities")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="saved_by")
    note = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = querysets.SavedOpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(name="placements_saved_once", fields=["user", "opportunity"]),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity} saved by {self.user}"
