"""Opportunities, applications and placements for tests."""

import datetime as dt

import factory
from django.db.models import F
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.calendar import add_working_days, today
from people.choices import OpportunityType
from placements.choices import (
    BEFORE_THE_HOST,
    HOLDS_A_PLACE,
    LIVE,
    ApplicationStatus,
    ApprovalStage,
    ExchangeKind,
    OpportunityPattern,
    OpportunityStatus,
    SkillRole,
)
from placements.models import (
    Application,
    Approval,
    ManagerRequest,
    Offer,
    Opportunity,
    OpportunitySkill,
    Placement,
)
from tests.factories.experts import OrganisationFactory
from tests.factories.people import (
    CivilServantFactory,
    GradeFactory,
    SkillFactory,
    TownFactory,
    UserFactory,
)


class OpportunityFactory(DjangoModelFactory):
    """An open placement of three months; traits for other types and states."""

    class Meta:
        model = Opportunity

    class Params:
        draft = factory.Trait(status=OpportunityStatus.DRAFT, published_at=None, confirmed_on=None)
        shadowing = factory.Trait(
            type=OpportunityType.SHADOWING,
            ends_on=factory.LazyAttribute(lambda o: o.starts_on + dt.timedelta(days=4)),
        )
        mentoring = factory.Trait(type=OpportunityType.MENTORING, hours_a_week=2)
        exchange = factory.Trait(
            type=OpportunityType.EXCHANGE, exchange_kind=ExchangeKind.SECONDMENT
        )

    organisation = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(UserFactory)
    contact = factory.SubFactory(UserFactory)
    status = OpportunityStatus.OPEN
    published_at = factory.LazyFunction(timezone.now)
    confirmed_on = factory.LazyFunction(today)
    type = OpportunityType.PLACEMENT
    title = factory.Sequence(lambda n: f"Testing sensors, part {n}")
    summary = "Help a metrology team test new sensors."
    what_you_will_do = "Plan the tests, run them, and write up what they show."
    what_you_will_learn = "How uncertainty is measured and reported."
    who_it_suits = "Somebody who likes careful work."
    places = 2
    starts_on = factory.LazyFunction(lambda: today() + dt.timedelta(days=90))
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + dt.timedelta(days=90))
    hours_a_week = 37
    pattern = OpportunityPattern.FULL_TIME
    town = factory.SubFactory(TownFactory)
    lowest_grade = factory.SubFactory(GradeFactory, code="EO")
    highest_grade = factory.SubFactory(GradeFactory, code="G7")
    closing_on = factory.LazyFunction(lambda: today() + dt.timedelta(days=30))
    choosing_on = factory.LazyAttribute(lambda o: o.closing_on + dt.timedelta(days=14))
    supervisor = "Dr Ifeoma Lund"


class OpportunitySkillFactory(DjangoModelFactory):
    class Meta:
        model = OpportunitySkill

    opportunity = factory.SubFactory(OpportunityFactory)
    skill = factory.SubFactory(SkillFactory)
    role = SkillRole.LEARNED
    level = 2


class ApplicationFactory(DjangoModelFactory):
    """A finished draft; ``status=…`` gives one that has come that far, with its rows."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    opportunity = factory.SubFactory(OpportunityFactory)
    applicant = factory.SubFactory(CivilServantFactory)
    department = factory.SelfAttribute("applicant.department")
    manager = factory.LazyAttribute(lambda a: a.applicant.profile.line_manager)
    status = ApplicationStatus.DRAFT
    sent_at = factory.LazyAttribute(
        lambda a: None if a.status in BEFORE_THE_HOST else timezone.now()
    )
    due_on = factory.LazyAttribute(
        lambda a: add_working_days(today(), 5) if a.status in LIVE - {"draft"} else None
    )
    why = "I want to learn how uncertainty is reported."
    bring_back = "A way of working for my team."
    starts_on = factory.SelfAttribute("opportunity.starts_on")
    ends_on = factory.SelfAttribute("opportunity.ends_on")
    finished_sections = factory.LazyFunction(
        lambda: [
            "details",
            "why",
            "bring_back",
            "dates",
            "manager",
            "adjustments",
            "business_case",
        ]
    )

    @factory.post_generation
    def consequences(self, create, extracted, **kwargs):
        if self.status in HOLDS_A_PLACE:
            Opportunity.objects.filter(pk=self.opportunity_id).update(held=F("held") + 1)
            self.opportunity.refresh_from_db()
            OfferFactory(
                application=self,
                is_accepted=None if self.status == ApplicationStatus.OFFERED else True,
                replied_at=None if self.status == ApplicationStatus.OFFERED else timezone.now(),
            )
        if self.status in {ApplicationStatus.WITH_MANAGER, ApplicationStatus.MANAGER_SILENT}:
            ManagerRequestFactory(application=self)
        if self.status in {
            ApplicationStatus.WITH_DEPARTMENT,
            ApplicationStatus.DEPT_INFO,
            ApplicationStatus.SECOND_CHECK,
        }:
            ApprovalFactory(application=self)
        if self.status == ApplicationStatus.CONFIRMED:
            PlacementFactory(application=self)


class ManagerRequestFactory(DjangoModelFactory):
    class Meta:
        model = ManagerRequest

    application = factory.SubFactory(ApplicationFactory)
    applicant = factory.SelfAttribute("application.applicant")
    manager = factory.SelfAttribute("application.manager")
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))


class OfferFactory(DjangoModelFactory):
    class Meta:
        model = Offer

    application = factory.SubFactory(ApplicationFactory)
    starts_on = factory.SelfAttribute("application.starts_on")
    ends_on = factory.SelfAttribute("application.ends_on")
    hours_a_week = 37
    made_by = factory.SubFactory(UserFactory)
    reply_by = factory.LazyFunction(lambda: add_working_days(today(), 5))


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = Approval

    application = factory.SubFactory(ApplicationFactory)
    applicant = factory.SelfAttribute("application.applicant")
    stage = ApprovalStage.DEPARTMENT


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    application = factory.SubFactory(ApplicationFactory)
    person = factory.SelfAttribute("application.applicant")
    starts_on = factory.SelfAttribute("application.starts_on")
    ends_on = factory.SelfAttribute("application.ends_on")
    is_exclusive = factory.SelfAttribute("application.opportunity.is_exclusive")
