"""Settings. Everything a shop changes is an environment variable; docs/operations.md has the table."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue

from ecomsite import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("ECOM_DATA_DIR") or BASE_DIR / "var").resolve()
DEBUG = env.flag("DEBUG", default=False)
TESTING = "pytest" in sys.modules

SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secrets.env")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "foundation.tenancy",
    "foundation.jobs",
    "catalog",
    "copywriter",
    "reviews",
    "ecomsite",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ecomsite.middleware.HtmxFrame",
    "foundation.tenancy.middleware.MerchantMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ecomsite.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "ecomsite.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ecomsite" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "foundation.tenancy.context.merchant",
                "foundation.tenancy.context.mail",
            ],
        },
    }
]

# --- database, broker, cache -----------------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **dj_database_url.parse(DATABASE_URL or "postgresql://app@/app?host=/nonexistent"),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("TEST_DB_NAME", "test_app")},
    }
}
# Persistent connections leak under ASGI; the pool hands them back (MAX_AGE must then be 0).
if not TESTING and not env.flag("NO_DB_POOL", default=False):
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 12, "timeout": 20}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_database(REDIS_URL, 1)}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "tenancy.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
# axes counts failures of one name from one address; these two stop one address guessing at many names, and many
# addresses guessing at one name.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,50/900s/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Ecomsite"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "ecomsite.throttle.login_name"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "shop@localhost")
if EMAIL_HOST:
    ACCOUNT_EMAIL_VERIFICATION = "mandatory"
else:  # without a mail server, letters are files that the operator can open
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = env.private_folder(DATA_DIR / "mail")  # links to new passwords
    ACCOUNT_EMAIL_VERIFICATION = "none"
    MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody can verify an address here

# --- languages -------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "ecomsite" / "static"]
MEDIA_ROOT = Path(env.private_folder(DATA_DIR / "media"))  # served only through views that check the shop
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = env.private_folder(DATA_DIR / "uploads")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a page of ticked products

# --- limits (docs/operations.md states them) -----------------------------------------------------------------------
CATALOG_MAX_FILE_BYTES = env.number("CATALOG_MAX_FILE_BYTES", 512 * 1024 * 1024)
CATALOG_MAX_UNPACKED_BYTES = env.number("CATALOG_MAX_UNPACKED_BYTES", 1024 * 1024 * 1024)
CATALOG_MAX_COLUMNS = env.number("CATALOG_MAX_COLUMNS", 1_000)
CATALOG_MAX_CELL_CHARS = env.number("CATALOG_MAX_CELL_CHARS", 1_000_000)
CATALOG_MAX_ROWS = env.number("CATALOG_MAX_ROWS", 2_000_000)

# --- models ----------------------------------------------------------------------------------------------------------
INFERENCE_ROLES: dict[str, dict[str, Any]] = {
    "copy": {
        "engine": os.environ.get("COPY_ENGINE", "auto"),
        "model": os.environ.get("COPY_MODEL", "bundled"),
        "url": os.environ.get("COPY_URL", ""),
        "api_key": os.environ.get("COPY_API_KEY", ""),
        "parallel": env.number("COPY_PARALLEL", 16),
        "silence": float(env.number("COPY_TIMEOUT", 120)),
        # What the bundled model was taught (copywriter/training/adapter), or what it learnt from a shop's own texts.
        "adapter": env.folder("COPY_ADAPTER", BASE_DIR / "copywriter" / "training" / "adapter"),
    }
}

if INFERENCE_ROLES["copy"]["engine"] == "fake" and not env.flag("ECOM_ALLOW_FAKE", default=False):
    raise ImproperlyConfigured(
        "COPY_ENGINE=fake makes texts without a model, for tests only; choose auto, openvino, torch or remote."
    )
# What the model that writes descriptions is known to write; empty: of a model of the operator's own nobody knows.
_bundled = INFERENCE_ROLES["copy"]["model"] == "bundled" and INFERENCE_ROLES["copy"]["engine"] != "remote"
COPY_LANGUAGES: list[str] = ["en"] if _bundled else []
if not _bundled:
    INFERENCE_ROLES["copy"]["adapter"] = None

# --- security --------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
HTTPS = env.flag("HTTPS", default=False)  # behind a TLS proxy: docs/operations.md
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if not HTTPS and os.environ.get("HOST", "127.0.0.1") in {"127.0.0.1", "localhost", "::1"}:
    # Reached from this machine only, there is nobody between browser and server, and no certificate to have.
    # On any other address without HTTPS, `check --deploy` warns.
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ecomsite.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- celery ----------------------------------------------------------------------------------------------------------
QUEUES = ("chat", "interactive", "bulk", "io")
# Redis carries wake-ups only; the database is the truth. The visibility timeout may be short because a chunk is.
CELERY_BROKER_URL = env.celery_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "unacked_restore_limit": 100,
    "socket_keepalive": True,
    "health_check_interval": 10,
}
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES = [Queue(name, Exchange(name, type="direct"), routing_key=name) for name in QUEUES]
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_EXCHANGE = CELERY_TASK_DEFAULT_ROUTING_KEY = "io"
CELERY_TASK_ROUTES = {  # every task has its line; a test looks
    "jobs.run_chunk": {"queue": "io"},  # unless sent to the queue whose work it takes, as it always is
    "jobs.repair": {"queue": "io"},
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: a repair a few seconds early or late is no loss
CELERY_BEAT_MAX_LOOP_INTERVAL = 3
CELERY_BEAT_SCHEDULE = {
    # A message that waited longer than the next one's time is dropped: a worker that was down is not flooded.
    "repair": {"task": "jobs.repair", "schedule": 3.0, "options": {"queue": "io", "expires": 10}},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # nothing uses it, and its reply queues are what reconnects stall on

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "ecomsite.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "httpx": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "uvicorn.access": {"handlers": ["console"], "propagate": False},  # every address that is asked for
    },
}

if not DEBUG and not TESTING and SECRET_KEY == "":
    raise ImproperlyConfigured("SECRET_KEY is empty. Set it in the environment or remove it to have one generated.")
