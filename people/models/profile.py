"""What a civil servant tells us so that we can find the right opportunity."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from people import querysets
from people.choices import Clearance, SkillLevel, SkillUse, WorkingPattern
from people.models.reference import Grade, Profession, Skill, Town
from people.models.user import User


class Profile(models.Model):
    """A civil servant's answers; blank until they are given."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="profile")
    grade = models.ForeignKey(
        Grade, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    profession = models.ForeignKey(
        Profession, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    line_manager = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="managed_profiles", null=True, blank=True
    )
    hours_a_week = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(37)]
    )
    available_from = models.DateField(null=True, blank=True)
    available_until = models.DateField(null=True, blank=True)
    town = models.ForeignKey(
        Town, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    max_distance_miles = models.PositiveSmallIntegerField(null=True, blank=True)
    remote_ok = models.BooleanField(default=False)
    working_pattern = models.CharField(max_length=20, choices=WorkingPattern, blank=True)
    clearance = models.CharField(max_length=10, choices=Clearance, blank=True)
    adjustments = models.TextField(max_length=1000, blank=True)
    development_plan = models.TextField(max_length=2000, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    answered = ArrayField(models.SlugField(max_length=40), default=list, blank=True)

    skills = models.ManyToManyField(Skill, through="ProfileSkill", related_name="profiles")

    objects = querysets.ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="people_profile_hours",
                condition=Q(hours_a_week__isnull=True) | Q(hours_a_week__range=(1, 37)),
            ),
            models.CheckConstraint(
                name="people_profile_dates",
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
            ),
            models.CheckConstraint(
                name="people_profile_manager",
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.user}"

    def get_absolute_url(self) -> str:
        """Give the person's own page."""
        return reverse("profile")

    def skills_for(self, use: SkillUse) -> models.QuerySet["ProfileSkill"]:
        """Give the skills that stand on the profile for one use, by name."""
        return ProfileSkill.objects.for_use(self, use)


class ProfileSkill(models.Model):
    """A skill somebody has or wants to learn, with the level they are at now."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="profile_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="profile_skills")
    use = models.CharField(max_length=10, choices=SkillUse)
    level = models.PositiveSmallIntegerField(choices=SkillLevel, default=SkillLevel.NONE)

    objects = querysets.ProfileSkillQuerySet.as_manager()

    class Meta:
        ordering = ["skill__name"]
        constraints = [
            models.UniqueConstraint(
                name="people_profile_skill_once", fields=["profile", "skill", "use"]
            ),
            models.CheckConstraint(
                name="people_profile_skill_use", condition=Q(use__in=SkillUse.values)
            ),
            models.CheckConstraint(
                name="people_profile_skill_level", condition=Q(level__in=SkillLevel.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.get_level_display()}"
