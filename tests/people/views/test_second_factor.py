"""Second factors: who is asked for one, how it is set up, and that nothing goes round it."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from experts.choices import MemberRole
from notifications.adapters import SecondFactorAdapter
from people.models import RoleGrant, User
from tests.client import CheckedClient
from tests.factories.experts import MembershipFactory
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    UserFactory,
    department_admin,
    scheme_team_member,
)
from tests.people.codes import sign_in
from tests.people.pages import errors

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"  # a key of the tests only
REQUIRED = "/account/second-factor/required"


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def admin():
    return department_admin(DepartmentFactory())


def code_now(secret=SECRET):
    cache.clear()
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def with_app(user):
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


@pytest.mark.parametrize(
    "make",
    [
        lambda: department_admin(DepartmentFactory()),
        scheme_team_member,
        lambda: MembershipFactory(role=MemberRole.OWNER).user,
    ],
    ids=["department admin", "scheme team", "organisation owner"],
)
def test_people_with_rights_set_one_up_before_anything_else(as_user, required, make):
    client = as_user(make())

    for address in ("/account", "/profile", "/account/second-factor"):
        assert client.get(address).headers["Location"] == REQUIRED
    assert "Set up a second factor" in client.get(REQUIRED).text


@pytest.mark.parametrize(
    "make",
    [CivilServantFactory, lambda: MembershipFactory(role=MemberRole.MEMBER).user],
    ids=["civil servant", "member"],
)
def test_others_are_not_asked(as_user, required, make):
    assert as_user(make()).get("/account").status_code == 200


def test_nobody_is_asked_where_it_is_switched_off(as_user, admin):
    assert as_user(admin).get("/account").status_code == 200


def test_signing_out_and_unknown_addresses_stay_open(as_user, required, admin):
    client = as_user(admin)

    assert client.get("/nowhere").status_code == 404
    assert client.post("/sign-out").headers["Location"] == "/sign-in"


def test_monitoring_is_answered_also_where_a_session_lacks_its_second_factor(
    as_user, required, admin, settings
):
    settings.HEALTH_TOKEN = "of-monitoring"
    client = as_user(admin)

    assert client.get("/health").status_code == 200
    answer = client.get("/health/deep", headers={"x-health-token": settings.HEALTH_TOKEN})
    assert answer.headers["Content-Type"] == "application/json"
    assert client.get("/health/deep").status_code == 403


def test_a_post_does_not_pass_the_gate_either(as_user, required, admin):
    client = as_user(admin)

    assert client.post("/profile/edit/name", {"name": "X"}).headers["Location"] == REQUIRED


def test_a_right_that_ended_is_gone_at_the_next_request(as_user, required, admin):
    client = as_user(admin)
    assert client.get("/account").status_code == 302

    grant = RoleGrant.objects.get(user=admin)
    grant.ended_by, grant.ended_at = admin, grant.granted_at
    grant.save()

    assert client.get("/account").status_code == 200


def test_a_right_that_is_given_counts_at_the_next_request(as_user, required):
    user = UserFactory()
    client = as_user(user)
    assert client.get("/account").status_code == 200

    RoleGrant.objects.create(user=user, role="scheme_team", granted_by=User.objects.system())

    assert client.get("/account").headers["Location"] == REQUIRED


def test_an_app_is_set_up_with_its_first_code_and_gives_recovery_codes(as_user, required, admin):
    client = as_user(admin)
    page = client.get("/account/second-factor/app").text
    secret = re.search(r'app-code">([A-Z2-7]+)<', page)[1]
    assert "<svg" in page

    wrong = client.post("/account/second-factor/app", {"code": "000000"})
    assert errors(wrong) == ["Code is not correct \N{EN DASH} check your app"]

    response = client.post("/account/second-factor/app", {"code": code_now(secret)}, follow=True)
    assert errors(response) == []

    assert "Your recovery codes" in response.text
    assert client.get("/account").status_code == 200
    assert "An app is set up" in client.get("/account/second-factor").text


def test_the_key_of_an_app_is_not_readable_in_the_database(admin):
    with_app(admin)

    stored = Authenticator.objects.get(user=admin, type="totp").data["secret"]

    assert SECRET not in stored
    assert SecondFactorAdapter().decrypt(stored) == SECRET


def test_a_key_from_before_the_secret_was_changed_still_opens(settings):
    old = SecondFactorAdapter().encrypt("word")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-of-the-tests-another-secret-of-the-tests"

    assert SecondFactorAdapter().decrypt(old) == "word"


def test_signing_in_asks_for_it_after_the_code(client, admin):
    with_app(admin)

    response = sign_in(client, admin.email)

    assert response.headers["Location"] == "/sign-in/second-factor"
    assert client.get("/account").status_code == 302
    page = client.get("/sign-in/second-factor")
    assert "Enter your second factor" in page.text
    assert errors(client.post("/sign-in/second-factor", {"code": "1"})) == [
        "Code is not correct \N{EN DASH} check your app"
    ]
    client.post("/sign-in/second-factor", {"code": code_now()})
    assert client.get("/account").status_code == 200


def test_a_recovery_code_works_once(admin):
    with_app(admin)
    code = (
        Authenticator.objects.get(user=admin, type="recovery_codes").wrap().get_unused_codes()[0]
    )

    first, second = CheckedClient(), CheckedClient()
    for client, status in ((first, 302), (second, 200)):
        sign_in(client, admin.email)
        assert client.post("/sign-in/second-factor", {"code": code}).status_code == status


def test_guessing_the_second_factor_is_limited(client, admin):
    with_app(admin)
    sign_in(client, admin.email)
    for _each in range(5):
        client.post("/sign-in/second-factor", {"code": "000000"})

    response = client.post("/sign-in/second-factor", {"code": "000000"})

    assert errors(response) == ["You have tried too often. Wait 5 minutes, then try again."]


def test_removing_an_app_asks_again_who_is_there(client, admin):
    with_app(admin)
    sign_in(client, admin.email)
    with time_machine.travel(time.time() + 90):
        client.post("/sign-in/second-factor", {"code": code_now()})

        asked = client.get("/account/second-factor/app/remove")
        assert asked.headers["Location"].startswith("/account/second-factor/confirm?")
        assert "Confirm that it is you" in client.get(asked.headers["Location"]).text
    with time_machine.travel(time.time() + 180):
        client.post(asked.headers["Location"], {"code": code_now()})
        assert "Remove the app" in client.get("/account/second-factor/app/remove").text
        client.post("/account/second-factor/app/remove")

    assert not Authenticator.objects.filter(user=admin).exists()


def test_a_passkey_page_tells_the_browser_what_to_do_and_works_without_a_script(as_user, admin):
    client = as_user(admin)

    page = client.get("/account/second-factor/passkeys/add").text

    assert "data-options=" in page
    assert "&#34;challenge&#34;" in page
    assert "You can use an app that makes codes instead" in page


def test_a_broken_passkey_is_refused(as_user, admin):
    client = as_user(admin)
    client.get("/account/second-factor/passkeys/add")

    for credential in ("", "no json", "[]", "null", "[" * 100_000, '{"id": "x"}'):
        response = client.post(
            "/account/second-factor/passkeys/add", {"credential": credential, "name": "Key"}
        )
        assert response.status_code == 200
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_made_anew(as_user, admin):
    with_app(admin)
    before = Authenticator.objects.get(user=admin, type="recovery_codes").wrap()
    client = as_user(admin)
    for address in ("recovery-codes", "recovery-codes/new", "passkeys", "app"):
        assert client.get(f"/account/second-factor/{address}").status_code in {200, 302}
    assert before.get_unused_codes()
