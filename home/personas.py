"""Who a visitor of the demo can be: people of its database, chosen by what they can do now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from experts.models import Membership
from matching.models import Result, RoundList
from people.models import RoleGrant, User
from placements.choices import WITH_THE_HOST, ApplicationStatus
from placements.models import Application, ManagerRequest

S = ApplicationStatus
STORIES: tuple[tuple[str, str | Promise], ...] = (
    (S.DRAFT, gettext_lazy("has started an application")),
    (S.MANAGER_CHANGES, gettext_lazy("is asked by the line manager to change something")),
    (S.WITH_MANAGER, gettext_lazy("waits for the line manager")),
    (S.OFFERED, gettext_lazy("has an offer to answer")),
    (S.DEPT_INFO, gettext_lazy("is asked something by the department")),
    (S.WITH_DEPARTMENT, gettext_lazy("waits for the department")),
    (S.CONFIRMED, gettext_lazy("has a confirmed placement")),
)


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as, and what they can show."""

    user: User
    story: str | Promise


@dataclass(frozen=True)
class Group:
    """The personas of one role."""

    title: str | Promise
    personas: list[Persona]


def groups() -> list[Group]:
    """List the personas, role by role; nobody stands twice."""
    seen: set[int] = set()
    return [
        Group(_("Civil servants"), list(_once(_civil_servants(), seen))),
        Group(_("Line managers"), list(_once(_managers(), seen))),
        Group(_("Partner organisations"), list(_once(_hosts(), seen))),
        Group(_("Department admins"), list(_once(_admins(), seen))),
        Group(_("Scheme team"), list(_once(_scheme_team(), seen))),
    ]


def _once(personas: Iterable[Persona], seen: set[int]) -> Iterable[Persona]:
    """Leave out who was listed before."""
    for persona in personas:
        if persona.user.pk not in seen:
            seen.add(persona.user.pk)
            yield persona


def _civil_servants() -> Iterable[Persona]:
    """Find somebody new, and one person for each story."""
    newcomer = User.objects.typical_newcomers().first() or User.objects.newcomers().first()
    if newcomer is not None:
        yield Persona(newcomer, _("is new: finds, is recommended and applies for the first time"))
    for status, story in STORIES:
        row = Application.objects.in_states([status]).with_people().first()
        if row is not None:
            yield Persona(row.applicant, story)
    listed = RoundList.objects.with_choices().in_open_rounds().first()
    if listed is not None:
        yield Persona(listed.person, _("lists places in a matching round"))
    result = Result.objects.with_details().to_reply().first()
    if result is not None:
        yield Persona(result.list.person, _("has a result of a matching round to reply to"))


def _managers() -> Iterable[Persona]:
    """Find managers with a question to answer."""
    for row in ManagerRequest.objects.open().with_application()[:3]:
        name = row.application.applicant.display_name
        yield Persona(row.manager, _("is asked to support %(name)s") % {"name": name})


def _hosts() -> Iterable[Persona]:
    """Find owners of the organisations with most applicants to choose from."""
    for organisation_id, count in Application.objects.in_states(WITH_THE_HOST).by_organisation()[
        :4
    ]:
        membership = Membership.objects.live().owners().of_organisation(organisation_id).first()
        if membership is not None:
            yield Persona(
                membership.user,
                ngettext(
                    "%(organisation)s: %(count)d applicant to review",
                    "%(organisation)s: %(count)d applicants to review",
                    count,
                )
                % {"organisation": membership.organisation.name, "count": count},
            )


def _admins() -> Iterable[Persona]:
    """Find admins of departments."""
    for grant in RoleGrant.objects.live().of_department_admins()[:6]:
        yield Persona(grant.user, grant.department.name if grant.department else "")


def _scheme_team() -> Iterable[Persona]:
    """Find the scheme team."""
    for grant in RoleGrant.objects.live().of_scheme_team()[:2]:
        yield Persona(grant.user, _("runs the scheme"))
