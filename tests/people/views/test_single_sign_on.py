"""A department's own sign-in, against a real OpenID Connect provider on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from people.models import User
from stemfutures.settings import oidc_apps, oidc_origins  # noqa: TID251 - what it makes is tested
from tests.client import CheckedClient
from tests.factories.people import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    person = {}

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorise",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/person",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self.answer(self.person)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["client_secret"] == ["secret"]
        assert sent["code_verifier"]
        base = f"http://127.0.0.1:{self.server.server_port}"
        claims = {"iss": base, "aud": "service", "exp": 4_000_000_000, **self.person}
        token = jwt.encode(claims, "k" * 32, algorithm="HS256")
        self.answer({"access_token": "t", "token_type": "Bearer", "id_token": token})

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def department():
    return DepartmentFactory(slug="tides", domain="tides.gov.uk")


@pytest.fixture
def provider(settings, department):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_PROVIDERS = [
        {
            "id": "tides",
            "name": "Tides",
            "department": "tides",
            "client_id": "service",
            "secret": "secret",
            "server_url": f"http://127.0.0.1:{server.server_port}",
        }
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": oidc_apps(settings.OIDC_PROVIDERS)}
    }
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client, provider, **claims):
    provider.person = {"sub": "1", "email_verified": True} | claims
    away = client.post("/sign-in/with/tides")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client.get("/sign-in/with/tides/return", {"code": "c", "state": asked["state"][0]})


def test_a_verified_address_is_the_same_person_as_by_code(client, provider, department):
    sam = UserFactory(email="sam@tides.gov.uk", name="", department=department)

    response = come_back(client, provider, email="Sam@tides.gov.uk")

    assert response.headers["Location"] == "/profile/edit/name"
    assert "sam@tides.gov.uk" in client.get("/account").text
    assert list(User.objects.filter(email__iexact=sam.email)) == [sam]


def test_a_new_person_gets_an_account_and_a_second_visit_finds_it(provider, department):
    for _each in range(2):
        come_back(CheckedClient(), provider, email="new@tides.gov.uk")

    assert User.objects.get(email="new@tides.gov.uk").department == department


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "sam@moons.gov.uk"},
        {"email": "sam@tides.example"},
        {"email": "sam@tides.gov.uk", "email_verified": False},
        {},
    ],
    ids=["another department", "no department", "not verified", "no address"],
)
def test_a_provider_speaks_only_for_verified_addresses_of_its_department(client, provider, claims):
    DepartmentFactory(slug="moons", domain="moons.gov.uk")

    response = come_back(client, provider, **claims)

    assert response.headers["Location"] == "/sign-in/not-recognised"
    assert client.get("/account").status_code == 302


def test_an_address_that_moved_to_another_subject_is_the_owner_of_the_address(provider):
    come_back(CheckedClient(), provider, email="one@tides.gov.uk")
    client = CheckedClient()

    come_back(client, provider, email="two@tides.gov.uk")

    assert "two@tides.gov.uk" in client.get("/account").text


def test_a_state_that_was_not_ours_signs_nobody_in(client, provider):
    provider.person = {"sub": "1", "email": "sam@tides.gov.uk", "email_verified": True}

    response = client.get("/sign-in/with/tides/return", {"code": "c", "state": "made-up"})

    assert response.headers["Location"] == "/sign-in"
    assert client.get("/account").status_code == 302


def test_the_button_is_shown_where_a_provider_is_configured(client, provider):
    assert "Sign in with Tides" in client.get("/sign-in").text


def test_without_a_provider_there_is_no_button_and_no_way_in(client):
    assert "Sign in with your department" not in client.get("/sign-in").text
    assert client.post("/sign-in/with/tides").status_code == 404
    assert client.get("/sign-in/with/tides").status_code == 405


def test_the_form_may_lead_to_the_hosts_of_the_providers_only():
    providers = [
        {"server_url": "https://one.example/realm/x"},
        {"server_url": "https://two.example", "form_origin": "https://login.two.example/a"},
    ]

    assert oidc_origins(providers) == ["https://login.two.example", "https://one.example"]
