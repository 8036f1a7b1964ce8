"""Makes the rows of each story: the application, what others decided, the history, the letters."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from audit.models import Event
from core.calendar import add_working_days, today
from home.demo import catalogue
from home.demo.applying import write_bring_back, write_why
from home.demo.offering import reference
from home.demo.stories import Story, path_of
from people.choices import DepartmentStep, ManagerStep
from people.models import ApprovalRule, RoleGrant, User
from placements.choices import (
    WITH_THE_HOST,
    ApplicationStatus,
    ApprovalDecision,
    ApprovalStage,
    Cover,
    DeclineReason,
    ManagerDecision,
    NoSupportReason,
    NotApprovedReason,
    NotSelectedReason,
    PlacementStatus,
    WithdrawReason,
)
from placements.lifecycle import APPLICATION
from placements.models import Application, Approval, ManagerRequest, Offer, Placement
from placements.sections import SECTIONS
from placements.wording import APPLICATION_WORDING

S = ApplicationStatus
DAYS_BETWEEN_STEPS = (2, 6)
LATE_BY = 9
MANAGER_ANSWERS = {
    "support": ManagerDecision.YES,
    "ask_changes": ManagerDecision.CHANGES,
    "not_support": ManagerDecision.NO,
}


@dataclass
class Rows:
    """Everything to insert, table by table."""

    applications: list[Application] = field(default_factory=list)
    requests: list[ManagerRequest] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    history: list[tuple[Application, Event]] = field(default_factory=list)

    def save(self) -> None:
        """Insert the rows, those that others point at first."""
        Application.objects.bulk_create(self.applications)
        ManagerRequest.objects.bulk_create(self.requests)
        Offer.objects.bulk_create(self.offers)
        Approval.objects.bulk_create(self.approvals)
        Placement.objects.bulk_create(self.placements)
        for application, event in self.history:
            event.subject_id = str(application.pk)
        Event.objects.bulk_create(event for _application, event in self.history)


class Teller:
    """Turns stories into rows."""

    def __init__(self, random: Random) -> None:
        """Read what every story needs once."""
        self.random = random
        self.rows = Rows()
        self.system = User.objects.system()
        self.texts = catalogue.answers()
        self.hosts = {each.slug: each.name for each in catalogue.organisations()}
        self.admins: dict[int, list[User]] = {}
        for grant in RoleGrant.objects.live().of_department_admins():
            self.admins.setdefault(grant.department_id or 0, []).append(grant.user)

    def tell(self, story: Story) -> None:
        """Make one application with everything that happened to it."""
        application = self._draft(story)
        steps = path_of(
            story.status,
            manager_decides=application.manager_decides,
            department_decides=application.department_decides,
        )
        times = self._times(len(steps), is_late=story.is_late)
        application.created_at = times[0] - dt.timedelta(days=3) if times else timezone.now()
        for step, at in zip(steps, times, strict=True):
            self._take(application, step, at)
        if steps:
            application.status_since = times[-1]
            application.due_on = self._due_on(application)
        self.rows.applications.append(application)

    def _draft(self, story: Story) -> Application:
        """Write the answers; a draft that is still one has only some."""
        user, opportunity = story.applicant, story.opportunity
        row = catalogue.opportunities()[story.number]
        rung = ApprovalRule.objects.for_case(
            user.department_id, opportunity.type, opportunity.working_days
        )
        host = self.hosts[row.organisation]
        is_draft = story.status == S.DRAFT
        return Application(
            reference=reference("AP", self.random),
            opportunity=opportunity,
            applicant=user,
            department=user.department,
            manager=user.profile.line_manager,
            manager_decides=rung.manager == ManagerStep.SUPPORTS,
            department_decides=rung.department_step == DepartmentStep.APPROVES,
            second_check_over=rung.second_check_over,
            why=write_why(row, host, self.random),
            bring_back="" if is_draft else write_bring_back(row, host, self.random),
            starts_on=None if is_draft else opportunity.starts_on,
            ends_on=None if is_draft else opportunity.ends_on,
            business_case="" if is_draft else self._business_case(user),
            finished_sections=["details", "why"] if is_draft else list(SECTIONS),
        )

    def _business_case(self, user: User) -> str:
        """Write the case from the person's own plan."""
        return f"{user.profile.development_plan} {self.random.choice(self.texts.cover)}"

    def _times(self, count: int, *, is_late: bool) -> list[dt.datetime]:
        """Place the steps on the calendar, the last one lately or too long ago."""
        age = LATE_BY if is_late else self.random.randint(0, 2)
        at = timezone.now() - dt.timedelta(days=age, minutes=self.random.randint(5, 600))
        times = []
        for _step in range(count):
            times.append(at)
            at -= dt.timedelta(days=self.random.randint(*DAYS_BETWEEN_STEPS), minutes=37)
        return times[::-1]

    def _due_on(self, application: Application) -> dt.date | None:
        """Tell until when somebody should act, counted from the last step."""
        if application.status in WITH_THE_HOST:
            return application.opportunity.choosing_on
        days = APPLICATION_WORDING[application.status].days
        since = application.status_since.date()
        return None if days is None else add_working_days(since, days)

    def _take(self, application: Application, step: str, at: dt.datetime) -> None:
        """Take one step of the table at a time in the past."""
        row = APPLICATION.steps[step]
        if application.status not in row.sources:
            raise ValueError(f"{step} does not start from {application.status}")
        actor = self._actor(application, row.rule.__name__)
        before, application.status = application.status, row.target
        consequence = getattr(self, f"_after_{step}", None)
        if consequence is not None:
            consequence(application, actor, at)
        event = Event(
            at=at,
            actor=actor,
            action=step,
            subject_type="placements.application",
            detail={"before": before, "after": row.target},
        )
        self.rows.history.append((application, event))

    def _actor(self, application: Application, rule: str) -> User:
        """Find somebody whom the step's rule allows."""
        if rule == "is_asked_manager" and application.manager is not None:
            return application.manager
        if rule == "is_host":
            return application.opportunity.contact
        if rule == "is_system":
            return self.system
        if rule == "is_department_approver":
            involved = {application.applicant_id, application.manager_id}
            admins = self.admins[application.department_id]
            return next(admin for admin in admins if admin.pk not in involved)
        return application.applicant

    def _after_ask_manager(self, application: Application, _by: User, at: dt.datetime) -> None:
        self.rows.requests.append(
            ManagerRequest(
                application=application,
                applicant=application.applicant,
                manager=application.manager,
                asked_at=at,
                expires_at=at + dt.timedelta(days=60),
            )
        )

    def _answer(self, by: User, at: dt.datetime, decision: str) -> ManagerRequest:
        """Close the newest request with an answer."""
        request = self.rows.requests[-1]
        request.decision, request.decided_by = decision, by
        request.decided_at = request.closed_at = at
        return request

    def _after_support(self, application: Application, by: User, at: dt.datetime) -> None:
        request = self._answer(by, at, ManagerDecision.YES)
        request.cover = self.random.choice(Cover.values)
        application.sent_at = at

    def _after_send(self, application: Application, _by: User, at: dt.datetime) -> None:
        application.sent_at = at

    def _after_ask_changes(self, application: Application, by: User, at: dt.datetime) -> None:
        request = self._answer(by, at, ManagerDecision.CHANGES)
        request.words = application.changes_wanted = self.random.choice(self.texts.manager_notes)

    def _after_not_support(self, _application: Application, by: User, at: dt.datetime) -> None:
        request = self._answer(by, at, ManagerDecision.NO)
        request.reasons = [NoSupportReason.TIMING]
        request.possible_later = self.random.choice(self.texts.manager_notes)

    def _after_not_select(self, application: Application, _by: User, _at: dt.datetime) -> None:
        application.not_selected_reasons = [NotSelectedReason.PLACES]
        application.not_selected_note = self.random.choice(self.texts.not_selected)

    def _after_offer(self, application: Application, by: User, at: dt.datetime) -> None:
        self.rows.offers.append(
            Offer(
                application=application,
                starts_on=application.opportunity.starts_on,
                ends_on=application.opportunity.ends_on,
                hours_a_week=application.opportunity.hours_a_week,
                made_by=by,
                made_at=at,
                reply_by=max(add_working_days(at.date(), 5), add_working_days(today(), 2)),
            )
        )

    def _reply(self, at: dt.datetime, *, is_accepted: bool) -> None:
        offer = self.rows.offers[-1]
        offer.replied_at, offer.is_accepted = at, is_accepted

    def _after_accept(self, application: Application, _by: User, at: dt.datetime) -> None:
        self._reply(at, is_accepted=True)
        if application.department_decides:
            self._ask_department(application, ApprovalStage.DEPARTMENT)

    def _after_decline(self, application: Application, _by: User, at: dt.datetime) -> None:
        self._reply(at, is_accepted=False)
        application.decline_reason = DeclineReason.OTHER_OFFER

    def _after_withdraw(self, application: Application, _by: User, _at: dt.datetime) -> None:
        application.withdraw_reasons = [WithdrawReason.TIMING]

    def _after_cancel_place(self, application: Application, _by: User, _at: dt.datetime) -> None:
        application.cancel_note = "The laboratory moves in that month, and nobody can supervise."

    def _ask_department(self, application: Application, stage: ApprovalStage) -> None:
        self.rows.approvals.append(
            Approval(application=application, applicant=application.applicant, stage=stage)
        )

    def _decide(self, by: User, at: dt.datetime, decision: ApprovalDecision) -> Approval:
        approval = self.rows.approvals[-1]
        approval.decision, approval.decided_by, approval.decided_at = decision, by, at
        return approval

    def _after_approve(self, _application: Application, by: User, at: dt.datetime) -> None:
        self._decide(by, at, ApprovalDecision.APPROVE)

    def _after_pass_first_check(self, application: Application, by: User, at: dt.datetime) -> None:
        self._decide(by, at, ApprovalDecision.APPROVE)
        self._ask_department(application, ApprovalStage.SECOND_CHECK)

    def _after_approve_with_conditions(
        self, _application: Application, by: User, at: dt.datetime
    ) -> None:
        approval = self._decide(by, at, ApprovalDecision.CONDITIONS)
        approval.conditions = "Stay reachable for your team one morning a week."

    def _after_not_approve(self, _application: Application, by: User, at: dt.datetime) -> None:
        approval = self._decide(by, at, ApprovalDecision.NOT_APPROVE)
        approval.reasons = [NotApprovedReason.ABSENCE]
        approval.reason_words = (
            "Three of your team are away in those months. Ask again for spring."
        )

    def _after_ask_information(
        self, application: Application, _by: User, _at: dt.datetime
    ) -> None:
        application.department_question = self.random.choice(self.texts.questions)

    def _after_confirm(self, application: Application, _by: User, at: dt.datetime) -> None:
        starts_on, ends_on = application.opportunity.starts_on, application.opportunity.ends_on
        status = (
            PlacementStatus.UNDER_WAY if starts_on <= today() else PlacementStatus.STARTING_SOON
        )
        self.rows.placements.append(
            Placement(
                reference=reference("PL", self.random),
                application=application,
                person=application.applicant,
                status=PlacementStatus.COMPLETED if ends_on < today() else status,
                starts_on=starts_on,
                ends_on=ends_on,
                is_exclusive=application.opportunity.is_exclusive,
                confirmed_at=at,
            )
        )
