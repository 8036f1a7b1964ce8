"""The service's access rules: one row for each URL name, what GET and an empty POST answer.

Invisible is 404, visible but not theirs is 403; nobody is led to sign in (302), except on public
pages. None stands where the method is 405 for everybody who gets so far. HEAD answers as GET.
Whoever changes a row changes a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from home.views.content import PAGES
from placements.choices import ApplicationStatus as S
from tests.world import PEOPLE, Tenant

Args = Callable[[Tenant], list[Any]]
Statuses = dict[str, int]


@dataclass(frozen=True)
class Row:
    """What one URL answers, and to which thing it is asked."""

    get: Statuses | None
    post: Statuses | None = None
    args: Args = lambda _tenant: []
    query: Callable[[Tenant], str] = lambda _tenant: ""


def answers(others: int, **people: int) -> Statuses:
    """Say what some people get, and what all others get."""
    assert set(people) <= set(PEOPLE), people
    return {who: people.get(who, others) for who in PEOPLE}


def signed_in(status: int = 200, **people: int) -> Statuses:
    """Answer everybody who is signed in; lead nobody to the sign-in page."""
    return answers(status, **{"nobody": 302, **people})


def hidden(**people: int) -> Statuses:
    """Answer some people; for all others it does not exist."""
    return signed_in(404, **people)


def concerned(**people: int) -> Statuses:
    """Answer some of those who may see an application; the others may not do this."""
    seen = dict.fromkeys(("applicant", "manager", "host", "admin", "scheme"), 403)
    return hidden(**{**seen, **people})


def in_a_department(status: int) -> Statuses:
    """Answer people who work in a department; hosts and the scheme team may not."""
    return signed_in(status, host=403, other_host=403, scheme=403)


def undecided(**people: int) -> Statuses:
    """The same before the applicant accepted an offer: the department does not know of it yet."""
    return concerned(**{"admin": 404, **people})


# Things of the first tenant, by what stands in their address


def application(status: str, *more: str) -> Args:
    """Name the applicant's application that has come so far."""
    return lambda tenant: [tenant.application(status).reference, *more]


def host(tenant: Tenant) -> list[Any]:
    """Name the host."""
    return [tenant.organisation.slug]


def offered(tenant: Tenant) -> list[Any]:
    """Name one of the host's opportunities."""
    return [tenant.organisation.slug, tenant.opportunity.reference]


def chosen_from(status: str) -> Args:
    """Name the opportunity of an application, by its host."""
    return lambda tenant: [
        tenant.organisation.slug,
        tenant.application(status).opportunity.reference,
    ]


def applicant(status: str) -> Args:
    """Name one applicant of the host."""
    return lambda tenant: [*chosen_from(status)(tenant), tenant.application(status).reference]


def link(tenant: Tenant) -> list[Any]:
    """Name the link that was e-mailed to the line manager."""
    return [tenant.application(S.WITH_MANAGER).manager_requests.get().token]


def placement(tenant: Tenant) -> list[Any]:
    """Name the placement."""
    return [tenant.application(S.CONFIRMED).placement.reference]


def the_opportunity(tenant: Tenant) -> list[Any]:
    """Name an opportunity alone."""
    return [tenant.opportunity.reference]


def its_page(tenant: Tenant) -> list[Any]:
    """Name an opportunity with the readable end of its address."""
    return [tenant.opportunity.reference, tenant.opportunity.slug]


def saved(tenant: Tenant) -> list[Any]:
    """Name an opportunity the applicant keeps."""
    return [tenant.saved.reference]


def search(tenant: Tenant) -> list[Any]:
    """Name a search the applicant keeps."""
    return [tenant.search.reference]


def skill(tenant: Tenant) -> list[Any]:
    """Name a skill."""
    return [tenant.skill.slug]


def department(tenant: Tenant) -> list[Any]:
    """Name the department."""
    return [tenant.department.slug]


def of_kind(*more: Any) -> Args:
    """Name the department's ladder for placements."""
    return lambda tenant: [tenant.department.slug, "placement", *more]


def to_approve(status: str) -> Args:
    """Name a request to the department."""
    return lambda tenant: [tenant.department.slug, tenant.application(status).reference]


def apply_for(tenant: Tenant) -> str:
    """Ask for the opportunity in the query."""
    return f"?opportunity={tenant.opportunity.reference}"


