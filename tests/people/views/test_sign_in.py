"""Signing in: an address, a code, and nothing that tells a stranger who is known."""

import re
from collections import Counter
from html import unescape

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from notifications.choices import MessageState
from notifications.models import Message
from people.models import User
from tests.client import CheckedClient
from tests.factories.people import (
    CivilServantFactory,
    DepartmentFactory,
    UserFactory,
)
from tests.people.codes import ask, latest_code, sign_in
from tests.people.pages import errors

pytestmark = pytest.mark.django_db
CHECK = "/sign-in/check-your-email"
FEW_QUERIES = 10  # a person's new row, and none of what takes long


@pytest.fixture
def department():
    return DepartmentFactory(domain="tides.gov.uk")


def test_the_first_use_of_a_recognised_domain_makes_an_account(client, department):
    response = sign_in(client, "Sam.Okafor@Tides.gov.uk")

    person = User.objects.get(email="sam.okafor@tides.gov.uk")
    assert person.department == department
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert response.headers["Location"] == "/profile/edit/name"


def test_one_account_however_the_address_is_typed(client, department):
    for email in ("sam@tides.gov.uk", "SAM@tides.gov.uk"):
        ask(client, email)

    assert User.objects.filter(email__iexact="sam@tides.gov.uk").count() == 1


def test_a_subdomain_belongs_to_the_domain_above_it(client, department):
    ask(client, "sam@north.tides.gov.uk")

    assert User.objects.get(email="sam@north.tides.gov.uk").department == department


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter your work email address"),
        (
            "sam",
            "Enter an email address in the correct format, like name@example.gov.uk",
        ),
    ],
)
def test_a_missing_or_misspelled_address_is_said(client, email, said):
    response = ask(client, email)

    assert errors(response) == [said]
    assert response.content.decode().count(said) == 2  # in the summary and at the field


def test_an_unrecognised_domain_gets_no_account_and_no_mail(client):
    response = ask(client, "sam@tides.example")

    assert response.headers["Location"] == "/sign-in/not-recognised"
    assert not User.objects.filter(email="sam@tides.example").exists()
    assert not Message.objects.exists()
    assert "Apply to join as an organisation" in client.get("/sign-in/not-recognised").text


def test_somebody_named_before_signs_in_from_any_domain(client):
    UserFactory(email="ada@acme.example")
    asked = ask(client, "ada@acme.example", next="/saved")

    page = client.get(asked.headers["Location"])
    enter = re.search(r'href="([^"]+)">Enter the code', page.text)[1]
    response = client.post(unescape(enter), {"code": latest_code("ada@acme.example")})

    assert asked.headers["Location"] == "/sign-in/not-recognised?next=%2Fsaved"
    assert response.headers["Location"] == "/saved"
    assert "ada@acme.example" in client.get("/account").text
    client.post("/sign-out")
    assert ask(client, "ada@acme.example").headers["Location"] == CHECK  # a device it knows


def masked(response, email):
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "token", response.content.decode())
    headers = {key: value for key, value in response.headers.items() if key != "Content-Length"}
    return response.status_code, headers, sorted(response.cookies), text.replace(email, "?")


@time_machine.travel("2026-06-01 10:00Z", tick=False)
@pytest.mark.parametrize("domain", ["tides.gov.uk", "acme.example"])
def test_known_and_unknown_and_closed_accounts_look_the_same(department, domain):
    UserFactory(email=f"aaa@{domain}", department=department)
    UserFactory(email=f"ccc@{domain}", department=department, is_active=False)
    seen = []
    for email in (f"aaa@{domain}", f"bbb@{domain}", f"ccc@{domain}"):
        client = CheckedClient()
        asked = ask(client, email)
        answers = [
            asked,
            client.get(asked.headers["Location"]),
            client.get(CHECK),
            client.post(CHECK, {"code": "000000"}),
            client.post("/sign-in/send-again"),
        ]
        seen.append([masked(answer, email) for answer in answers])

    assert seen[0] == seen[1] == seen[2]
    assert not Message.objects.filter(recipient__email=f"ccc@{domain}").exists()


def asking(email):
    """Ask for a code in a fresh browser; count the queries by what they do."""
    with CaptureQueriesContext(connection) as queries:
        response = ask(CheckedClient(), email)
    assert response.headers["Location"] == CHECK
    return Counter(query["sql"].split()[0] for query in queries)


