"""Settings of accounts: who may log in how. Single sign-on is switched on by the environment (docs/accounts.md)."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "full_name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/tong-quan/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "tinhgon_web.core.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_DISPLAY = "tinhgon_web.core.adapters.name_of"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {"login": "tinhgon_web.core.people.forms.LoginForm"}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/5m/key"}
"""Passwords are throttled by axes, which counts in the database, before this; codes of the second step by this."""

MFA_ADAPTER = "tinhgon_web.core.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "tinhgon_web.core.people.forms.ActivateForm",
    "authenticate": "tinhgon_web.core.people.forms.SecondStepForm",
    "reauthenticate": "tinhgon_web.core.people.forms.ConfirmForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""Accounts are made by an administrator; many have no address to verify."""
MFA_TOTP_ISSUER = "Tinh Gọn"
USERSESSIONS_TRACK_ACTIVITY = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "tinhgon_web.core.throttling.client_ip"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
"""How many proxies of ours stand before the site; with none, nothing a visitor writes into headers is believed."""
AXES_LOCKOUT_CALLABLE = "tinhgon_web.core.throttling.locked_out"

PLACES = "tinhgon_web.apparatus.scope.names_of"
"""Who names the places that roles are over."""

OTHERS_VIEWS = {
    "allauth.account": "public",
    "allauth.mfa.base": "public",
    "allauth.mfa": "signed in",
    "allauth.usersessions": "signed in",
    "allauth.socialaccount": "public",
    "django.views.generic.base": "public",
    "wagtail": "publish or approve",
    "wagtailmedia": "publish or approve",
    "wagtail.views": "public",
    "django.contrib.auth": "public",
    "wagtail.documents.views.serve": "public",
    "ninja": "public",  # the open interface minds for itself whether it is switched on
}
"""The beginning of a module's name -> who may reach its views: "public", "signed in" or rights joined by "or"."""

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True


def single_sign_on() -> dict[str, Any]:
    """The provider the environment names, or none."""
    env = os.environ
    server = env.get("OIDC_SERVER", "")
    if not server:
        return {}
    app = {
        "provider_id": env.get("OIDC_ID", "sso"),
        "name": env.get("OIDC_NAME", "Đăng nhập một lần"),
        "client_id": env.get("OIDC_CLIENT_ID", ""),
        "secret": env.get("OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": server, "uid_field": env.get("OIDC_UID_FIELD", "sub")},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = single_sign_on()
SOCIALACCOUNT_ADAPTER = "tinhgon_web.core.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
