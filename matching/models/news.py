"""Who changed, what is new, and whom it was told; and the searches that people keep."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.references import search_reference
from experts.models import Membership
from matching import querysets
from matching.models.recommending import Preference
from people.models import Profile, ProfileSkill, User
from placements.models import Application, Opportunity, Placement

OF_ROW = "SELECT {column} FROM {rows}"
OF_PROFILE = "SELECT user_id FROM people_profile WHERE id IN (SELECT {column} FROM {rows})"


def noting(column: str, *watched: str, people: str = OF_ROW) -> list[pgtrigger.Trigger]:
    """Note the people of rows that come or go, or of which a watched column changes.

    Rows that come or go are noted a statement at a time, because profiles come by thousands.
    """
    note = "INSERT INTO matching_personchange (user_id) "
    both = {
        "matching_note_person": (pgtrigger.Insert, pgtrigger.Referencing(new="coming")),  # type: ignore[no-untyped-call] # the library has no types
        "matching_note_gone": (pgtrigger.Delete, pgtrigger.Referencing(old="going")),  # type: ignore[no-untyped-call] # the library has no types
    }
    several = [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=rows,
            func=f"{note}{people.format(column=column, rows=rows.new or rows.old)}; RETURN NULL;",
        )
        for name, (operation, rows) in both.items()
    ]
    one = "(SELECT NEW.*) AS edited"
    edit = pgtrigger.Trigger(
        name="matching_note_edit",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*watched),
        func=f"{note}{people.format(column=column, rows=one)}; RETURN NULL;",
    )
    return [*several, edit]


class PersonChange(models.Model):
    """Somebody whose answers changed since the newest match; triggers write these rows."""

    user_id = models.BigIntegerField()
    # the match under way that read the change; its end takes the row away
    covered_by = models.BigIntegerField(null=True)

    objects = querysets.PersonChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.user_id)


class WatchedProfile(Profile):
    """Profiles, with triggers that note whose answers changed."""

    class Meta:
        proxy = True
        triggers = noting(
            "user_id",
            "grade",
            "profession",
            "hours_a_week",
            "available_from",
            "available_until",
            "town",
            "max_distance_miles",
            "remote_ok",
            "working_pattern",
            "clearance",
            "development_plan",
        )


class WatchedProfileSkill(ProfileSkill):
    """Skills on profiles, with triggers that note whose changed."""

    class Meta:
        proxy = True
        triggers = noting("profile_id", "skill", "use", "level", people=OF_PROFILE)


class WatchedPerson(User):
    """People, with triggers that note who moved, came or went."""

    class Meta:
        proxy = True
        triggers = noting("id", "department", "is_active")


class WatchedMembership(Membership):
    """Who acts for which host, with triggers that note whose rights changed."""

    class Meta:
        proxy = True
        triggers = noting("user_id", "organisation", "ended_at")


class WatchedApplication(Application):
    """Applications, with triggers that note who applied or withdrew."""

    class Meta:
        proxy = True
        triggers = noting("applicant_id", "status")


class WatchedPlacement(Placement):
    """Placements, with triggers that note whose dates changed."""

    class Meta:
        proxy = True
        triggers = noting("person_id", "status", "starts_on", "ends_on", "is_exclusive")


class WatchedPreference(Preference):
    """What people turned off, with triggers that note whose choice changed."""

    class Meta:
        proxy = True
        triggers = noting("user_id", "off")


class Edition(models.Model):
    """An opportunity as people would hear of it: another number when something material changed.

    Material is whom it suits: dates, hours, place, grades, clearance, skills. A word put right in
    the text is not, and neither is another closing date.
    """

    opportunity = models.OneToOneField(
        Opportunity, on_delete=models.CASCADE, related_name="edition"
    )
    # empty for what was open before editions were kept: the next look fills it in
    digest = models.CharField(max_length=32)
    number = models.PositiveIntegerField(default=1)
    since = models.DateTimeField(default=timezone.now)
    # any change of what is compared, material or not
    changed_at = models.DateTimeField(default=timezone.now)
    spread_at = models.DateTimeField(null=True)

    objects = querysets.EditionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="matching_unspread",
                fields=["opportunity"],
                condition=Q(spread_at__isnull=True),
            ),
            models.Index(name="matching_edition_changed", fields=["changed_at"]),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of {self.opportunity_id}"


class News(models.Model):
    """An edition that a person should hear of, and the one that they heard of; 0 is none."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    told = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    objects = querysets.NewsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["user", "opportunity"], name="matching_news_once"),
        ]
        indexes = [
            models.Index(
                name="matching_news_waiting", fields=["user"], condition=Q(told__lt=F("number"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} for {self.user_id}"


class SavedSearch(models.Model):
    """A search whose new results a person wants to hear of."""

    reference = models.CharField(max_length=12, unique=True, default=search_reference)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_searches")
    name = models.CharField(max_length=100)
    # as the address of the list has it, without the question mark
    query = models.CharField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(default=timezone.now)

    objects = querysets.SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="matching_search_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give its results now."""
        return f"{reverse('opportunity-list')}?{self.query}"
