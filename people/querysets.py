"""Every question about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Lower

from people.choices import DepartmentStep, ManagerStep, Role, SkillUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import (
        ApprovalRule,
        Department,
        EmailDomain,
        Profile,
        ProfileSkill,
        RoleGrant,
        Skill,
        Town,
        User,
    )

NEAR_ENOUGH = 0.4
SYSTEM_EMAIL = "system@stemfutures.invalid"


class UserManager(BaseUserManager["User"]):
    """Find people, and make the row of somebody first named."""

    def by_email(self, email: str) -> User | None:
        """Find a person by address, whatever its case."""
        return self.filter(email__iexact=email.strip()).first()

    def of_address(self, email: str) -> User:
        """Give the person of an address that is known to have one."""
        return self.get(email__iexact=email)

    def named(self, email: str, *, name: str = "", department: Department | None = None) -> User:
        """Make the row of somebody first named; a second naming at once finds the first's row."""
        return self.get_or_create(
            email=email.strip().lower(), defaults={"name": name, "department": department}
        )[0]

    def rename(self, user: User, name: str) -> None:
        """Write what a person is called."""
        user.name = name
        self.filter(pk=user.pk).update(name=name)

    def move(self, user: User, department: Department) -> None:
        """Write where a person works."""
        user.department = department
        self.filter(pk=user.pk).update(department=department)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person for the sign-in backend."""
        return self.get(email__iexact=username)

    def locked(self, pk: int) -> User:
        """Fetch one person for a write that must not happen twice at once."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def admins_of(self, department_id: int) -> models.QuerySet[User]:
        """List the admins of a department."""
        return self.filter(
            role_grants__role=Role.DEPARTMENT_ADMIN,
            role_grants__department=department_id,
            role_grants__ended_at__isnull=True,
            is_active=True,
        )

    def demo(self) -> models.QuerySet[User]:
        """List whoever a visitor of the demo may be: everybody but the service itself."""
        return self.filter(is_system=False, is_active=True)

    def newcomers(self) -> models.QuerySet[User]:
        """List civil servants who have not applied yet, the most eager to learn first."""
        return (
            self.demo()
            .filter(
                department__isnull=False,
                profile__grade__isnull=False,
                applications__isnull=True,
                role_grants__isnull=True,
            )
            .annotate(
                wishes=Count(
                    "profile__profile_skills", filter=Q(profile__profile_skills__use="learn")
                )
            )
            .order_by("-wishes", "-profile__hours_a_week", "pk")
        )

    def typical_newcomers(self) -> models.QuerySet[User]:
        """List newcomers whom many opportunities suit: mid-career, with time, free to travel."""
        return self.newcomers().filter(
            profile__grade__code__in=["HEO", "SEO"],
            profile__hours_a_week__gte=15,
            profile__max_distance_miles__gte=50,
            profile__remote_ok=True,
        )

    def system(self) -> User:
        """Give the service itself, the actor of every timed step."""
        return self.get_or_create(
            is_system=True,
            defaults={"email": SYSTEM_EMAIL, "name": "STEM Futures", "is_active": False},
        )[0]


class TownQuerySet(models.QuerySet["Town"]):
    """Places."""

    def found_by(self, text: str) -> TownQuerySet:
        """Find a town by its name or by a postcode's first letters."""
        letters = "".join(text[:2]).upper().rstrip("0123456789 ")
        return self.filter(
            Q(name__iexact=text.strip())
            | (Q(postcode_areas__area=letters) if any(c.isdigit() for c in text) else Q(pk=None))
        ).distinct()

    def named_like(self, text: str) -> TownQuerySet:
        """Find towns whose name holds the text or nearly is it, the nearest first."""
        near = TrigramSimilarity("name", text)
        return (
            self.annotate(near=near)
            .filter(Q(name__icontains=text) | Q(near__gt=NEAR_ENOUGH))
            .order_by("-near", "name")
        )