def test_known_and_unknown_and_closed_addresses_take_the_same_kind_of_work(department):
    UserFactory(email="aaa@tides.gov.uk", department=department)
    UserFactory(email="ccc@tides.gov.uk", department=department, is_active=False)
    asking("zzz@tides.gov.uk")  # the first of the day sweeps the limits

    found = [asking(f"{name}@tides.gov.uk") for name in ("aaa", "bbb", "ccc")]

    assert found[0].keys() == found[1].keys() == found[2].keys()
    totals = [each.total() for each in found]
    assert max(totals) - min(totals) <= FEW_QUERIES, found


def test_from_the_second_time_a_new_address_takes_exactly_the_work_of_a_known_one(department):
    UserFactory(email="aaa@tides.gov.uk", department=department)
    for email in ("aaa@tides.gov.uk", "bbb@tides.gov.uk"):
        asking(email)

    assert asking("aaa@tides.gov.uk") == asking("bbb@tides.gov.uk")


def test_asking_for_a_code_talks_to_no_mail_server(department, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there

    for email in ("aaa@tides.gov.uk", "aaa@tides.gov.uk"):
        assert ask(CheckedClient(), email).headers["Location"] == CHECK

    letters = Message.objects.filter(recipient__email="aaa@tides.gov.uk")
    assert [(each.state, each.attempts) for each in letters] == [(MessageState.PENDING, 0)] * 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the 6-digit code"),
        ("12345", "Code must be 6 numbers"),
        ("abcdef", "Code must be 6 numbers"),
        ("1" * 60, "Code must be 6 numbers"),
        ("٣" * 6, "Code must be 6 numbers"),
    ],
)
def test_a_code_of_the_wrong_shape_is_no_try(client, department, typed, said):
    ask(client, "sam@tides.gov.uk")

    for _each in range(6):
        assert errors(client.post(CHECK, {"code": typed})) == [said]


def wrong_code(email):
    return str((int(latest_code(email)) + 1) % 1_000_000).zfill(6)


def test_a_wrong_code_is_said_and_the_fifth_ends_it(client, department):
    ask(client, "sam@tides.gov.uk")
    code = latest_code("sam@tides.gov.uk")
    for _each in range(4):
        response = client.post(CHECK, {"code": wrong_code("sam@tides.gov.uk")})
        assert errors(response) == ["Code is not correct \N{EN DASH} check the latest email"]

    last = client.post(CHECK, {"code": wrong_code("sam@tides.gov.uk")}, follow=True)

    assert last.redirect_chain == [("/sign-in", 302)]
    assert "one wrong code too many" in last.text
    assert client.post(CHECK, {"code": code}).headers["Location"] == "/sign-in"


def test_a_code_may_be_pasted_with_spaces(client, department):
    ask(client, "sam@tides.gov.uk")
    code = latest_code("sam@tides.gov.uk")

    response = client.post(CHECK, {"code": f" {code[:3]} {code[3:]} "})

    assert response.status_code == 302


def test_a_code_of_15_minutes_ago_has_expired_and_a_new_one_can_be_had(client, department):
    with time_machine.travel("2026-06-01 10:00Z", tick=False) as clock:
        ask(client, "sam@tides.gov.uk")
        clock.shift(15 * 60 + 1)

        response = client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")})
        assert errors(response) == ["Code has expired \N{EN DASH} request a new one"]

        assert client.post("/sign-in/send-again").headers["Location"] == CHECK
        fresh = client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")})
        assert fresh.headers["Location"] == "/profile/edit/name"


def test_a_code_of_15_minutes_still_works(client, department):
    with time_machine.travel("2026-06-01 10:00Z", tick=False) as clock:
        ask(client, "sam@tides.gov.uk")
        clock.shift(15 * 60 - 1)

        response = client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")})

    assert response.status_code == 302


def test_a_new_code_replaces_the_old_one(client, department):
    ask(client, "sam@tides.gov.uk")
    old = latest_code("sam@tides.gov.uk")

    client.post("/sign-in/send-again")

    if old != latest_code("sam@tides.gov.uk"):
        assert client.post(CHECK, {"code": old}).status_code == 200
    assert client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")}).status_code == 302


