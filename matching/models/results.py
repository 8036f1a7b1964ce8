"""How a round is decided: hosts' groups, rulings about pairs, runs, and what came of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import both_or_neither
from matching import querysets
from matching.choices import HostGroup, PairRuling, ResultState
from matching.models.lists import RoundList
from matching.models.rounds import Round, RoundPlace
from people.models import User
from placements.models import Application


class Grouping(models.Model):
    """The group a host put somebody in who listed their place."""

    place = models.ForeignKey(RoundPlace, on_delete=models.PROTECT, related_name="groupings")
    list = models.ForeignKey(RoundList, on_delete=models.PROTECT, related_name="groupings")
    group = models.PositiveSmallIntegerField(choices=HostGroup)
    grouped_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    grouped_at = models.DateTimeField(default=timezone.now)

    objects = querysets.GroupingQuerySet.as_manager()

    class Meta:
        ordering = ["place", "group", "pk"]
        constraints = [
            models.UniqueConstraint(name="matching_group_once", fields=["place", "list"]),
            models.CheckConstraint(
                name="matching_group_group", condition=Q(group__in=HostGroup.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list} for {self.place}: {self.get_group_display()}"


class PairRule(models.Model):
    """A person and a place that must, or must not, come together, and why."""

    place = models.ForeignKey(RoundPlace, on_delete=models.PROTECT, related_name="pair_rules")
    list = models.ForeignKey(RoundList, on_delete=models.PROTECT, related_name="pair_rules")
    ruling = models.CharField(max_length=10, choices=PairRuling)
    reason = models.CharField(max_length=500)
    ruled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(default=timezone.now)

    objects = querysets.PairRuleQuerySet.as_manager()

    class Meta:
        ordering = ["-ruled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="matching_pair_once", fields=["place", "list"]),
            models.CheckConstraint(
                name="matching_pair_ruling", condition=Q(ruling__in=PairRuling.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}, {self.place}: {self.get_ruling_display()}"


class Run(models.Model):
    """One way a round could be decided, with everything that it was decided from, frozen."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    stage = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # reserve_percent, fairness_points, waiting_points
    settings = models.JSONField()
    # lists, groups, points and seats, as live/contest.py writes them; the hash is of their bytes
    inputs = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    # who got what, by references; the cut-offs; the counts
    outcome = models.JSONField()
    certificate = models.JSONField()
    counts = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = querysets.RunQuerySet.as_manager()

    class Meta:
        ordering = ["round", "stage", "number"]
        constraints = [
            models.UniqueConstraint(
                name="matching_run_number", fields=["round", "stage", "number"]
            ),
            models.UniqueConstraint(
                name="matching_run_published_once",
                fields=["round", "stage"],
                condition=Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="matching_run_published",
                condition=both_or_neither("published_at", "published_by"),
            ),
        ]

    def __str__(self) -> str:
        return f"Run {self.number} of {self.round}"


class Result(models.Model):
    """What the published run of one stage came to for one person."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    list = models.ForeignKey(RoundList, on_delete=models.PROTECT, related_name="results")
    state = models.CharField(max_length=12, choices=ResultState)
    # which choice of theirs, from 1; as it is after they moved
    choice = models.PositiveSmallIntegerField(null=True, blank=True)
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="round_result", null=True, blank=True
    )
    # accepted, and wants to move up when a higher choice becomes free
    is_open_to_move = models.BooleanField(default=False)
    has_moved = models.BooleanField(default=False)
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.ResultQuerySet.as_manager()

    class Meta:
        ordering = ["run", "list"]
        constraints = [
            models.UniqueConstraint(name="matching_result_once", fields=["run", "list"]),
            models.CheckConstraint(
                name="matching_result_state", condition=Q(state__in=ResultState.values)
            ),
            models.CheckConstraint(
                name="matching_result_match",
                condition=Q(
                    state=ResultState.MATCHED, application__isnull=False, choice__isnull=False
                )
                | (~Q(state=ResultState.MATCHED) & Q(application__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.get_state_display()}"
