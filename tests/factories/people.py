"""People, departments and skills for tests."""

import factory
from factory.django import DjangoModelFactory

from people.choices import (
    Clearance,
    DepartmentStep,
    ManagerStep,
    OpportunityType,
    Role,
    SkillUse,
    WorkingPattern,
)
from people.models import (
    ApprovalRule,
    Department,
    EmailDomain,
    Grade,
    Profession,
    Profile,
    ProfileSkill,
    Region,
    RoleGrant,
    Skill,
    SkillGroup,
    Town,
    User,
)


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "TLK"
    name = "South West"
    slug = "south-west"
    nation = "england"


class TownFactory(DjangoModelFactory):
    class Meta:
        model = Town
        django_get_or_create = ["name"]

    name = "Swindon"
    region = factory.SubFactory(RegionFactory)
    latitude = 51.558
    longitude = -1.782


class GradeFactory(DjangoModelFactory):
    class Meta:
        model = Grade
        django_get_or_create = ["code"]

    code = "SEO"
    name = factory.LazyAttribute(lambda grade: f"Grade {grade.code}")
    rank = factory.LazyAttribute(
        lambda grade: ["AA", "AO", "EO", "HEO", "SEO", "G7", "G6", "SCS1"].index(grade.code) + 1
    )


class ProfessionFactory(DjangoModelFactory):
    class Meta:
        model = Profession
        django_get_or_create = ["slug"]

    slug = "science-and-engineering"
    name = "Science and Engineering"


class SkillGroupFactory(DjangoModelFactory):
    class Meta:
        model = SkillGroup
        django_get_or_create = ["slug"]

    slug = "data"
    name = "Data"


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    slug = factory.Sequence(lambda n: f"skill-{n}")
    name = factory.Sequence(lambda n: f"Skill {n}")
    group = factory.SubFactory(SkillGroupFactory)


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"department-{n}")
    name = factory.Sequence(lambda n: f"Department for Number {n}")
    abbreviation = factory.Sequence(lambda n: f"DFN{n}")

    @factory.post_generation
    def domain(self, create, extracted, **kwargs):
        EmailDomain.objects.create(domain=extracted or f"{self.slug}.gov.uk", department=self)


class UserFactory(DjangoModelFactory):
    """A person of no department."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person Number{n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")


class CivilServantFactory(UserFactory):
    """A person of a department, with a profile and a line manager in the same department."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    department = factory.SubFactory(DepartmentFactory)
    email = factory.LazyAttributeSequence(
        lambda user, n: f"person{n}@{user.department.slug}.gov.uk"
    )

    @factory.post_generation
    def profile(self, create, extracted, **kwargs):
        manager = kwargs.pop("line_manager", None) or UserFactory(
            department=self.department, email=f"manager.{self.email}"
        )
        ProfileFactory(user=self, line_manager=manager, **kwargs)


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory)
    grade = factory.SubFactory(GradeFactory)
    profession = factory.SubFactory(ProfessionFactory)
    hours_a_week = 37
    town = factory.SubFactory(TownFactory)
    max_distance_miles = 50
    remote_ok = True
    working_pattern = WorkingPattern.FULL_TIME
    clearance = Clearance.BPSS
    development_plan = "Learn how models are tested before they are used."


class ProfileSkillFactory(DjangoModelFactory):
    class Meta:
        model = ProfileSkill

    profile = factory.SubFactory(ProfileFactory)
    skill = factory.SubFactory(SkillFactory)
    use = SkillUse.LEARN
    level = 1


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.SCHEME_TEAM
    granted_by = factory.LazyFunction(User.objects.system)


def department_admin(department: Department) -> User:
    """Make an admin of a department."""
    user = UserFactory(
        department=department, email=f"admin{User.objects.count()}@{department.slug}.gov.uk"
    )
    RoleGrantFactory(user=user, role=Role.DEPARTMENT_ADMIN, department=department)
    return user


def scheme_team_member() -> User:
    """Make somebody who runs the scheme."""
    return RoleGrantFactory().user


# type, least working days, manager, department, second check over (pounds)
DEFAULT_LADDER = (
    (OpportunityType.SHADOWING, 0, ManagerStep.SUPPORTS, DepartmentStep.TOLD, None),
    (OpportunityType.MENTORING, 0, ManagerStep.TOLD, DepartmentStep.TOLD, None),
    (OpportunityType.PLACEMENT, 0, ManagerStep.SUPPORTS, DepartmentStep.TOLD, None),
    (OpportunityType.PLACEMENT, 11, ManagerStep.SUPPORTS, DepartmentStep.APPROVES, None),
    (OpportunityType.EXCHANGE, 0, ManagerStep.SUPPORTS, DepartmentStep.APPROVES, 5000),
)


def default_ladder() -> list[ApprovalRule]:
    """Make the ladder that holds where a department has none of its own."""
    return [
        ApprovalRule.objects.create(
            opportunity_type=kind,
            min_working_days=days,
            manager=manager,
            department_step=department,
            second_check_over=limit,
        )
        for kind, days, manager, department, limit in DEFAULT_LADDER
    ]
