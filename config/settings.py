"""The one settings file. The environment switches parts; every default is safe.

Three ways to run: the demo (`GOLIVE_DEMO=1`, or nothing set at all), the test suite, and
production, which refuses to start until it has everything `config.environment.missing` asks for.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from kombu import Queue

from config import environment
from config.beat import EVERY
from config.logging import log_settings

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
GOLIVE_DEMO = environment.flag("GOLIVE_DEMO") and not TESTING
# Everybody's password in the demo, and nowhere else.
GOLIVE_DEMO_PASSWORD = "oak-elm-willow-26" if GOLIVE_DEMO else ""
DEBUG = environment.flag("DEBUG") and not TESTING
PRODUCTION = not (TESTING or GOLIVE_DEMO or DEBUG)
GOLIVE_MISSING = environment.missing(os.environ) if PRODUCTION else []

# ── where things are ─────────────────────────────────────────────────────────────────────────────
# Originals of photos lie in GOLIVE_DATA_DIR/private and are only ever served by a view that asks.
GOLIVE_DATA_DIR = environment.data_dir(BASE_DIR, passing=TESTING)
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# Where nginx hands photos over for us (X-Accel-Redirect, an internal location); empty: we do it.
GOLIVE_ACCEL_PREFIX = os.environ.get("GOLIVE_ACCEL_PREFIX", "")

# ── secrets ──────────────────────────────────────────────────────────────────────────────────────
SECRET_KEY = environment.signing_key(GOLIVE_DATA_DIR, demo=GOLIVE_DEMO or DEBUG, passing=TESTING)
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")
GOLIVE_SECRET_KEYS = environment.secret_keys(
    GOLIVE_DATA_DIR, demo=GOLIVE_DEMO or DEBUG, passing=TESTING
)

# ── who may knock ────────────────────────────────────────────────────────────────────────────────
ALLOWED_HOSTS = environment.listed("ALLOWED_HOSTS") or (
    [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")
# How many proxies of ours stand in front: so many entries of X-Forwarded-For are believed.
GOLIVE_PROXIES = int(os.environ.get("GOLIVE_PROXIES", "0"))
if GOLIVE_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── the rooms ────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "config",
    "audit",
    "schools",
    "policy",
    "consents",
    "posts",
    "approvals",
    "publishing",
    "cases",
    "config.admin_site.AdminAsEverywhere",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "bs_icon_templates",
]
MIDDLEWARE = [
    "config.middleware.RealAddress",
    "config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivateByDefault",
    "config.middleware.KeepableText",
    "config.pressed.OnlyPressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.PolicyInForce",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schools.navigation.navigation",
                "policy.confirming.context",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6's default, today

# ── data ─────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""), GOLIVE_DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = GOLIVE_DATA_DIR / "private"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

# ── language and time ────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# ── signing in ───────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "schools.backends.WhoIsHere",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "schools:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "schools:sign_in"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "schools/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429

# ── sessions and cookies ─────────────────────────────────────────────────────────────────────────
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds: a school day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-golive"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# ── what a browser may do ────────────────────────────────────────────────────────────────────────
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

# ── static files ─────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
STATIC_ROOT = (
    BASE_DIR / "staticfiles" if PRODUCTION else environment.made(GOLIVE_DATA_DIR / "static")
)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # every test client is a server of its own
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
_mail = environment.mail(os.environ.get("EMAIL_URL", ""), GOLIVE_DATA_DIR)
globals().update(_mail)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "GoLive <golive@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ── background work ──────────────────────────────────────────────────────────────────────────────
# The database is the queue: no task carries an ETA, and a lost broker costs seconds, never a post.
_redis = os.environ.get("REDIS_URL", "")
CELERY_BROKER_URL = _redis or "memory://"
# A task not answered for by then is handed out again: longer than any task's own hard limit.
GOLIVE_BROKER_PATIENCE = 900  # seconds
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {
        "visibility_timeout": GOLIVE_BROKER_PATIENCE,
        "global_keyprefix": os.environ.get("REDIS_PREFIX", "golive:"),
    }
    if _redis
    else {"polling_interval": 0.2}
)
# Four lines to wait in, so that a big file or a slow website never holds up the sweep, a take-down
# or a mail, and the networks that look at photos are loaded once. A worker that is not told
# otherwise (-Q) serves all four.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("sending"), Queue("background"), Queue("looking")]
CELERY_TASK_ROUTES = {
    "posts.spot": {"queue": "looking"},
    "publishing.send": {"queue": "sending"},
    "posts.*": {"queue": "background"},
    "consents.run_imports": {"queue": "background"},
    "consents.write_to_parents": {"queue": "sending"},
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 90  # seconds; a pool of threads ignores both limits
CELERY_TASK_TIME_LIMIT = 120
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(GOLIVE_DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds * 2}}
    for task, seconds in EVERY.items()
}
# How long a worker may take over one delivery: longer than every time limit together.
GOLIVE_LEASE_SECONDS = int(os.environ.get("GOLIVE_LEASE_SECONDS", "300"))
# A website on this very machine may be published to while developing and in tests, never for real.
GOLIVE_ALLOW_LOOPBACK_PLATFORMS = not PRODUCTION and (
    TESTING or environment.flag("GOLIVE_ALLOW_LOOPBACK_PLATFORMS")
)
GOLIVE_SWEEP_LATE_AFTER = 60  # seconds without a sweep until /readyz says no

# How long a parent's personal link opens.
GOLIVE_LINK_DAYS = int(os.environ.get("GOLIVE_LINK_DAYS", "400"))

# ── logs: ids, never names ───────────────────────────────────────────────────────────────────────
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = log_settings(json=PRODUCTION, level=os.environ.get("LOG_LEVEL", "INFO"))
