"""What the settings refuse, and what production sends with every answer."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(settings.BASE_DIR)
REQUIRED = {
    "SECRET_KEY": "z" * 30 + "0123456789" * 3 + "abcdefghij",
    "ALLOWED_HOSTS": "stemfutures.example",
    "SITE_URL": "https://stemfutures.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
PRODUCTION = {**REQUIRED, "PRODUCTION": "1", "DEBUG": "0", "DEMO": "0"}


def read_settings(monkeypatch, **environment):
    """Read the settings anew, as a process with this environment would."""
    for name in {*REQUIRED, "PRODUCTION", "DEBUG", "DEMO", "OIDC_PROVIDERS"}:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("environs.Env.read_env", lambda *_args, **_kwargs: True)
    return runpy.run_path(str(ROOT / "stemfutures" / "settings.py"))


@pytest.mark.parametrize("name", REQUIRED)
def test_production_without_a_value_names_it_and_does_not_start(monkeypatch, name):
    given = {key: value for key, value in PRODUCTION.items() if key != name}

    with pytest.raises(ImproperlyConfigured, match=rf"^Set {name}: .+\.$"):
        read_settings(monkeypatch, **given)


@pytest.mark.parametrize("name", ["DEBUG", "DEMO"])
def test_production_refuses_the_demo_and_debugging(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match="Unset DEBUG and DEMO"):
        read_settings(monkeypatch, **{**PRODUCTION, name: "1"})


def test_what_says_nothing_is_production(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        read_settings(monkeypatch)


def test_the_demo_starts_with_nothing_else(monkeypatch):
    found = read_settings(monkeypatch, DEMO="1")

    assert found["DEMO"]
    assert not found["PRODUCTION"]
    assert not found["DEBUG"]


def test_cookies_of_production_belong_to_this_host_alone(monkeypatch):
    found = read_settings(monkeypatch, **PRODUCTION)

    for name in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert found[f"{name}_NAME"].startswith("__Host-")
        assert found[f"{name}_SECURE"]
    assert found["CSRF_COOKIE_HTTPONLY"]
    assert found["DEVICE_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["REQUIRE_SECOND_FACTOR"]


def test_a_departments_sign_in_may_be_reached_from_a_form_and_nothing_else(monkeypatch):
    provider = {
        "id": "dep",
        "name": "Department",
        "department": "dep",
        "client_id": "us",
        "secret": "s",
        "server_url": "https://login.dep.example/realm",
    }
    found = read_settings(monkeypatch, **PRODUCTION, OIDC_PROVIDERS=json.dumps([provider]))

    directives = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", "https://login.dep.example"]
    assert not any("unsafe" in source for each in directives.values() for source in each)


def in_production(*command):
    """Run a command as production would, which has no browser beside it."""
    inherited = {
        name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }
    return subprocess.run(  # noqa: S603 - our own fixed commands
        [sys.executable, *command],
        env={**inherited, **PRODUCTION},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_django_finds_nothing_to_warn_of_in_production():
    ended = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert ended.returncode == 0, ended.stderr


ASK_PRODUCTION = """
import json
import warnings
import django
django.setup()
warnings.simplefilter("ignore")
from django.test import Client
from home.urls import urlpatterns
answer = Client().post(
    "/health", HTTP_HOST="stemfutures.example", HTTP_X_FORWARDED_PROTO="https"
)
plain = Client().get("/sign-in", HTTP_HOST="stemfutures.example", HTTP_X_FORWARDED_PROTO="http")
found = [each.name for each in urlpatterns if each.name.startswith("demo")]
print(json.dumps({"headers": dict(answer.headers), "demo": found, "plain": plain.status_code,
    "to": plain.headers.get("Location")}))
"""


def test_production_has_no_demo_and_sends_every_guarding_header():
    os.environ["DJANGO_SETTINGS_MODULE"] = "stemfutures.settings"

    ended = in_production("-c", ASK_PRODUCTION)

    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["demo"] == []
    assert (found["plain"], found["to"]) == (301, "https://stemfutures.example/sign-in")
    guarded(found["headers"])
    assert "max-age=31536000" in found["headers"]["Strict-Transport-Security"]


def guarded(headers):
    """Insist on the headers that every answer has."""
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/", "/sign-in", "/nothing-here", "/home", "/static/none.css"])
def test_every_answer_has_the_guarding_headers(client, where):
    guarded(client.get(where).headers)


NAMED = re.compile(r"^#? ?([A-Z][A-Z_]+)=", re.MULTILINE)
READ = re.compile(r"""(?:env\.\w+|required)\(\s*"([A-Z_]+)\"""")


def test_the_example_names_every_value_that_is_read():
    example = set(NAMED.findall((ROOT / ".env.example").read_text()))
    read = set(READ.findall((ROOT / "stemfutures" / "settings.py").read_text()))

    assert example == read
