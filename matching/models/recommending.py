"""What matching keeps: the arrays, what changed since, and what people turned off."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from experts.models import Organisation
from matching import querysets
from matching.choices import RematchState, Rhythm
from people.models import User
from placements.models import Opportunity, OpportunitySkill

# what the arrays are made from; places taken, for one, do not change who suits it
WATCHED = (
    "status",
    "direction",
    "organisation",
    "type",
    "title",
    "summary",
    "what_you_will_learn",
    "who_it_suits",
    "starts_on",
    "ends_on",
    "closing_on",
    "hours_a_week",
    "pattern",
    "town",
    "remote",
    "lowest_grade",
    "highest_grade",
    "clearance",
)
NOTE_IF_OPEN = """
    IF (TG_OP <> 'DELETE' AND NEW.status = 'open') OR (TG_OP <> 'INSERT' AND OLD.status = 'open')
    THEN INSERT INTO matching_change (opportunity_id) VALUES (COALESCE(NEW.id, OLD.id)); END IF;
    RETURN NULL;
"""
NOTE_ALL_OF_HOST = """
    INSERT INTO matching_change (opportunity_id)
    SELECT id FROM placements_opportunity WHERE organisation_id = NEW.id AND status = 'open';
    RETURN NULL;
"""
NOTE_SKILL = """
    INSERT INTO matching_change (opportunity_id)
    VALUES (COALESCE(NEW.opportunity_id, OLD.opportunity_id));
    RETURN NULL;
"""


class Snapshot(models.Model):
    """All open opportunities as arrays, with what they were made from."""

    hash = models.CharField(max_length=64)
    content = models.BinaryField()
    manifest = models.JSONField()
    opportunities = models.PositiveIntegerField()
    rules_version = models.PositiveSmallIntegerField()
    weights_version = models.PositiveSmallIntegerField()
    code_version = models.CharField(max_length=40)
    lottery_seed = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    objects = querysets.SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.opportunities} opportunities, {self.hash[:12]}"


class Change(models.Model):
    """An opportunity that changed since the newest snapshot; triggers write these rows."""

    opportunity_id = models.BigIntegerField()

    objects = querysets.ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.opportunity_id)


class WatchedOpportunity(Opportunity):
    """Opportunities, with triggers that note each change of an open one."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="matching_note",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=NOTE_IF_OPEN,
            ),
            pgtrigger.Trigger(
                name="matching_note_change",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*WATCHED),
                func=NOTE_IF_OPEN,
            ),
        ]


class WatchedSkill(OpportunitySkill):
    """Skills of opportunities, with a trigger that notes each change."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="matching_note",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=NOTE_SKILL,
            ),
        ]


class WatchedOrganisation(Organisation):
    """Hosts, with a trigger that notes what they offer when they stop or start to take part."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="matching_note_host",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("status"),
                func=NOTE_ALL_OF_HOST,
            ),
        ]


class Preference(models.Model):
    """What somebody chose about their recommendations."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="matching_preference")
    off = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    # the last day on which we looked whether there is anything to tell
    looked_on = models.DateField(null=True)

    objects = querysets.PreferenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="matching_preference_rhythm", condition=models.Q(rhythm__in=Rhythm.values)
            ),
        ]

    def __str__(self) -> str:
        return f"Choices of {self.user}"


class Rematch(models.Model):
    """One time that everybody is matched: nightly, or when the scheme team asks."""

    state = models.CharField(
        max_length=10, choices=RematchState.choices, default=RematchState.WAITING
    )
    # the service itself, at night
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.SET_NULL, null=True, related_name="+")
    # what the lists were made from: hashes, versions, the seed of the lottery
    manifest = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    opportunities = models.PositiveIntegerField(default=0)

    objects = querysets.RematchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "match of everybody"
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=[RematchState.WAITING, RematchState.UNDER_WAY]),
                name="matching_one_rematch_in_a_state",
            ),
        ]

    def __str__(self) -> str:
        return f"Match of {self.people} people, {self.state}"


class RematchPart(models.Model):
    """Some thousands of people as arrays, for one worker; tried again if it stops."""

    rematch = models.ForeignKey(Rematch, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    # kept until another match is done, so that one opportunity can be put to everybody
    content = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = querysets.RematchPartQuerySet.as_manager()

    class Meta:
        ordering = ["rematch", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["rematch", "number"], name="matching_one_part_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Part {self.number} of {self.rematch_id}"


class RecommendedList(models.Model):
    """A person's best opportunities in one match of everybody, the best first."""

    rematch = models.ForeignKey(
        Rematch, on_delete=models.CASCADE, related_name="lists", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    opportunities = ArrayField(models.BigIntegerField())
    points = ArrayField(models.SmallIntegerField())

    objects = querysets.RecommendedListQuerySet.as_manager()

    class Meta:
        ordering = ["rematch", "user"]
        constraints = [
            models.UniqueConstraint(fields=["rematch", "user"], name="matching_one_list_each"),
        ]

    def __str__(self) -> str:
        return f"{len(self.opportunities)} for {self.user_id}"
