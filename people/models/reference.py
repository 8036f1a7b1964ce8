"""The shared vocabulary: grades, professions, places and skills."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people import querysets
from people.choices import Nation


class Grade(models.Model):
    """A Civil Service grade; rank 1 is the most junior."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class Profession(models.Model):
    """A government profession."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    """A nation or English region (ITL 1), and the regions next to it."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    nation = models.CharField(max_length=20, choices=Nation)
    neighbours = models.ManyToManyField("self", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="people_region_nation", condition=Q(nation__in=Nation.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Town(models.Model):
    """Where people work and opportunities are; degrees of latitude and longitude."""

    name = models.CharField(max_length=80, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="towns")
    latitude = models.FloatField()
    longitude = models.FloatField()

    objects = querysets.TownQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def in_region(self) -> str:
        """Name the town and its region; London is both."""
        region = self.region.name
        return self.name if self.name == region else f"{self.name}, {region}"


class PostcodeArea(models.Model):
    """The letters a postcode starts with, and the town they stand for."""

    area = models.CharField(max_length=2, unique=True)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="postcode_areas")

    class Meta:
        ordering = ["area"]

    def __str__(self) -> str:
        return self.area


class SkillGroup(models.Model):
    """A heading in the skills list."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """Something people want to learn or can do; a retired skill stays on what used it."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    level_texts = models.JSONField(
        default=dict, blank=True
    )  # what each level means, by its number
    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, related_name="skills")
    source = models.CharField(max_length=40, default="starter")
    source_id = models.CharField(max_length=80, blank=True)
    version = models.CharField(max_length=40, blank=True)
    is_retired = models.BooleanField(default=False)

    objects = querysets.SkillQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="people_skill_source_id",
                fields=["source", "source_id"],
                condition=~Q(source_id=""),
            ),
        ]
        indexes = [
            GinIndex(
                name="people_skill_name_trigram", fields=["name"], opclasses=["gin_trgm_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Give the skill's public page."""
        return reverse("skill-detail", args=[self.slug])


class SkillSynonym(models.Model):
    """Another name people use for a skill."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="people_synonym_once", fields=["skill", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
