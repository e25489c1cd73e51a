"""Settings, all read from the environment. `.env.example` documents every name."""

import tomllib
from pathlib import Path
from typing import Any

import dj_database_url
import platformdirs
from celery.schedules import crontab
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from content.languages import LANGUAGES as TABLE
from eduengine import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("EDUENGINE_VAR", BASE_DIR / "var")

DEBUG = env.flag("EDUENGINE_DEBUG")
SECRET_KEY = env.text("EDUENGINE_SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "EDUENGINE_SECRET_KEY is not set. `make demo` makes one; for your own deployment see .env.example."
    )
ALLOWED_HOSTS = env.words("EDUENGINE_HOSTS", ("localhost", "127.0.0.1"))
CSRF_TRUSTED_ORIGINS = env.words("EDUENGINE_ORIGINS")
PUBLIC_URL = env.url("EDUENGINE_PUBLIC_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "content",
]
MIDDLEWARE = [
    "content.operation.requests.Numbered",
    "content.operation.metrics.Timed",
    "content.operation.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "content.desk.entrance.StaffLanguage",
    "content.desk.entrance.SecondFactor",
]
ROOT_URLCONF = "eduengine.urls"
WSGI_APPLICATION = "eduengine.wsgi.application"
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
                "content.portal.context.clinic",
            ]
        },
    },
    {  # the long tables of the desk: `content/desk/rendering.py` says why
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "OPTIONS": {"environment": "content.desk.rendering.environment"},
    },
]

# --- database, cache, broker --------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        env.text("EDUENGINE_DATABASE_URL", f"sqlite:///{VAR_DIR / 'eduengine.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one process writes; IMMEDIATE takes the write lock at the start
    # of a transaction, where waiting helps, and not half way, where SQLite can only fail.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
    }
# Counts of failed sign-ins stand where every web process sees them and no restart forgets them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "content.User"

