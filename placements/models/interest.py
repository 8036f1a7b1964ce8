"""Who wants to learn a skill that nobody offers enough of."""

from django.db import models
from django.utils import timezone

from people.models import Skill, User
from placements import querysets


class SkillInterest(models.Model):
    """A person's wish to learn a skill: hosts read the count, never the names."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="skill_interests")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="interests")
    registered_at = models.DateTimeField(default=timezone.now)

    objects = querysets.SkillInterestQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(name="placements_interest_once", fields=["user", "skill"]),
        ]

    def __str__(self) -> str:
        return f"{self.user} wants to learn {self.skill}"