def the_round(*more: Any) -> Args:
    """Name a round that takes choices."""
    return lambda tenant: [tenant.round.slug, *more]


def in_the_round(tenant: Tenant) -> list[Any]:
    """Name an opportunity that takes part in it."""
    return [tenant.round.slug, tenant.round.round_places.get().opportunity.reference]


def the_list(tenant: Tenant) -> list[Any]:
    """Name the applicant's list in a round."""
    return [tenant.round_list.reference]


def ranked(tenant: Tenant) -> list[Any]:
    """Name a place that the applicant listed, by its host."""
    tenant.round_list  # noqa: B018 - made when first asked for
    return [tenant.organisation.slug, *in_the_round(tenant)]


def the_checked_round(*more: Any) -> Args:
    """Name a round whose results are being checked."""
    return lambda tenant: [tenant.checked_round.slug, *more]


def the_results(tenant: Tenant) -> list[Any]:
    """Name the round that matched the applicant."""
    return [tenant.results_round.slug]


def the_planned_round(*more: Any) -> Args:
    """Name a round that only the scheme team sees."""
    return lambda tenant: [tenant.planned_round.slug, *more]


def in_the_planned_round(tenant: Tenant) -> list[Any]:
    """Name an opportunity that takes part in it."""
    place = tenant.planned_round.round_places.get()
    return [tenant.planned_round.slug, place.opportunity.reference]


PUBLIC = Row(answers(200))
HOME = Row(signed_in())
SCHEME = Row(signed_in(403, scheme=200))
STAGE = Row(answers(302), answers(302))  # a page of signing in that nobody has begun

