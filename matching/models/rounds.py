"""A matching round: its dates, its rules, and the places that take part."""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar import LONDON, deadline, subtract_working_days
from core.ics import Entry, calendar_file
from matching import querysets
from matching.choices import TAKES_CHOICES, RoundStatus
from people.choices import OpportunityType
from people.models import Department, Region, User
from placements.choices import OpportunityStatus
from placements.models import Opportunity

SEED_BYTES = 16
MOST_CHOICES = 20
MOST_POINTS = 2_000
MOST_RESERVE = 70
OFFERS_PLACES = frozenset({OpportunityStatus.OPEN, OpportunityStatus.PAUSED})
HAS_PLACES = OFFERS_PLACES | {OpportunityStatus.CLOSED, OpportunityStatus.FILLED}


def new_seed() -> str:
    """Draw the seed of a round's lottery."""
    return secrets.token_hex(SEED_BYTES)


class Round(models.Model):
    """One matching round: people list places, hosts group people, everybody is matched at once."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=90, unique=True)
    status = models.CharField(max_length=20, choices=RoundStatus, default=RoundStatus.PLANNED)
    # 1, or 2 from the day the second round opens
    stage = models.PositiveSmallIntegerField(default=1)
    types = ArrayField(models.CharField(max_length=20, choices=OpportunityType))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    opens_on = models.DateField()
    locks_on = models.DateField()
    results_on = models.DateField()
    reply_by = models.DateField()
    second_opens_on = models.DateField()
    second_locks_on = models.DateField()
    second_results_on = models.DateField()
    second_reply_by = models.DateField()

    most_choices = models.PositiveSmallIntegerField(
        default=8, validators=[MinValueValidator(1), MaxValueValidator(MOST_CHOICES)]
    )
    fairness_points = models.PositiveSmallIntegerField(
        default=400, validators=[MaxValueValidator(MOST_POINTS)]
    )
    waiting_points = models.PositiveSmallIntegerField(
        default=300, validators=[MaxValueValidator(MOST_POINTS)]
    )
    reserve_percent = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MOST_RESERVE)]
    )
    reserve_regions = models.ManyToManyField(Region, related_name="+", blank=True)
    reserve_departments = models.ManyToManyField(Department, related_name="+", blank=True)
    # its hash stands on the round's page from the first day, the seed itself once lists are locked
    seed = models.CharField(max_length=64, default=new_seed)

    objects = querysets.RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="matching_round_status", condition=Q(status__in=RoundStatus.values)
            ),
            models.CheckConstraint(name="matching_round_stage", condition=Q(stage__range=(1, 2))),
            models.CheckConstraint(
                name="matching_round_dates",
                condition=Q(
                    locks_on__gte=F("opens_on"),
                    results_on__gt=F("locks_on"),
                    reply_by__gt=F("results_on"),
                    second_opens_on__gt=F("reply_by"),
                    second_locks_on__gte=F("second_opens_on"),
                    second_results_on__gt=F("second_locks_on"),
                    second_reply_by__gt=F("second_results_on"),
                ),
            ),
            models.CheckConstraint(
                name="matching_round_limits",
                condition=Q(
                    most_choices__range=(1, MOST_CHOICES),
                    fairness_points__lte=MOST_POINTS,
                    waiting_points__lte=MOST_POINTS,
                    reserve_percent__lte=MOST_RESERVE,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the page that people read."""
        return reverse("round-detail", args=[self.slug])

    @property
    def is_second(self) -> bool:
        """Tell whether the second round has begun."""
        return self.stage > 1

    @property
    def lock_day(self) -> dt.date:
        """Give the last day on which lists can change, of the stage it is in."""
        return self.second_locks_on if self.is_second else self.locks_on

    @property
    def locks_at(self) -> dt.datetime:
        """Give the last minute for changes, as people are told it."""
        return dt.datetime.combine(self.lock_day, dt.time(23, 59), tzinfo=LONDON)

    @property
    def takes_choices(self) -> bool:
        """Tell whether lists can change now; the clock decides, also before a job has locked."""
        return self.status in TAKES_CHOICES and timezone.now() < self.locks_at + dt.timedelta(
            minutes=1
        )

    @property
    def results_day(self) -> dt.date:
        """Give the day results are due, of the stage it is in."""
        return self.second_results_on if self.is_second else self.results_on

    @property
    def groups_by(self) -> dt.date:
        """Give the day by which hosts group people: the working day before results."""
        return subtract_working_days(self.results_day, 1)

    @property
    def reply_day(self) -> dt.date:
        """Give the day by which people answer, of the stage it is in."""
        return self.second_reply_by if self.is_second else self.reply_by

    @property
    def commitment(self) -> str:
        """Give the hash that ties the seed before anybody knows it."""
        return hashlib.sha256(f"{self.slug}:{self.seed}".encode()).hexdigest()

    @property
    def is_seed_public(self) -> bool:
        """Tell whether the seed is shown: lists have been locked."""
        return self.is_second or self.status not in {RoundStatus.PLANNED, RoundStatus.CHOOSING}

    @property
    def type_names(self) -> list[str]:
        """Name the types it is for."""
        return [str(OpportunityType(kind).label) for kind in self.types]

    def calendar_file(self) -> bytes:
        """Write the dates that concern people as a calendar file."""
        link = settings.SITE_URL + self.get_absolute_url()
        named = [
            ("opens", _("%(round)s opens"), self.opens_on, 0),
            ("locks", _("%(round)s: lists lock at 11:59pm"), self.locks_on, 3),
            ("results", _("%(round)s: results"), self.results_on, 0),
            ("reply", _("%(round)s: reply to a result by 5pm"), deadline(self.reply_by), 2),
            ("second-opens", _("%(round)s: the second round opens"), self.second_opens_on, 0),
            (
                "second-locks",
                _("%(round)s: lists of the second round lock at 11:59pm"),
                self.second_locks_on,
                3,
            ),
            (
                "second-results",
                _("%(round)s: results of the second round"),
                self.second_results_on,
                0,
            ),
            (
                "second-reply",
                _("%(round)s: reply to a result of the second round by 5pm"),
                deadline(self.second_reply_by),
                2,
            ),
        ]
        return calendar_file(
            Entry(
                f"round-{self.slug}-{key}",
                title % {"round": self.name},
                when,
                link=link,
                warn_days_before=warn,
            )
            for key, title, when, warn in named
        )


class RoundPlace(models.Model):
    """An opportunity that takes part in a round, with the places it gives to it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="round_places")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, related_name="round_places"
    )
    places = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    added_at = models.DateTimeField(default=timezone.now)
    # taken out after people could list it
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.RoundPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["opportunity__title", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="matching_round_place_once", fields=["round", "opportunity"]
            ),
            models.CheckConstraint(
                name="matching_round_place_places", condition=Q(places__range=(1, 50))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity} in {self.round}"

    @property
    def is_available(self) -> bool:
        """Tell whether it can still give places: neither taken out nor cancelled."""
        return (
            self.withdrawn_at is None
            and self.opportunity.status in OFFERS_PLACES
            and self.opportunity.organisation.is_active
        )

    @property
    def is_available_after_lock(self) -> bool:
        """Tell whether it can still give places: it may have closed or filled in the meantime."""
        return self.opportunity.status in HAS_PLACES and self.opportunity.organisation.is_active
