"""Addresses of people's pages; of allauth only what is used here."""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.views import account, profile, second_factor, sign_in

# allauth's form views would take a PUT for a POST
form_page = require_http_methods(["GET", "HEAD", "POST"])

SIGN_IN = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/check-your-email", sign_in.check_your_email, name="sign-in-check-your-email"),
    path("sign-in/send-again", sign_in.send_again, name="sign-in-send-again"),
    path("sign-in/not-recognised", sign_in.not_recognised, name="sign-in-not-recognised"),
    path("sign-in/account-closed", sign_in.closed, name="account-closed"),
    path("sign-in/second-factor", form_page(mfa.authenticate), name="mfa_authenticate"),
    path(
        "sign-in/with/<slug:provider_id>",
        login_not_required(require_POST(openid_connect.login)),
        name="openid_connect_login",
    ),
    path(
        "sign-in/with/<slug:provider_id>/return",
        login_not_required(require_safe(openid_connect.callback)),
        name="openid_connect_callback",
    ),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    # allauth looks for these names; they lead to the same pages
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/check-your-email", sign_in.check_your_email, name="account_confirm_login_code"),
]
ACCOUNT = [
    path("account", account.account, name="account"),
    path("account/sessions/end", account.session_end, name="account-session-end"),
    path("account/sessions/end-others", account.sessions_end, name="account-sessions-end"),
    path(
        "account/second-factor/required",
        account.second_factor_required,
        name="second-factor-required",
    ),
    path("account/second-factor", require_safe(mfa.index), name="mfa_index"),
    path(
        "account/second-factor/confirm", form_page(mfa.reauthenticate), name="mfa_reauthenticate"
    ),
    path(
        "account/second-factor/app", form_page(second_factor.set_up_app), name="mfa_activate_totp"
    ),
    path(
        "account/second-factor/app/remove",
        form_page(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/recovery-codes",
        require_safe(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/new",
        form_page(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/passkeys",
        require_safe(webauthn.list_webauthn),
        name="mfa_list_webauthn",
    ),
    path(
        "account/second-factor/passkeys/add",
        form_page(second_factor.set_up_passkey),
        name="mfa_add_webauthn",
    ),
    path(
        "account/second-factor/passkeys/confirm",
        form_page(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/second-factor/passkeys/<int:pk>/remove",
        form_page(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
PROFILE = [
    path("profile", profile.profile, name="profile"),
    path("profile/edit/<slug:slug>", profile.profile_edit, name="profile-edit"),
    path("profile/check", profile.profile_check, name="profile-check"),
]

urlpatterns: list[URLPattern] = [*SIGN_IN, *ACCOUNT, *PROFILE]
