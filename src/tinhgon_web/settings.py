"""Settings, all from the environment. Without any, a site for tests on SQLite.

DEMO=1: the demo (a fixed "today", no secret needed). DEBUG=1: development. SECRET_KEY and ALLOWED_HOSTS: needed in
production. TODAY=YYYY-MM-DD: the day pages start from. DB=sqlite|postgres with DATABASE_NAME, _HOST, _PORT, _USER,
_PASSWORD.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tinhgon_web.accounts import *  # noqa: F403  # the settings of accounts, kept together
from tinhgon_web.publishing import *  # noqa: F403  # the settings of the portal's publishing system, likewise
from tinhgon_web.publishing import WAGTAIL

ROOT = Path(__file__).parents[2]


def flag(name: str) -> bool:
    """Whether an environment variable is switched on."""
    return os.environ.get(name, "") not in ("", "0", "false", "no")


DEMO = flag("DEMO")
DEBUG = flag("DEBUG")
TESTING = "pytest" in sys.modules
PRODUCTION = not (DEMO or DEBUG or TESTING)


def secret_key() -> str:
    """The key of the environment; a fixed one only where nothing is protected by it."""
    key = os.environ.get("SECRET_KEY", "")
    if key or PRODUCTION:
        return key
    return "not-secret-only-for-the-demo-and-for-tests-0123456789"


SECRET_KEY = secret_key()
# What ties a household's answer to its ballot; kept out of the database, and not to be changed while rounds are open.
BALLOT_KEY = os.environ.get("BALLOT_KEY", "") or SECRET_KEY
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "").split() or (
    [] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"]
)
ROOT_URLCONF = "tinhgon_web.urls"
WSGI_APPLICATION = "tinhgon_web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_today = os.environ.get("TODAY", "2019-10-09" if DEMO else "")
TODAY = dt.date.fromisoformat(_today) if _today else None
"""The day the pages start from; None asks the clock. The demo tells of a review, so it starts on its day."""

INSTALLED_APPS = [
    "tinhgon_web.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "tinhgon_web.documents",
    "tinhgon_web.apparatus",
    "tinhgon_web.doors",
    "tinhgon_web.exchange",
    "tinhgon_web.work",
    "tinhgon_web.consultation",
    "tinhgon_web.schemes",
    "tinhgon_web.reports",
    "tinhgon_web.api",
    "tinhgon_web.portal",
    "tinhgon_web.desk",
    "tinhgon_web.portal.search",
    *WAGTAIL,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tinhgon_web.core.security.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tinhgon_web.portal.cache.page_cache_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tinhgon_web.core.language.language_middleware",
    "tinhgon_web.core.uploads.limit_middleware",
    "tinhgon_web.core.legible.LegibleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tinhgon_web.core.rights.RightsMiddleware",
    "tinhgon_web.core.asof.as_of_middleware",
    "tinhgon_web.apparatus.scope.scope_middleware",
    "tinhgon_web.apparatus.as_if.AsIfMiddleware",
    "tinhgon_web.portal.editors.workshop_middleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tinhgon_web.core.templatetags.tinhgon",
                "tinhgon_web.core.templatetags.people",
                "tinhgon_web.doors.templatetags.doors",
                "tinhgon_web.consultation.templatetags.asked",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinhgon_web.core.context.page",
                "tinhgon_web.documents.context.provenance",
                "tinhgon_web.apparatus.context.time",
                "tinhgon_web.portal.context.links",
            ],
        },
    }
]


def databases() -> dict[str, dict[str, Any]]:
    """SQLite set up for several writers, or PostgreSQL."""
    env = os.environ
    kind = env.get("DB", "sqlite")
    if kind == "postgres":
        keys = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
        values = {key: env.get(f"DATABASE_{key}", "") for key in keys}
        # Compiling a query takes longer than any query of a page.
        more = {"CONN_MAX_AGE": 60, "OPTIONS": {"options": "-c jit=off"}}
        return {"default": {"ENGINE": "django.db.backends.postgresql", **more, **values}}
    if kind != "sqlite":
        raise ImproperlyConfigured(f"DB is '{kind}': it must be sqlite or postgres")
    name = env.get("DATABASE_NAME") or str(ROOT / "var" / "db.sqlite3")
    # Waiting writers queue up instead of failing: begin as a writer, wait up to 20 s, read while one writes.
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}}


DATABASES = databases()

LOCAL_RULES = os.environ.get("LOCAL_RULES", "").split()
"""Folders of the office's own rule files, the later asked first (docs/rules.md)."""

# Codes of the second step that were used, and counts of tries: all processes of the site must see them.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ.get("CACHE_DIR") or str(ROOT / "var" / "cache"),
    }
}

if TESTING:  # tests log in hundreds of times; what guards real passwords is slow on purpose
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

MEDIA_ROOT = Path(os.environ.get("MEDIA", "") or ROOT / "var" / ("demo" if DEMO else "") / "media")
"""Where files of documents are kept; nothing but views with rights serves them."""
FILE_UPLOAD_PERMISSIONS = 0o640
PUBLIC_ROOT = MEDIA_ROOT / "public"
"""Where the portal's pictures, films and papers are kept, apart from the files of documents."""
MEDIA_URL = "/tep-cong-khai/"
MOST_UPLOAD_BYTES = int(os.environ.get("MOST_UPLOAD_MIB", "20")) << 20

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}
JOB_LOST_AFTER = 90
"""Seconds of silence after which a running job is held to be lost; its worker says a word every sixth of them."""

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static" if PRODUCTION else None
STATICFILES_DIRS = [Path(__file__).parent / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PUBLIC_ROOT)},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PAGE_CACHE = flag("PAGE_CACHE") if "PAGE_CACHE" in os.environ else not TESTING
"""Whether public pages are kept for readers who have not logged in."""
BEHIND_PROXY = PRODUCTION
"""Whether a server in front says where requests come from (X-Forwarded-For, X-Forwarded-Proto)."""
OPEN_DATA = flag("OPEN_DATA") if "OPEN_DATA" in os.environ else not PRODUCTION
"""Whether the register is published as open data; in production the office switches it on."""
OPEN_DATA_LICENCE = os.environ.get("OPEN_DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_USER", ""), os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "tinhgon@localhost")
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "")
"""What stands before the path of a page in letters: https:// and the site's name."""

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tinhgon_web.core.views.stale_form"
SESSION_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SECURE = PRODUCTION

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