class SkillQuerySet(models.QuerySet["Skill"]):
    """Skills."""

    def in_use(self) -> SkillQuerySet:
        """Keep those people may choose."""
        return self.filter(is_retired=False).select_related("group")

    def in_groups(self) -> SkillQuerySet:
        """Put them in the order of a grouped list."""
        return self.order_by("group__name", "name")

    def of_slugs(self, slugs: Iterable[str]) -> SkillQuerySet:
        """Keep the named ones."""
        return self.filter(slug__in=list(slugs))

    def retired(self) -> SkillQuerySet:
        """Keep those nobody can choose any more."""
        return self.filter(is_retired=True)

    def from_source(self, source: str) -> SkillQuerySet:
        """Keep the skills of one published list."""
        return self.filter(source=source)

    def locked(self, pk: int) -> Skill:
        """Fetch one skill for a write."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def with_uses(self) -> SkillQuerySet:
        """Add where each skill is used, and fetch its heading and other names."""
        return (
            self.select_related("group")
            .prefetch_related("synonyms")
            .annotate(
                profile_count=Count("profiles", distinct=True),
                opportunity_count=Count("opportunities", distinct=True),
            )
            .order_by("name", "pk")
        )

    def slugs(self) -> set[str]:
        """List the addresses that are taken."""
        return set(self.values_list("slug", flat=True))

    def names_outside(self, source: str) -> set[str]:
        """List the names that other sources gave already, in lower case."""
        return set(self.exclude(source=source).values_list(Lower("name"), flat=True))

    def with_names(self) -> SkillQuerySet:
        """Fetch the group and the other names, for the skill's page."""
        return self.select_related("group").prefetch_related("synonyms")

    def named_like(self, text: str) -> SkillQuerySet:
        """Find skills by part of their name or of a synonym."""
        return self.filter(Q(name__icontains=text) | Q(synonyms__name__icontains=text)).distinct()


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Departments."""

    def active(self) -> DepartmentQuerySet:
        """Keep those that take part."""
        return self.filter(is_active=True)

    def of_slugs(self, slugs: Iterable[str]) -> DepartmentQuerySet:
        """Keep the named ones."""
        return self.filter(slug__in=list(slugs))

    def named_like(self, text: str) -> DepartmentQuerySet:
        """Find departments by part of their name or by their initials."""
        return self.filter(Q(name__icontains=text) | Q(abbreviation__iexact=text)).order_by("name")

    def locked(self, pk: int) -> Department:
        """Fetch one department for a write, so that its admins change one at a time."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def with_admin_counts(self) -> DepartmentQuerySet:
        """Add how many admins and people each department has, and fetch its domains."""
        live = Q(role_grants__role=Role.DEPARTMENT_ADMIN, role_grants__ended_at__isnull=True)
        return (
            self.prefetch_related("domains")
            .annotate(
                admin_count=Count("role_grants", filter=live, distinct=True),
                people_count=Count("people", distinct=True),
            )
            .order_by("name")
        )

    def for_import(self) -> DepartmentQuerySet:
        """Fetch all of them, locked, so that two imports cannot both add one."""
        return self.select_for_update(of=("self",)).order_by("pk")

    def administered_by(self, user: User) -> DepartmentQuerySet:
        """Keep those this person administers."""
        return self.filter(pk__in=user.administered_department_ids)


class EmailDomainQuerySet(models.QuerySet["EmailDomain"]):
    """Domains."""

    def of_address(self, email: str) -> EmailDomain | None:
        """Find the domain an address belongs to, its own or the nearest one above it."""
        labels = email.rsplit("@", 1)[-1].lower().split(".")
        parents = [".".join(labels[n:]) for n in range(len(labels))]
        found = {row.domain: row for row in self.filter(domain__in=parents)}
        return next((found[name] for name in parents if name in found), None)

    def proves(self, email: str, department: Department) -> bool:
        """Tell whether an address ends in a domain of the department or of its parent."""
        domain = self.select_related("department").of_address(email)
        return bool(domain and domain.department_id in {department.pk, department.parent_id})

    def used_by(self, department: Department) -> EmailDomainQuerySet:
        """Keep the domains of a department and of the one it belongs to, its own first."""
        ids = [pk for pk in (department.pk, department.parent_id) if pk]
        own = Case(When(department_id=department.pk, then=0), default=1)
        return self.filter(department_id__in=ids).order_by(own, "domain")


