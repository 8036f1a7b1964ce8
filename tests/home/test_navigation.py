"""The navigation follows who somebody is and where they are."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from home.navigation import navigation
from tests.factories.experts import OrganisationFactory, host_of
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    UserFactory,
    department_admin,
    scheme_team_member,
)

pytestmark = pytest.mark.django_db


def seen(user, path="/home"):
    request = RequestFactory().get(path)
    request.user = user
    found = navigation(request)
    links = [str(link.label) for link in found["navigation"]]
    places = [str(link.label) for link in found["workspaces"]]
    current = [str(link.label) for link in found["navigation"] if link.current]
    return links, current, places


def test_a_visitor_can_look_around():
    assert seen(AnonymousUser(), "/skills") == (
        ["Find", "Organisations", "Skills", "Rounds", "How it works"],
        ["Skills"],
        [],
    )


def test_a_request_without_a_person_is_a_visitors():
    assert navigation(RequestFactory().get("/"))["workspaces"] == []


def test_a_civil_servant_has_their_own_pages_and_no_choice_of_place():
    links, current, places = seen(CivilServantFactory(), "/applications/AP-1/tasks")

    assert "Applications" in links
    assert len(links) <= 6
    assert current == ["Applications"]
    assert places == []


def test_somebody_who_was_only_named_sees_what_they_are_asked():
    links, _current, _places = seen(UserFactory())

    assert "Requests" in links
    assert "Profile" not in links


def test_an_admin_changes_between_themselves_and_the_department():
    department = DepartmentFactory(abbreviation="DSIT", slug="dsit")
    links, current, places = seen(department_admin(department), "/department/dsit/approvals")

    assert links == ["Overview", "Approvals", "Placements", "Absence", "Policy"]
    assert current == ["Approvals"]
    assert places == ["You", "DSIT"]


def test_a_host_changes_between_their_organisations():
    first = OrganisationFactory(slug="acme", name="Acme")
    host = host_of(first)

    links, current, places = seen(host, "/organisation/acme/")

    assert links == ["Overview", "Opportunities", "Rounds"]
    assert current == ["Overview"]
    assert places == ["You", "Acme"]


def test_the_scheme_team_has_its_workspace():
    links, current, places = seen(scheme_team_member(), "/scheme/skills")

    assert current == ["Skills"]
    assert len(links) <= 6
    assert places == ["You", "Scheme team"]


@pytest.mark.parametrize(
    "path", ["/department/dsit/approvals", "/organisation/acme/", "/scheme/skills"]
)
def test_a_workspace_of_others_shows_the_person_s_own_links(path):
    DepartmentFactory(slug="dsit")
    OrganisationFactory(slug="acme")
    person = CivilServantFactory()

    links, current, _places = seen(person, path)

    assert (links, current) == (seen(person)[0], [])


def test_an_admin_sees_no_links_of_another_department():
    DepartmentFactory(slug="defra")
    department = DepartmentFactory(abbreviation="DSIT", slug="dsit")

    links, _current, places = seen(department_admin(department), "/department/defra/approvals")

    assert "Approvals" not in links
    assert places == ["You", "DSIT"]


@pytest.mark.parametrize("where", ["/department/nowhere/approvals", "/organisation/acme/nothing"])
def test_a_page_not_found_leads_no_stranger_into_a_workspace(as_user, where):
    OrganisationFactory(slug="acme")

    response = as_user(CivilServantFactory()).get(where)

    assert response.status_code == 404
    assert where.rsplit("/", 1)[0] not in response.content.decode()
