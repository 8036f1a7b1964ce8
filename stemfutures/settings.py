"""Every setting, read from the environment; production without a required value does not start."""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env
from jinja2 import select_autoescape

from stemfutures.jobs import BEAT_SCHEDULE
from stemfutures.logs import configure as configure_logs
from stemfutures.logs import logging_table

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
PRODUCTION = env.bool("PRODUCTION", not (DEBUG or DEMO))
if PRODUCTION and (DEBUG or DEMO):
    raise ImproperlyConfigured("Unset DEBUG and DEMO: the demo signs anybody in as anybody.")


def required(name: str, why: str, fallback: str) -> str:
    """Read a value that production cannot do without; elsewhere the fallback serves."""
    value = env.str(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"Set {name}: {why}.")
    return value or fallback


def oidc_apps(providers: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Turn the departments' sign-ins into what allauth reads."""
    return [
        {
            "provider_id": one["id"],
            "name": one["name"],
            "client_id": one["client_id"],
            "secret": one["secret"],
            "settings": {
                "server_url": one["server_url"],
                "department": one["department"],
                "oauth_pkce_enabled": True,
            },
        }
        for one in providers
    ]


def oidc_origins(providers: list[dict[str, str]]) -> list[str]:
    """List the hosts that the sign-in form may lead to; "form_origin" names another one."""
    origins = [one.get("form_origin") or one["server_url"] for one in providers]
    return sorted({"{0.scheme}://{0.netloc}".format(urlsplit(origin)) for origin in origins})


SECRET_KEY = required(
    "SECRET_KEY",
    "a long random string that signs sessions and links",
    "not-a-secret-this-key-is-for-the-demo-and-for-tests-only",
)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", "the host names the service answers to, with commas", "localhost,127.0.0.1"
).split(",")
SITE_URL = required("SITE_URL", "the address in e-mails, like https://example.org", "").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
SERVICE_BRANDING = env.str("SERVICE_BRANDING", "generic")

# Apps and middleware

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_linear_migrations",
    "django_structlog",
    "pgtrigger",
    "core",
    "people",
    "audit",
    "notifications",
    "experts",
    "placements",
    "matching",
    "home",
]

MIDDLEWARE = [
    "django_structlog.middlewares.RequestMiddleware",
    "core.middleware.DatabaseErrorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "core.middleware.TextHygieneMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "core.outcomes.OutcomesMiddleware",
]

ROOT_URLCONF = "stemfutures.urls"
WSGI_APPLICATION = "stemfutures.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "core.context.service",
    "home.navigation.navigation",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "core.jinja.environment",
            "autoescape": select_autoescape(["html"], default_for_string=True),
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        # allauth's pages that we do not draw stay loadable; none of them is linked
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "core.govuk.GovukRenderer"

# The database

DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgres://stemfutures@127.0.0.1:5432/stemfutures"),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", 8), "timeout": 3},
            "options": "-c statement_timeout=20s -c lock_timeout=5s"
            " -c idle_in_transaction_session_timeout=30s"
            # many short queries at once: compiling one or spreading it over workers costs more
            # than it saves, and what the search found should fit into memory
            " -c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=16MB",
        },
    },
}
required("DATABASE_URL", "the PostgreSQL database, like postgres://user:password@host/name", "-")
CONSTRAINT_SENTENCES = "stemfutures.conflicts.SENTENCES"  # shown to whoever runs into one
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # sign-in limits must hold when Redis is away, so the cache is a table
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

# Jobs

CELERY_BROKER_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 3,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# Arrays of the match of everybody, as files that each worker maps; may be lost at any time
MATCHING_DIR = env.str("MATCHING_DIR", str(Path(tempfile.gettempdir()) / "stemfutures-matching"))

# E-mail

required("EMAIL_URL", "the mail server, like smtp://user:password@host:25", "-")
_mail = env.dj_email_url("EMAIL_URL", "dummy://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "STEM Futures <no-reply@stemfutures.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# a worker that holds a message longer than the lease is taken for dead
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", 90)
OUTBOX_HINT_SECONDS = env.int("OUTBOX_HINT_SECONDS", 30)
# a visitor of the demo reads codes on its mail page; nowhere else do they outlive the sending
OUTBOX_KEEPS_SECRETS = DEMO
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "help@stemfutures.example")
CONTACT_PHONE = env.str("CONTACT_PHONE", "020 7946 0321")

# Language and time

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".run" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# Security

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^health/deep$"]
HEALTH_TOKEN = env.str("HEALTH_TOKEN", "")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

# Sign-in

AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # the address is unique whatever its case: people_user_email
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
DEVICE_COOKIE_NAME = "__Host-device" if PRODUCTION else "device"
ACCOUNT_ADAPTER = "notifications.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself verifies the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 3600  # so that an expired code is called expired, not forgotten
ACCOUNT_RATE_LIMITS = {
    # a device that signed in before has its own budget, which no stranger can use up
    "code_unknown_device": "10/h/key,300/h/ip",
    "code_known_device": "20/h/key",
    "guess_unknown_device": "20/h/key,600/h/ip",
    "guess_known_device": "60/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if PRODUCTION else 0)

# Second factors

REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", PRODUCTION)
SECOND_FACTOR_RULES = [
    "people.permissions.holds_rights",
    "experts.permissions.is_owner",
]  # any of them asks for one
MFA_ADAPTER = "notifications.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "STEM Futures"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "authenticate": "people.forms.sign_in.SecondFactorForm",
    "reauthenticate": "people.forms.sign_in.SecondFactorAgainForm",
    "activate_totp": "people.forms.sign_in.AppForm",
    "add_webauthn": "people.forms.sign_in.PasskeyForm",
    "authenticate_webauthn": "people.forms.sign_in.UsePasskeyForm",
    "reauthenticate_webauthn": "people.forms.sign_in.UsePasskeyAgainForm",
}

# Departments' own sign-in (OpenID Connect): a list in JSON of
# {"id", "name", "department" (its slug), "client_id", "secret", "server_url"}

OIDC_PROVIDERS: list[dict[str, str]] = list(env.json("OIDC_PROVIDERS", []))
SOCIALACCOUNT_ADAPTER = "notifications.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(OIDC_PROVIDERS)}}
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += oidc_origins(OIDC_PROVIDERS)

# Logs

LOG_AS_JSON = PRODUCTION
configure_logs()
LOGGING = logging_table(as_json=LOG_AS_JSON, level=env.str("LOG_LEVEL", "INFO"))