class ApprovalRuleQuerySet(models.QuerySet["ApprovalRule"]):
    """The ladder."""

    def default_for(self, opportunity_type: str) -> ApprovalRuleQuerySet:
        """Keep the rungs of a type that hold where a department has none, shortest first."""
        return self.filter(department__isnull=True, opportunity_type=opportunity_type)

    def for_case(
        self, department_id: int | None, opportunity_type: str, working_days: int
    ) -> ApprovalRule:
        """Find the rung: the department's own before the default, then the longest minimum.

        Where nobody laid a ladder, everybody is asked: nothing passes a department by.
        """
        found = (
            self.filter(
                Q(department_id=department_id) | Q(department__isnull=True),
                opportunity_type=opportunity_type,
                min_working_days__lte=working_days,
            )
            .order_by(F("department_id").asc(nulls_last=True), "-min_working_days")
            .select_related("department")
            .first()
        )
        return found or self.strictest(opportunity_type)

    def strictest(self, opportunity_type: str) -> ApprovalRule:
        """Make an unsaved rung by which the line manager and the department both decide."""
        return self.model(
            opportunity_type=opportunity_type,
            manager=ManagerStep.SUPPORTS,
            department_step=DepartmentStep.APPROVES,
        )

    def types_with_default(self) -> models.QuerySet[ApprovalRule, str]:
        """List the types for which the default ladder answers every length."""
        rows = self.filter(department__isnull=True, min_working_days=0)
        return rows.order_by().values_list("opportunity_type", flat=True)

    def own(self, department: Department | None, opportunity_type: str) -> ApprovalRuleQuerySet:
        """Keep the rungs of one ladder for a type: a department's own, or the default."""
        return self.filter(department=department, opportunity_type=opportunity_type)

    def rung(
        self, department: Department, opportunity_type: str, min_working_days: int
    ) -> ApprovalRuleQuerySet:
        """Keep one rung of a department's own ladder."""
        return self.own(department, opportunity_type).filter(min_working_days=min_working_days)

    def in_force(self, department: Department) -> ApprovalRuleQuerySet:
        """Keep the rungs that hold for a department: its own for a type, else the default."""
        own = self.filter(department=department)
        return (
            self.filter(
                Q(department=department)
                | Q(department__isnull=True)
                & ~Q(opportunity_type__in=own.values("opportunity_type"))
            )
            .order_by("opportunity_type", "min_working_days")
            .select_related("department")
        )


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Rights."""

    def live(self) -> RoleGrantQuerySet:
        """Keep those that hold now."""
        return self.filter(ended_at__isnull=True)

    def of_department_admins(self) -> RoleGrantQuerySet:
        """Keep those of department admins."""
        return self.filter(role=Role.DEPARTMENT_ADMIN).select_related("user", "department")

    def of_scheme_team(self) -> RoleGrantQuerySet:
        """Keep those of the scheme team."""
        return self.filter(role=Role.SCHEME_TEAM).select_related("user")

    def admins_of(self, department: Department) -> RoleGrantQuerySet:
        """Keep the live rights of a department's admins, with the people, by name."""
        return (
            self.live()
            .filter(role=Role.DEPARTMENT_ADMIN, department=department)
            .select_related("user", "granted_by")
            .order_by("user__name", "user__email")
        )


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Profiles."""

    def visible_to(self, user: User) -> ProfileQuerySet:
        """Keep the person's own: nobody browses other people's profiles."""
        return self.filter(user=user)

    def of(self, user: User) -> Profile:
        """Give the person's profile with its answers; one that was never written to is empty."""
        return self.with_answers().filter(user=user).first() or self.model(user=user, version=0)

    def who_want_to_learn(self) -> ProfileQuerySet:
        """Keep those of people who may sign in and named a skill to learn."""
        learners = self.model.objects.filter(profile_skills__use=SkillUse.LEARN)
        return self.filter(user__is_active=True, pk__in=learners.values("pk")).order_by("pk")

    def locked_of(self, user: User) -> Profile:
        """Lock the person's profile for a write; the first write makes it."""
        self.get_or_create(user=user, defaults={"version": 0})
        return self.select_for_update(of=("self",)).get(user=user)

    def with_answers(self) -> ProfileQuerySet:
        """Fetch what the check page shows."""
        return self.select_related(
            "user__department", "grade", "profession", "town__region", "line_manager"
        ).prefetch_related("profile_skills__skill")


class ProfileSkillQuerySet(models.QuerySet["ProfileSkill"]):
    """Skills on profiles."""

    def for_use(self, profile: Profile, use: str) -> ProfileSkillQuerySet:
        """Keep those on one profile for one use, by name."""
        return (
            self.filter(profile=profile.pk, use=use)
            .select_related("skill")
            .order_by("skill__name")
        )
