"""What somebody lists in a round, and whether their line manager supports it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.models import both_or_neither
from core.references import list_reference
from matching import querysets
from matching.choices import ListSupport
from matching.models.rounds import Round, RoundPlace
from people.models import User

MOST_DAYS = 520


class RoundList(models.Model):
    """One person's list in one round."""

    reference = models.CharField(max_length=12, unique=True, default=list_reference)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="lists")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="round_lists")
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)
    # earlier rounds in which the person listed places and got none
    rounds_waited = models.PositiveSmallIntegerField(default=0)

    manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="supported_lists", null=True, blank=True
    )
    support = models.CharField(max_length=12, choices=ListSupport, default=ListSupport.NOT_ASKED)
    support_days = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    support_asked_at = models.DateTimeField(null=True, blank=True)
    support_decided_at = models.DateTimeField(null=True, blank=True)
    support_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    support_note = models.TextField(max_length=2000, blank=True)
    support_words = models.TextField(max_length=2000, blank=True)

    objects = querysets.RoundListQuerySet.as_manager()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(name="matching_list_once", fields=["round", "person"]),
            models.CheckConstraint(
                name="matching_list_support", condition=Q(support__in=ListSupport.values)
            ),
            models.CheckConstraint(
                name="matching_list_support_decided",
                condition=both_or_neither("support_decided_at", "support_decided_by"),
            ),
            models.CheckConstraint(
                name="matching_list_support_not_self",
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"List of {self.person} in {self.round}"

    def get_absolute_url(self) -> str:
        """Give the person's own page."""
        return reverse("round-choices", args=[self.round.slug])

    @property
    def is_supported(self) -> bool:
        """Tell whether the line manager said yes."""
        return self.support == ListSupport.YES


class Choice(models.Model):
    """One place on a list, at a position that counts from 1."""

    list = models.ForeignKey(RoundList, on_delete=models.CASCADE, related_name="choices")
    place = models.ForeignKey(RoundPlace, on_delete=models.PROTECT, related_name="choices")
    position = models.PositiveSmallIntegerField()

    objects = querysets.ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position"]
        constraints = [
            models.UniqueConstraint(name="matching_choice_once", fields=["list", "place"]),
            # checked at the end of a transaction, so that places can change theirs
            models.UniqueConstraint(
                name="matching_choice_position",
                fields=["list", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.place}"