@pytest.mark.parametrize("address", [CHECK, "/sign-in/send-again"])
def test_without_a_question_there_is_no_code_to_enter(client, address):
    assert client.post(address, {"code": "123456"}).headers["Location"] == "/sign-in"


def test_a_code_works_once_and_only_in_the_session_that_asked(client, department):
    ask(client, "sam@tides.gov.uk")
    code = latest_code("sam@tides.gov.uk")
    other = CheckedClient()

    assert other.post(CHECK, {"code": code}).headers["Location"] == "/sign-in"
    assert client.post(CHECK, {"code": code}).status_code == 302
    client.post("/sign-out")
    assert client.post(CHECK, {"code": code}).headers["Location"] == "/sign-in"


def test_the_session_gets_a_new_key_at_sign_in(client, department):
    ask(client, "sam@tides.gov.uk")
    before = client.session.session_key

    client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")})

    assert client.session.session_key != before


def test_a_page_on_the_way_is_kept_and_another_site_never_is(client, department):
    person = UserFactory(email="sam@tides.gov.uk")
    response = ask(client, person.email, next="/account")
    assert response.headers["Location"] == f"{CHECK}?next=%2Faccount"

    response = client.post(
        CHECK, {"code": latest_code(person.email), "next": "https://evil.example/"}
    )
    assert response.headers["Location"] == "/home"


def test_an_eleventh_code_in_an_hour_is_refused_except_on_a_known_device(department):
    owner, stranger = CheckedClient(), CheckedClient()
    sign_in(owner, "sam@tides.gov.uk")
    owner.post("/sign-out")
    for _each in range(9):
        assert ask(stranger, "sam@tides.gov.uk").status_code == 302

    refused = ask(stranger, "sam@tides.gov.uk")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert sign_in(owner, "sam@tides.gov.uk").headers["Location"] == "/profile/edit/name"


def test_a_twenty_first_guess_in_an_hour_is_refused(department):
    ask(CheckedClient(), "sam@tides.gov.uk")
    for _each in range(4):
        client = CheckedClient()
        ask(client, "sam@tides.gov.uk")
        wrong = wrong_code("sam@tides.gov.uk")
        for _try in range(5):
            assert client.post(CHECK, {"code": wrong}).status_code in {200, 302}
    client = CheckedClient()
    ask(client, "sam@tides.gov.uk")

    assert client.post(CHECK, {"code": latest_code("sam@tides.gov.uk")}).status_code == 429


def test_limits_do_not_depend_on_the_header_a_stranger_writes(client, department):
    for number in range(10):
        client.post(
            "/sign-in",
            {"email": "sam@tides.gov.uk"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )

    response = client.post(
        "/sign-in", {"email": "sam@tides.gov.uk"}, headers={"x-forwarded-for": "10.9.9.9"}
    )

    assert response.status_code == 429


def test_a_closed_account_says_so_only_after_a_right_code(client, department):
    person = CivilServantFactory(department=department, email="sam@tides.gov.uk")
    ask(client, person.email)
    code = latest_code(person.email)
    User.objects.filter(pk=person.pk).update(is_active=False)

    response = client.post(CHECK, {"code": code}, follow=True)

    assert response.redirect_chain[-1][0] == "/sign-in/account-closed"
    assert client.get("/account").status_code == 302


def test_the_welcome_is_sent_once_and_only_to_civil_servants(client, department):
    UserFactory(email="ada@acme.example")
    for email in ("sam@tides.gov.uk", "sam@tides.gov.uk", "ada@acme.example"):
        sign_in(client, email)
        client.post("/sign-out")

    welcomes = Message.objects.filter(template="people/emails/welcome")
    assert [message.recipient.email for message in welcomes] == ["sam@tides.gov.uk"]


def test_signing_out_asks_then_ends_the_session(client, department):
    sign_in(client, "sam@tides.gov.uk")

    assert "Sign out of this service" in client.get("/sign-out").text
    assert client.get("/account").status_code == 200

    response = client.post("/sign-out", follow=True)

    assert "You have signed out" in response.text
    assert client.get("/account").status_code == 302


def test_somebody_signed_in_is_led_on(as_user):
    assert as_user(UserFactory()).get("/sign-in").status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_set_password",
        "account_reset_password",
        "account_email",
        "socialaccount_signup",
        "socialaccount_connections",
        "usersessions_list",
        "mfa_login_webauthn",
    ],
)
def test_what_is_not_used_of_allauth_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
