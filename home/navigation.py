"""The navigation of each role: where somebody is decides which links they see."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from experts.models import Organisation
from people.models import Department, User


@dataclass(frozen=True)
class Link:
    """One place to go, and whether the page is there."""

    label: str | Promise
    href: str
    current: bool = False


ANYBODY: tuple[tuple[str | Promise, str], ...] = (
    (_("Find"), "opportunity-list"),
    (_("Organisations"), "organisation-list"),
    (_("Skills"), "skill-list"),
    (_("Rounds"), "round-list"),
    (_("How it works"), "how-it-works"),
)
PERSON: tuple[tuple[str | Promise, str], ...] = (
    (_("Home"), "home"),
    (_("Find"), "opportunity-list"),
    (_("Recommended"), "recommended"),
    (_("Applications"), "application-list"),
    (_("Messages"), "notification-list"),
    (_("Profile"), "profile"),
)
OUTSIDER: tuple[tuple[str | Promise, str], ...] = (
    (_("Home"), "home"),
    (_("Requests"), "manager-overview"),
    (_("Find"), "opportunity-list"),
    (_("Messages"), "notification-list"),
)
DEPARTMENT: tuple[tuple[str | Promise, str], ...] = (
    (_("Overview"), "department-overview"),
    (_("Approvals"), "approval-list"),
    (_("Placements"), "department-placements"),
    (_("Absence"), "department-absence"),
    (_("Policy"), "department-policy"),
)
ORGANISATION: tuple[tuple[str | Promise, str], ...] = (
    (_("Overview"), "organisation-workspace"),
    (_("Opportunities"), "organisation-opportunities"),
    (_("Rounds"), "host-rounds"),
)
SCHEME: tuple[tuple[str | Promise, str], ...] = (
    (_("Overview"), "scheme-overview"),
    (_("Departments"), "scheme-departments"),
    (_("Skills"), "scheme-skills"),
    (_("Messages not sent"), "scheme-messages"),
    (_("Rounds"), "scheme-rounds"),
    (_("Activity"), "scheme-activity"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every page the links of the workspace it is in, and the workspaces to change to."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": links(ANYBODY, request.path), "workspaces": []}
    places = workspaces(user, request.path)
    here = next((each.href for each in places if each.current), "")
    return {
        "navigation": links(table_for(user, here), request.path, *place(here)),
        "workspaces": places,
    }


def place(path: str) -> tuple[str, ...]:
    """Name the department or organisation a path is in."""
    parts = path.strip("/").split("/")
    return (parts[1],) if len(parts) > 1 and parts[0] in {"department", "organisation"} else ()


def table_for(user: User, workspace: str) -> tuple[tuple[str | Promise, str], ...]:
    """Choose the links: by the workspace the person is in and holds, else by who they are."""
    for prefix, table in (
        ("/department/", DEPARTMENT),
        ("/organisation/", ORGANISATION),
        ("/scheme", SCHEME),
    ):
        if workspace.startswith(prefix):
            return table
    return PERSON if user.department_id else OUTSIDER


def links(table: tuple[tuple[str | Promise, str], ...], path: str, *arguments: str) -> list[Link]:
    """Turn a table into links and mark the one whose address the page's begins with."""
    addresses = [(label, reverse(name, args=arguments or None)) for label, name in table]
    inside = [href for _label, href in addresses if path == href or path.startswith(f"{href}/")]
    here = max(inside, key=len, default=None)
    return [Link(label, href, href == here) for label, href in addresses]


def workspaces(user: User, path: str) -> list[Link]:
    """List the places a person can act in; nothing when there is only one."""
    administered = user.administered_department_ids
    departments = Department.objects.administered_by(user) if administered else ()
    table: list[tuple[str | Promise, str, tuple[str, ...]]] = [
        (_("You"), "home", ()),
        *((each.short_name, "department-overview", (each.slug,)) for each in departments),
        *(
            (each.name, "organisation-workspace", (each.slug,))
            for each in Organisation.objects.of_member(user)
        ),
    ]
    if user.is_scheme_team:
        table.append((_("Scheme team"), "scheme-overview", ()))
    if len(table) == 1:
        return []
    found = [
        Link(label, reverse(name, args=arguments or None)) for label, name, arguments in table
    ]
    inside = [each.href for each in found if path.startswith(each.href)]
    here = max(inside, key=len, default=found[0].href)
    return [Link(each.label, each.href, each.href == here) for each in found]