AREAS: dict[str, dict[str, Row]] = {
    "about": {
        # about the service
        "start": PUBLIC,
        "health": PUBLIC,
        "gallery": PUBLIC,
        **dict.fromkeys(PAGES, PUBLIC),
        # the demo: present only with DEMO=1
        "demo-personas": PUBLIC,
        "demo-sign-in": Row(None, answers(404)),
        "demo-mail-list": PUBLIC,
        "demo-mail-detail": Row(answers(200), args=lambda tenant: [tenant.message.uid]),
    },
    "account": {
        # signing in and out
        "sign-in": Row(signed_in(302, nobody=200), signed_in(302, nobody=200)),
        "account_login": Row(signed_in(302, nobody=200), signed_in(302, nobody=200)),
        "account_request_login_code": Row(signed_in(302, nobody=200), signed_in(302, nobody=200)),
        "sign-in-check-your-email": STAGE,
        "account_confirm_login_code": STAGE,
        "sign-in-send-again": Row(None, answers(302)),
        "sign-in-not-recognised": PUBLIC,
        "account-closed": Row(answers(403)),
        "mfa_authenticate": STAGE,
        "openid_connect_login": Row(None, answers(404), lambda _tenant: ["nobody-we-know"]),
        "openid_connect_callback": Row(answers(404), args=lambda _tenant: ["nobody-we-know"]),
        "sign-out": Row(answers(200), answers(302)),
        # the account: everybody their own
        "account": HOME,
        "account-session-end": Row(None, signed_in(404)),
        "account-sessions-end": Row(None, signed_in(302)),
        "second-factor-required": HOME,
        "mfa_index": HOME,
        "mfa_reauthenticate": Row(signed_in(403), signed_in(403)),
        "mfa_activate_totp": Row(signed_in(), signed_in()),
        "mfa_deactivate_totp": Row(signed_in(404), signed_in(404)),
        "mfa_view_recovery_codes": Row(signed_in(404)),
        "mfa_generate_recovery_codes": Row(signed_in(), signed_in()),
        "mfa_list_webauthn": HOME,
        "mfa_add_webauthn": Row(signed_in(), signed_in()),
        "mfa_reauthenticate_webauthn": Row(signed_in(403), signed_in(403)),
        "mfa_remove_webauthn": Row(signed_in(404), signed_in(404), lambda _tenant: [1]),
        # the profile: only for people of a department, and only their own
        "home": HOME,
        "profile": Row(in_a_department(200)),
        "profile-edit": Row(in_a_department(200), in_a_department(200), lambda _tenant: ["name"]),
        "profile-check": Row(in_a_department(302), in_a_department(302)),
        "notification-list": HOME,
        "notification-detail": Row(
            hidden(applicant=200), args=lambda tenant: [tenant.message.uid]
        ),
    },
    "find": {
        # opportunities, hosts and skills: for everybody
        "opportunity-list": PUBLIC,
        "opportunity-feed": PUBLIC,
        "opportunity-compare": PUBLIC,
        "opportunity-short": Row(answers(302), args=the_opportunity),
        "opportunity-detail": Row(answers(200), args=its_page),
        "opportunity-dates": Row(answers(200), args=the_opportunity),
        "opportunity-save": Row(signed_in(302), signed_in(302), the_opportunity),
        "organisation-list": PUBLIC,
        "organisation-detail": Row(answers(200), args=host),
        "skill-list": PUBLIC,
        "skill-detail": Row(answers(200), args=skill),
        "skill-interest": Row(signed_in(302), signed_in(302), skill),
        "skill-interest-undo": Row(None, signed_in(302), skill),
        # what a person keeps: theirs alone
        "saved-list": HOME,
        "saved-note": Row(hidden(applicant=200), hidden(applicant=200), saved),
        "saved-remove": Row(None, hidden(applicant=302), saved),
        "saved-undo": Row(None, signed_in(302), saved),
        # rounds, as everybody sees them
        "round-list": PUBLIC,
        "round-detail": Row(answers(200), args=the_round()),
        "round-dates": Row(answers(200), args=the_round()),
        "round-places": Row(answers(200), args=the_round()),
        # a list of choices: for people of a department, each their own
        "round-choices": Row(in_a_department(200), args=the_round()),
        "round-choice-add": Row(in_a_department(200), in_a_department(302), in_the_round),
        "round-choice-move": Row(None, in_a_department(200), in_the_round),
        "round-choice-remove": Row(None, in_a_department(302), in_the_round),
        "round-result": Row(hidden(applicant=200), args=the_results),
        "round-reply": Row(hidden(applicant=200), hidden(applicant=200), the_results),
        "round-support": Row(in_a_department(200), in_a_department(200), the_round()),
        "list-support": Row(hidden(manager=200), hidden(manager=200), the_list),
        # recommendations: for people who have a profile to compare with
        "recommended": Row(in_a_department(200)),
        "recommended-settings": Row(in_a_department(200), in_a_department(200)),
        "recommended-emails": Row(in_a_department(200), in_a_department(200)),
        # searches that a person keeps: theirs alone
        "saved-search-list": Row(in_a_department(200)),
        "saved-search-new": Row(in_a_department(200), in_a_department(200)),
        "saved-search-undo": Row(None, in_a_department(302)),
        "saved-search-remove": Row(None, hidden(applicant=302), search),
        "recommended-why": Row(in_a_department(200), args=the_opportunity),
    },
    "host": {
        # the host's workspace: its members only
        "organisation-workspace": Row(hidden(host=200), args=host),
        "organisation-opportunities": Row(hidden(host=200), args=host),
        "opportunity-pause": Row(hidden(host=200), hidden(host=302), offered),
        "opportunity-reopen": Row(hidden(host=200), hidden(host=302), offered),
        "host-rounds": Row(hidden(host=200), args=host),
        "round-ranking": Row(hidden(host=200), hidden(host=200), ranked),
        "organisation-applicants": Row(hidden(host=200), args=chosen_from(S.SENT)),
        "applicant-compare": Row(hidden(host=200), args=chosen_from(S.SENT)),
        "applicant-detail": Row(hidden(host=200), args=applicant(S.SENT)),
        "applicant-review": Row(None, hidden(host=302), applicant(S.SENT)),
        "applicant-move": Row(None, hidden(host=200), applicant(S.SENT)),
        "applicant-note": Row(None, hidden(host=302), applicant(S.SENT)),
        "applicant-cancel": Row(hidden(host=200), hidden(host=200), applicant(S.APPROVED)),
        "decisions": Row(hidden(host=200), hidden(host=200), chosen_from(S.SENT)),
        "decisions-offers": Row(hidden(host=302), hidden(host=302), chosen_from(S.SENT)),
        "decisions-reasons": Row(hidden(host=302), hidden(host=302), chosen_from(S.SENT)),
        "decisions-check": Row(hidden(host=302), hidden(host=302), chosen_from(S.SENT)),
        "decisions-done": Row(hidden(host=302), args=chosen_from(S.SENT)),
    },
    "application": {
        # applications: seen by all concerned, changed by the applicant
        "application-list": HOME,
        "application-new": Row(signed_in(), signed_in(), query=apply_for),
        "application-detail": Row(
            concerned(applicant=200, manager=200, host=200, admin=200, scheme=200),
            args=application(S.CONFIRMED),
        ),
        "application-history": Row(
            concerned(applicant=200, manager=200, host=200, admin=200, scheme=200),
            args=application(S.CONFIRMED),
        ),
        "application-tasks": Row(hidden(applicant=200), args=application(S.DRAFT)),
        "application-edit": Row(
            hidden(applicant=200), hidden(applicant=200), application(S.DRAFT, "why")
        ),
        "application-check": Row(
            hidden(applicant=200), hidden(applicant=200), application(S.DRAFT)
        ),
        "application-done": Row(undecided(applicant=200), args=application(S.SENT)),
        "application-withdraw": Row(
            undecided(applicant=200), undecided(applicant=200), application(S.SENT)
        ),
        "application-withdraw-check": Row(
            undecided(applicant=302), undecided(applicant=302), application(S.SENT)
        ),
        "application-manager": Row(
            hidden(applicant=200, manager=403, admin=200, scheme=403),
            hidden(applicant=200, manager=403, admin=200, scheme=403),
            application(S.MANAGER_SILENT),
        ),
        "application-offer": Row(
            undecided(applicant=200), undecided(applicant=200), application(S.OFFERED)
        ),
        "application-offer-accept": Row(
            undecided(applicant=200), undecided(applicant=302), application(S.OFFERED)
        ),
        "application-offer-decline": Row(
            undecided(applicant=200), undecided(applicant=200), application(S.OFFERED)
        ),
        "application-answer": Row(
            concerned(applicant=200), concerned(applicant=200), application(S.DEPT_INFO)
        ),
        "application-conditions": Row(
            concerned(applicant=200), concerned(applicant=200), application(S.APPROVED_CONDITIONS)
        ),
        "application-dates": Row(
            concerned(applicant=200, manager=200, host=200, admin=200, scheme=200),
            args=application(S.CONFIRMED),
        ),
        # placements: all concerned
        "placement-detail": Row(
            concerned(applicant=200, manager=200, host=200, admin=200, scheme=200), args=placement
        ),
        "placement-dates": Row(
            concerned(applicant=200, manager=200, host=200, admin=200, scheme=200), args=placement
        ),
    },
    "manager": {
        # the line manager by the link: whoever holds it
        "manager-decision": Row(answers(200), args=link),
        "manager-decision-decision": Row(answers(200), answers(200), link),
        "manager-decision-cover": Row(answers(200), answers(200), link),
        "manager-decision-changes": Row(answers(200), answers(200), link),
        "manager-decision-question": Row(answers(200), answers(200), link),
        "manager-decision-reasons": Row(answers(200), answers(200), link),
        "manager-decision-not-manager": Row(answers(200), answers(200), link),
        "manager-decision-change": Row(answers(302), answers(302), link),
        "manager-decision-code": Row(answers(302), answers(302), link),
        "manager-decision-check": Row(answers(302), answers(302), link),
        "manager-decision-done": Row(answers(302), args=link),
        "manager-decision-expired": Row(answers(302), answers(302), link),
        # the line manager signed in: the one who was asked
        "manager-overview": HOME,
        **{
            f"manager-request{page}": Row(
                hidden(manager=status), hidden(manager=status), application(S.WITH_MANAGER)
            )
            for page, status in {
                "-decision": 200,
                "-cover": 200,
                "-changes": 200,
                "-question": 200,
                "-reasons": 200,
                "-not-manager": 200,
                "-change": 302,
                "-code": 302,
                "-check": 302,
                "-expired": 302,
            }.items()
        },
        "manager-request": Row(hidden(manager=200), args=application(S.WITH_MANAGER)),
        "manager-request-done": Row(hidden(manager=302), args=application(S.WITH_MANAGER)),
    },
    "department": {
        # a department's workspace: its admins only
        "department-overview": Row(hidden(admin=200), args=department),
        "department-placements": Row(hidden(admin=200), args=department),
        "department-absence": Row(hidden(admin=200), args=department),
        "department-policy": Row(hidden(admin=200), args=department),
        "policy-add": Row(hidden(admin=200), hidden(admin=200), of_kind()),
        "policy-default": Row(hidden(admin=200), hidden(admin=302), of_kind()),
        "policy-rung": Row(hidden(admin=404), hidden(admin=404), of_kind(5)),
        "policy-remove": Row(hidden(admin=404), hidden(admin=404), of_kind(5)),
        "approval-list": Row(hidden(admin=200), args=department),
        "approvals-waiting": Row(hidden(admin=200), args=department),
        "approvals-decided": Row(hidden(admin=200), args=department),
        "approval-detail": Row(hidden(admin=200), args=to_approve(S.WITH_DEPARTMENT)),
        "approval-assign": Row(None, hidden(admin=200), to_approve(S.WITH_DEPARTMENT)),
        "approval-note": Row(None, hidden(admin=302), to_approve(S.WITH_DEPARTMENT)),
        "approval-decision": Row(
            hidden(admin=200), hidden(admin=200), to_approve(S.WITH_DEPARTMENT)
        ),
        "approval-decision-details": Row(
            hidden(admin=302), hidden(admin=302), to_approve(S.WITH_DEPARTMENT)
        ),
        "approval-check": Row(hidden(admin=302), hidden(admin=302), to_approve(S.WITH_DEPARTMENT)),
        "approval-done": Row(hidden(admin=404), args=to_approve(S.WITH_DEPARTMENT)),
    },
    "scheme": {
        # the scheme team's pages: known to all, open to the team
        "health-deep": Row(answers(403, scheme=503)),
        "scheme-overview": SCHEME,
        "scheme-messages": SCHEME,
        "scheme-message-retry": Row(
            SCHEME.get, signed_in(403, scheme=302), lambda tenant: [tenant.message.uid]
        ),
        "scheme-activity": SCHEME,
        "scheme-jobs": SCHEME,
        "scheme-rematch": Row(SCHEME.get, signed_in(403, scheme=302)),
        "scheme-rounds": SCHEME,
        "scheme-round-new": Row(SCHEME.get, SCHEME.get),
        "scheme-round": Row(SCHEME.get, args=the_round()),
        "scheme-round-edit": Row(SCHEME.get, SCHEME.get, the_planned_round()),
        "scheme-round-step": Row(
            SCHEME.get, signed_in(403, scheme=302), the_planned_round("open")
        ),
        "scheme-preflight": Row(SCHEME.get, args=the_checked_round()),
        "scheme-runs": Row(SCHEME.get, SCHEME.get, the_checked_round()),
        "scheme-run": Row(SCHEME.get, args=the_checked_round(1)),
        "run-certificate": Row(SCHEME.get, args=the_checked_round(1)),
        "scheme-publish": Row(SCHEME.get, signed_in(403, scheme=302), the_checked_round(1)),
        "scheme-pairs": Row(SCHEME.get, SCHEME.get, the_checked_round()),
        "scheme-pair-remove": Row(
            None, signed_in(403, scheme=404), the_checked_round("RL-00000000", "OP-00000000")
        ),
        "scheme-round-places": Row(SCHEME.get, args=the_round()),
        "scheme-round-add": Row(None, signed_in(403, scheme=302), the_round()),
        "scheme-round-place": Row(SCHEME.get, SCHEME.get, in_the_planned_round),
        "scheme-round-take-out": Row(SCHEME.get, signed_in(403, scheme=302), in_the_planned_round),
        "scheme-departments": SCHEME,
        "scheme-department": Row(SCHEME.get, SCHEME.get, department),
        "scheme-admin-end": Row(SCHEME.get, SCHEME.get, department),
        "scheme-skills": SCHEME,
        "scheme-skill": Row(SCHEME.get, SCHEME.get, skill),
        "scheme-synonym-remove": Row(None, signed_in(403, scheme=302), skill),
        "scheme-skill-retire": Row(SCHEME.get, signed_in(403, scheme=302), skill),
        "scheme-skill-restore": Row(None, signed_in(403, scheme=302), skill),
    },
}
ROWS = {name: row for area in AREAS.values() for name, row in area.items()}
