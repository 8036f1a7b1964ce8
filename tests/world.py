"""Two departments with their hosts, told apart by marked words, for tests of who sees what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.calendar import today
from experts.choices import MemberRole
from matching.actions import runs
from matching.choices import ListSupport, RoundStatus
from matching.models import SavedSearch
from notifications.actions import queue_email
from people.models import Skill, User
from placements.choices import ApplicationStatus as S
from placements.models import Application, Opportunity, SavedOpportunity
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    SkillFactory,
    department_admin,
    scheme_team_member,
)
from tests.factories.placements import ApplicationFactory, OpportunityFactory
from tests.factories.rounds import RoundFactory, RoundPlaceFactory, listing, supported

if TYPE_CHECKING:
    from matching.models import Round, RoundList

PEOPLE = (
    "nobody",
    "stranger",
    "applicant",
    "manager",
    "host",
    "other_host",
    "admin",
    "other_admin",
    "scheme",
)


@dataclass
class Tenant:
    """One department with an applicant, and one host; every private word carries the mark."""

    mark: str
    applicant: User = field(init=False)
    manager: User = field(init=False)
    host: User = field(init=False)
    admin: User = field(init=False)
    contact: User = field(init=False)
    applications: dict[str, Application] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.department = DepartmentFactory()
        self.applicant = CivilServantFactory(department=self.department)
        self.manager = self.applicant.profile.line_manager
        self.admin = department_admin(self.department)
        self.organisation = OrganisationFactory()
        self.host = host_of(self.organisation, MemberRole.OWNER)
        self.contact = host_of(self.organisation, MemberRole.MEMBER)
        for role in ("applicant", "manager", "admin", "host", "contact"):
            person = getattr(self, role)
            person.name = f"{role.title()} {self.word(role)}"
            person.save()
        self.application()  # so that nothing depends on what was asked for first

    def word(self, name: str) -> str:
        """Give the marked word for one private thing."""
        return f"{self.mark}{name.replace('_', '')}"

    @property
    def opportunity(self) -> Opportunity:
        """Give an open opportunity nobody applied for yet."""
        if "_opportunity" not in self.__dict__:
            self.__dict__["_opportunity"] = self.new_opportunity()
        return self.__dict__["_opportunity"]

    def new_opportunity(self, **fields: Any) -> Opportunity:
        """Make an open opportunity of this host."""
        return OpportunityFactory(
            organisation=self.organisation, contact=self.contact, created_by=self.host, **fields
        )

    @property
    def saved(self) -> Opportunity:
        """Give an opportunity that the applicant keeps."""
        opportunity = self.opportunity
        SavedOpportunity.objects.get_or_create(
            user=self.applicant, opportunity=opportunity, defaults={"note": self.word("saved")}
        )
        return opportunity

    @property
    def round(self) -> Round:
        """Give a round that takes choices, with a place of this host."""
        if "_round" not in self.__dict__:
            place = RoundPlaceFactory(opportunity=self.new_opportunity(), places=1)
            self.__dict__["_round"] = place.round
        return self.__dict__["_round"]

    @property
    def round_list(self) -> RoundList:
        """Give the applicant's list in it, which the line manager is asked about."""
        if "_list" not in self.__dict__:
            mine = listing(self.applicant, self.round.round_places.get())
            mine.manager, mine.support, mine.support_days = self.manager, ListSupport.ASKED, 90
            mine.support_asked_at = mine.saved_at
            mine.support_note = self.word("support_note")
            mine.save()
            self.__dict__["_list"] = mine
        return self.__dict__["_list"]

    @property
    def checked_round(self) -> Round:
        """Give a round whose results are being checked, with a trial run."""
        if "_checked" not in self.__dict__:
            place = RoundPlaceFactory(
                round=RoundFactory(status=RoundStatus.CHECKING), opportunity=self.new_opportunity()
            )
            supported(self.applicant, place)
            runs.try_run(place.round, by=scheme_team_member())
            self.__dict__["_checked"] = place.round
        return self.__dict__["_checked"]

    @property
    def results_round(self) -> Round:
        """Give a round that matched the applicant."""
        if "_results" not in self.__dict__:
            team = scheme_team_member()
            # after the placement that the applicant has already
            later = self.new_opportunity(starts_on=today() + dt.timedelta(days=400))
            place = RoundPlaceFactory(
                round=RoundFactory(status=RoundStatus.CHECKING), opportunity=later
            )
            supported(self.applicant, place)
            row = runs.publish(runs.try_run(place.round, by=team), by=team)
            self.__dict__["_results"] = row
        return self.__dict__["_results"]

    @property
    def planned_round(self) -> Round:
        """Give a round that nobody outside the scheme team sees yet."""
        if "_planned" not in self.__dict__:
            place = RoundPlaceFactory(
                round=RoundFactory(planned=True), opportunity=self.new_opportunity(), places=1
            )
            self.__dict__["_planned"] = place.round
        return self.__dict__["_planned"]

    @property
    def search(self) -> SavedSearch:
        """Give a search that the applicant keeps."""
        return SavedSearch.objects.get_or_create(
            user=self.applicant,
            query="type=shadowing",
            defaults={"name": self.word("search")},
        )[0]

    @property
    def skill(self) -> Skill:
        """Give a skill."""
        return Skill.objects.first() or SkillFactory()

    def application(self, status: str = S.CONFIRMED) -> Application:
        """Give the applicant's application in a state, made when first asked for."""
        if status not in self.applications:
            self.applications[status] = self._new_application(status)
        return self.applications[status]

    def _new_application(self, status: str) -> Application:
        words = {name: f"{self.word(name)} was written here." for name in WRITTEN}
        application = ApplicationFactory(
            applicant=self.applicant,
            opportunity=self.new_opportunity(),
            status=status,
            due_on=today(),
            **words,
        )
        for approval in application.approvals.all():
            approval.internal_note = self.word("internal_note")
            approval.save()
        return application

    @property
    def message(self) -> Any:
        """Give a letter to the applicant."""
        application = self.application()
        return queue_email(
            "placements/emails/withdrawn",
            to=self.applicant,
            application=application,
        )


WRITTEN = (
    "why",
    "bring_back",
    "adjustments",
    "business_case",
    "changes_wanted",
    "host_note",
    "not_selected_note",
    "department_question",
    "department_answer",
)


@dataclass
class World:
    """The tenant whose things are asked for, the other one, and who runs the scheme."""

    mine: Tenant
    other: Tenant
    scheme: User

    def person(self, who: str) -> User | None:
        """Find one of the people of the table."""
        if who == "nobody":
            return None
        if who == "scheme":
            return self.scheme
        if who == "stranger":
            return self.other.applicant
        if who.startswith("other_"):
            return getattr(self.other, who.removeprefix("other_"))
        return getattr(self.mine, who)


def make_world() -> World:
    """Make both tenants; the marks are words that stand nowhere else.

    They are long enough to stand in no random token by chance.
    """
    return World(Tenant("Zaqwilleby"), Tenant("Vuxmorrend"), scheme_team_member())
