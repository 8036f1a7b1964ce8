"""The names of addresses that no link leads to, by why that is right."""

ONLY_POSTED_TO = {
    "account-session-end",
    "account-sessions-end",
    "applicant-move",
    "applicant-note",
    "applicant-review",
    "approval-assign",
    "approval-note",
    "demo-sign-in",
    "mfa_reauthenticate_webauthn",
    "openid_connect_login",
    "opportunity-save",
    "saved-note",
    "saved-remove",
    "saved-search-remove",
    "saved-search-undo",
    "saved-undo",
    "scheme-message-retry",
    "scheme-skill-restore",
    "scheme-synonym-remove",
    "sign-in-send-again",
    "skill-interest",
    "skill-interest-undo",
}
FILES_AND_REDIRECTS = {
    "application-dates",
    "health",
    "health-deep",
    "openid_connect_callback",
    "opportunity-dates",
    "opportunity-feed",
    "opportunity-short",
    "placement-dates",
}
SAME_PAGE_UNDER_ALLAUTHS_NAME = {
    "account_confirm_login_code",
    "account_login",
    "account_request_login_code",
}
# None of the demo's people is in this state; the checked client holds these pages to the rules
NOBODY_IS_THAT_FAR = {
    "account-closed",
    "applicant-cancel",
    "applicant-compare",
    "application-conditions",
    "manager-decision-change",
    "manager-decision-expired",
    "manager-request-change",
    "manager-request-expired",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "opportunity-reopen",
    "policy-default",
    "scheme-admin-end",
    "second-factor-required",
}
NO_LINK_LEADS_THERE = ONLY_POSTED_TO | FILES_AND_REDIRECTS | SAME_PAGE_UNDER_ALLAUTHS_NAME