REDIS_URL = env.url("EDUENGINE_REDIS_URL", "redis://localhost:6379/0", ("redis", "rediss", "unix"))
# Counts of the machine doors' rate limits: shared by every web process where Redis answers, of one
# process where it does not (see content.infobutton.limits).
CACHES["rates"] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": "rates",
    "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 0.3},
}
CACHES["rates-of-the-process"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "rates",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
# Requests a minute; 0: no limit. MedlinePlus Connect allows an address 100.
RATE_PER_ADDRESS = env.integer("EDUENGINE_RATE_PER_ADDRESS", 100)
RATE_PER_TOKEN = env.integer("EDUENGINE_RATE_PER_TOKEN", 600)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A web request that nudges the queue must not hang when Redis is away: the row already waits.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "visibility_timeout": 3600,
    # Left to itself, kombu tries three times within 6 seconds.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "render"
# The lower the priority, the sooner, whatever the queue: `sweep`, which puts back what dead workers held,
# passes all that waits; then come files that someone may wait for; what is read back comes last.
CELERY_TASK_ROUTES = {
    "content.tasks.draft": {"queue": "llm", "priority": 6},
    "content.tasks.translate": {"queue": "mt", "priority": 6},
    "content.tasks.read_back": {"queue": "mt", "priority": 9},
    "content.tasks.publish": {"queue": "render", "priority": 6},
    "make_print": {"queue": "render", "priority": 3},
    "make_bundle": {"queue": "render", "priority": 3},
    "content.tasks.sweep": {"queue": "render", "priority": 0},
    "content.tasks.daily": {"queue": "render", "priority": 6},
    "content.tasks.forget": {"queue": "render", "priority": 6},
}
# How long a worker may be silent about a row before another one takes it over.
LEASE_SECONDS = env.integer("EDUENGINE_LEASE_SECONDS", 180)
# How long a message about a row is good for; then the row is sent again.
MESSAGE_SECONDS = 600
CELERY_BEAT_SCHEDULE = {
    # Often enough that a dead worker's row waits less than two leases.
    "sweep": {"task": "content.tasks.sweep", "schedule": min(30.0, LEASE_SECONDS / 4)},
    "daily": {"task": "content.tasks.daily", "schedule": crontab(hour=6, minute=0)},
    "forget": {"task": "content.tasks.forget", "schedule": crontab(hour=3, minute=30)},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- what is kept, in days; 0: for ever ---------------------------------------------------------

# The record, approved texts and publications are never deleted. See `services.forgetting`.
KEEP = {
    "notices": env.integer("EDUENGINE_KEEP_NOTICES", 365),
    "comments": env.integer("EDUENGINE_KEEP_COMMENTS", 365),
    "counts": env.integer("EDUENGINE_KEEP_COUNTS", 1095),
    "bundles": env.integer("EDUENGINE_KEEP_BUNDLES", 7),
    "orders": env.integer("EDUENGINE_KEEP_ORDERS", 365),
    "prints": env.integer("EDUENGINE_KEEP_PRINTS", 30),
    "drafts": env.integer("EDUENGINE_KEEP_DRAFTS", 365),
}

# --- engines ------------------------------------------------------------------------------------

EDUENGINE_CACHE = env.folder("EDUENGINE_CACHE", Path(platformdirs.user_cache_dir("eduengine")))
LLM_URL = env.url("EDUENGINE_LLM_URL")
LLM_MODEL = env.text("EDUENGINE_LLM_MODEL", "local")
LLM_KEY = env.text("EDUENGINE_LLM_KEY")
LLM_TIMEOUT = env.integer("EDUENGINE_LLM_TIMEOUT", 120)
LLM_SLOTS = env.integer("EDUENGINE_LLM_SLOTS", 4)
LLM_UNIT = env.choice("EDUENGINE_LLM_UNIT", ("statement", "section"))
LLM_GGUF = env.text("EDUENGINE_LLM_GGUF")
NLLB = env.text("EDUENGINE_NLLB")
NLLB_LICENCE_ACCEPTED = env.flag("EDUENGINE_NLLB_LICENCE_ACCEPTED")
NLLB_PRUNED = env.flag("EDUENGINE_NLLB_PRUNED")
TRANSLATORS = env.words("EDUENGINE_TRANSLATORS")
OFFLINE_PORTUGUESE = env.flag("EDUENGINE_OFFLINE_PORTUGUESE", default=True)
TRANSLATOR_THREADS = env.integer("EDUENGINE_TRANSLATOR_THREADS", 2)
# What one PDF may take before it is given up; the time is less than a lease.
RENDER_SECONDS = env.integer("EDUENGINE_RENDER_SECONDS", 120)
RENDER_MEGABYTES = env.integer("EDUENGINE_RENDER_MEGABYTES", 1024)

# --- people and pages ---------------------------------------------------------------------------

CLINIC_NAME = env.text("EDUENGINE_CLINIC_NAME", "Your Community Clinic")
CLINIC_PHONE = env.text("EDUENGINE_CLINIC_PHONE")

# Without a mail server, mails are printed by the worker.
EMAIL_HOST = env.text("EDUENGINE_MAIL_HOST")
EMAIL_PORT = env.integer("EDUENGINE_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EDUENGINE_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EDUENGINE_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EDUENGINE_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("EDUENGINE_MAIL_FROM", "handouts@localhost")

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
# A working day: whoever leaves a desk open in a clinic is signed out by the next.
SESSION_COOKIE_AGE = 3600 * env.integer("EDUENGINE_SESSION_HOURS", 12)
STAFF_ENTRANCE = "/account/"  # where the pages of an account stand
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("desk:home")
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "content.desk.entrance.AccountAdapter"
ACCOUNT_FORMS = {"login": "content.desk.entrance.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]  # nobody signs up: see the adapter
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (  # by the same rule as the links of invitations
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
)
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reaches its person by mail or not at all
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its person
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE, not as long as a browser stays open
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
MFA_ADAPTER = "content.desk.entrance.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = CLINIC_NAME
SECOND_FACTOR_REQUIRED = env.flag("EDUENGINE_SECOND_FACTOR", default=True)
# How many proxies of ours stand before the web server: whose word on the address of a visitor counts.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("EDUENGINE_PROXIES", 0)

LANGUAGE_CODE = "en"
LANGUAGES = [(language.code.lower(), language.endonym) for language in TABLE]
# Django does not know every language that patients read (Haitian Creole, Dari, Tigrinya, ...).
for _language in TABLE:
    LANG_INFO.setdefault(
        _language.code.lower(),
        {
            "bidi": _language.is_rtl,
            "code": _language.code.lower(),
            "name": _language.name,
            "name_local": _language.endonym,
        },
    )
# `packages` holds words of Django, its theme and allauth that they leave in English.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
# What staff can work in: the languages with a whole catalogue.
STAFF_LANGUAGES = ("en", "es", "pt-br", "fr", "zh-hans", "ar", "vi", "ru", "ht", "ko", "tl")
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("EDUENGINE_TIME_ZONE", "UTC")
CELERY_TIMEZONE = TIME_ZONE  # what is done daily is done in the morning of the house

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = env.folder("EDUENGINE_MEDIA", VAR_DIR / "media")
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := env.text("EDUENGINE_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "eduengine.storage.ObjectStore",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.url("EDUENGINE_S3_URL") or None,  # empty: Amazon's
            "region_name": env.text("EDUENGINE_S3_REGION") or None,
            "access_key": env.text("EDUENGINE_S3_KEY") or None,  # empty: the machine's own role
            "secret_key": env.text("EDUENGINE_S3_SECRET") or None,
        },
    }
# A pasted source may be large, but a 5 MB paste is a mistake: refused with a message by the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- security -----------------------------------------------------------------------------------

HTTPS = env.flag("EDUENGINE_HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Who may read /metrics; without a key there is no such page.
METRICS_KEY = env.text("EDUENGINE_METRICS_KEY")
# Where spans go (OpenTelemetry, OTLP over HTTP); empty: none are made.
OTLP_ENDPOINT = env.url("EDUENGINE_OTLP_ENDPOINT")
# Lines for people, or JSON for a collector. Neither holds words of a handout or an address.
LOG_FORM = env.choice("EDUENGINE_LOG_FORM", ("line", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "content.operation.requests.Number"}},
    "formatters": {
        "line": {
            "()": "content.operation.logs.Line",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        },
        "json": {
            "()": "content.operation.logs.Json",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler", "formatter": LOG_FORM, "filters": ["request"],
        }
    },
    "loggers": {
        name: {"level": "WARNING"} for name in ("pikepdf", "fontTools", "weasyprint", "httpx2")
    },
    "root": {"handlers": ["console"], "level": env.text("EDUENGINE_LOG_LEVEL", "INFO")},
}  # fmt: skip

UNFOLD = {
    "SITE_TITLE": "eduengine",
    "SITE_HEADER": "eduengine",
    "SITE_SUBHEADER": CLINIC_NAME,
    "SITE_SYMBOL": "health_and_safety",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "COLORS": {
        "primary": {
            "50": "#eef6fa", "100": "#d6e9f2", "200": "#aed3e5", "300": "#7bb7d3", "400": "#4495b9",
            "500": "#1f779f", "600": "#0b5c80", "700": "#0b4f6c", "800": "#0c4259", "900": "#0d384b",
            "950": "#072431",
        }
    },
    "STYLES": ["content.desk.navigation.without_scripts", "content.desk.navigation.frame"],
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {
        "navigation": "content.desk.navigation.staff_languages",
        "action": reverse_lazy("desk:language"),
    },
    "ACCOUNT": {"navigation": "content.desk.navigation.account_links"},
    "SIDEBAR": {"show_search": False, "navigation": "content.desk.navigation.sidebar"},
}  # fmt: skip
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
