"""A person, and the rights granted to them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from core.models import Grant, both_or_neither
from people import querysets
from people.choices import Role
from people.models.department import Department


class User(AbstractBaseUser):
    """A person inside or outside government; they sign in by a code sent to ``email``."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="people", null=True, blank=True
    )
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = querysets.UserManager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_email"),
            models.UniqueConstraint(
                name="people_one_system_user", fields=["is_system"], condition=Q(is_system=True)
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Give the name, or the address while no name is known."""
        return self.name or self.email

    @property
    def first_name_or_email(self) -> str:
        """Give what a letter starts with."""
        return self.name.split()[0] if self.name else self.email

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """Read the rights that hold now; a user object lives for one request, and so does this."""
        return list(self.role_grants.live())

    def has_role(self, role: Role, department_id: int | None = None) -> bool:
        """Tell whether the person holds a role, and if asked, whether for this department."""
        return any(
            grant.role == role and (department_id is None or grant.department_id == department_id)
            for grant in self.grants
        )

    @property
    def is_scheme_team(self) -> bool:
        """Tell whether the person runs the scheme."""
        return self.has_role(Role.SCHEME_TEAM)

    @property
    def administered_department_ids(self) -> list[int]:
        """List the departments the person administers."""
        return [
            grant.department_id
            for grant in self.grants
            if grant.role == Role.DEPARTMENT_ADMIN and grant.department_id
        ]

    def has_usable_password(self) -> bool:
        """Say no: people sign in by a code or by their department's own sign-in."""
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:  # noqa: ARG002 - Django's signature
        """Say no: rights here are rules in permissions.py, never Django's permissions."""
        return False

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002 - Django's signature
        """Say no, as above."""
        return False


class RoleGrant(Grant):
    """A role given to a person, for a department where the role needs one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30, choices=Role)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="role_grants", null=True, blank=True
    )

    objects = querysets.RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(name="people_grant_role", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="people_grant_department",
                condition=Q(role=Role.DEPARTMENT_ADMIN, department__isnull=False)
                | Q(role=Role.SCHEME_TEAM, department__isnull=True),
            ),
            models.CheckConstraint(
                name="people_grant_ended", condition=both_or_neither("ended_at", "ended_by")
            ),
            models.UniqueConstraint(
                name="people_grant_once",
                fields=["user", "role", "department"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"
