"""How Rightsdesk is run: every value from the environment; see docs/settings.md."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    callers,
    database,
    env_bool,
    env_int,
    env_list,
    env_text,
    file_keys,
    pgp_keys,
)

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("DATA_DIR", str(BASE_DIR / "var")))

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_text("SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set; `make run` makes one, "
        "in production give it a long random text"
    )
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
PUBLIC_URL = env_text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", PUBLIC_URL)
BEHIND_TLS = env_bool("BEHIND_TLS", default=PUBLIC_URL.startswith("https://"))

INSTALLED_APPS = [
    # Simple: the desk is found when addresses are, so that a command starts at once.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "rest_framework",
    "subjects",
    "dsr",
    "exports",
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
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
            ]
        },
    }
]

DATABASE_URL = env_text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'rightsdesk.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Celery only wakes the workers; what is due stands in the database.
REDIS_URL = env_text("REDIS_URL", "redis://127.0.0.1:6379/0")

# How long a row stays with the worker that claimed it: if that worker dies, the
# row waits this long; if its work takes longer, a second worker begins it too.
WORK_LEASE = env_int("WORK_LEASE", 120)  # seconds

# What the controller promises, and where it keeps data about people.
POLICY_FILE = Path(
    env_text("POLICY_FILE", str(BASE_DIR / "config/policy/ipa_belgium.toml"))
)
# How long backups of the systems are kept: what was erased can be erased again.
BACKUP_DAYS = env_int("BACKUP_DAYS", 92)
SYSTEMS_FILE = Path(env_text("SYSTEMS_FILE", str(DATA_DIR / "demo/systems.toml")))

# Whose word counts on who sent a mail: our mail server's, else the mail's signature.
MAIL_AUTHSERV_ID = env_text("MAIL_AUTHSERV_ID")
DKIM_NAMESERVER = env_text("DKIM_NAMESERVER")

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("de", "Deutsch"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE_DIR / "config/locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_text("TIME_ZONE", "Europe/Brussels")

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"  # letters, originals, findings, packages; never served
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "dsr.sealed.storage.SealedStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The first seals what is stored; the others open what was sealed before.
FILES_KEYS = file_keys(env_text("FILES_KEY"), env_list("FILES_KEY_FALLBACKS"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes
UPLOAD_MAX_BYTES = env_int("UPLOAD_MAX_BYTES", 20 * 2**20)

# By default a mail is a file that a newcomer can read.
EMAIL_HOST = env_text("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=bool(EMAIL_HOST))
EMAIL_TIMEOUT = 20  # seconds
# Who is told at once that an authority writes; else the address of the policy.
DPO_ALERT_MAIL = env_text("DPO_ALERT_MAIL")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "dsr.letters.mailfiles.EmailBackend"
)

# The mailboxes that are read; spaces or lines part them, for none is in an address.
MAILBOXES = env_text("MAILBOXES").split()
# Opens what people encrypt for us; without it, such mail waits for an officer.
PGP_KEY = pgp_keys(env_text("PGP_KEY"))

# Programs that ask before they use a person's data; spaces or lines part them.
PROCESSING_CALLERS = callers(env_text("PROCESSING_CALLERS"))

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
LOGIN_URL = "admin:login"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # seconds: a working day
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.BasicAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissions"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}

# No personal data reaches a log: we log ids, and Django's own request logger
# names paths, which hold none either.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "INFO")},
}
