"""All settings, read from the environment only. `.env.example` explains every variable; only `manage.py` reads a `.env`.

Safe when nothing is set: without a key or allowed hosts it does not start, and everything that
protects people is on unless DEBUG says that this is a developer's machine.
"""

import shlex
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from csp.constants import NONE, SELF
from django.http.request import validate_host
from environs import Env, validate

from hipfeet import environment

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()

TESTING = "pytest" in sys.modules


def _named(listed: list[str]) -> list[str]:
    """What stands between the commas; "a, " names one thing."""
    return [name.strip() for name in listed if name.strip()]


DEBUG: bool = env.bool("DEBUG", default=False) and not TESTING
SECRET_KEY: str = (
    "only-for-tests" if TESTING else env.str("SECRET_KEY", validate=[] if DEBUG else environment.long_key)
)
ALLOWED_HOSTS = _named(
    env.list(
        "ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [], validate=environment.host_names
    )
)
# Where the site is found: canonical addresses and the sitemap begin with it.
SITE_ORIGIN: str = env.str(
    "SITE_ORIGIN", default="", validate=environment.origin if DEBUG else environment.secure_origin
) or ("http://localhost:8000" if DEBUG or not ALLOWED_HOSTS else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
CSRF_TRUSTED_ORIGINS = _named(env.list("CSRF_TRUSTED_ORIGINS", default=[], validate=environment.origins))
_reached = SITE_ORIGIN in CSRF_TRUSTED_ORIGINS or validate_host(
    urlsplit(SITE_ORIGIN).hostname or "", ALLOWED_HOSTS
)
if ALLOWED_HOSTS and not _reached and not (DEBUG or TESTING):
    raise ValueError(
        f"SITE_ORIGIN is {SITE_ORIGIN}, but no such host is in ALLOWED_HOSTS: links in e-mails would lead nowhere. "
        "Where a proxy changes the host name, put it into CSRF_TRUSTED_ORIGINS."
    )
# Who runs this server and how to reach them, and for how many days they keep a backup: said on the privacy page.
OPERATOR_NAME: str = env.str("OPERATOR_NAME", default="").strip()
OPERATOR_EMAIL: str = env.str("OPERATOR_EMAIL", default="", validate=environment.address).strip()
BACKUP_DAYS: int = env.int("BACKUP_DAYS", default=0, validate=validate.Range(0, 3650))
# Where `manage.py backup` keeps its files, the age identity that encrypts them, and a command that takes each elsewhere.
BACKUP_FOLDER: str = env.str("BACKUP_FOLDER", default="") or str(BASE_DIR / "backups")
BACKUP_KEY: str = env.str("BACKUP_KEY", default="", validate=environment.age_identity).strip()
BACKUP_COMMAND = shlex.split(env.str("BACKUP_COMMAND", default="", validate=environment.command_line))

INSTALLED_APPS = [
    "hipfeet",
    "hipfeet.mail",
    "hipfeet.owndata",
    "exercises",
    "assessments",
    "anatomy",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
]

# Where operators find Django's admin (hipfeet/operators.py); empty: nowhere.
ADMIN_PATH: str = env.str("ADMIN_PATH", default="", validate=environment.one_word).strip("/")
if ADMIN_PATH:
    INSTALLED_APPS.append("django.contrib.admin.apps.SimpleAdminConfig")

MIDDLEWARE = [
    "hipfeet.health.HealthCheckMiddleware",
    "hipfeet.middleware.RequestLogMiddleware",
    "hipfeet.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A person's own pages; Django adds random bytes, so that their length says nothing about their content (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "hipfeet.middleware.PrivacyHeadersMiddleware",
    "accounts.sessions.RenewingSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hipfeet.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hipfeet.middleware.PlainErrorsMiddleware",
]

ROOT_URLCONF = "hipfeet.urls"
CSRF_FAILURE_VIEW = "hipfeet.views.csrf_failure"

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
                "hipfeet.context.development",
                "hipfeet.context.addresses",
                "hipfeet.context.operator",
            ],
        },
    },
]
# In the session: in a cookie of its own a page's answer would travel with every request until it is shown.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("hipfeet",)
CRISPY_TEMPLATE_PACK = "hipfeet"

# --- database -------------------------------------------------------------------------------------
_address: str = env.str(
    "DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'hipfeet.sqlite3'}", validate=environment.database
)
DATABASES = {"default": env.dj_db_url("DATABASE_URL", default=_address)}
_database = DATABASES["default"]
if _password := env.str("DATABASE_PASSWORD", default=""):
    if _address.startswith("sqlite"):
        raise ValueError("DATABASE_PASSWORD is set, but DATABASE_URL names no PostgreSQL database.")
    if _database.get("PASSWORD"):
        raise ValueError(
            "DATABASE_PASSWORD is set, and DATABASE_URL holds a password, too: leave one of them out."
        )
    _database["PASSWORD"] = _password
# Each thread keeps its connection: opening one takes longer than most pages. Asked before a page uses it whether it still
# lives, as the database may have been started again since.
_database["CONN_MAX_AGE"] = None
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a write transaction takes its lock at once and waits its turn; deferred ones fail half-way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["OPTIONS"] = {
        # A machine that vanishes says nothing, and a page would wait for hours. So it waits five seconds for a connection,
        # and then says that the database does not answer (503).
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        **_database.get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nothing but limits and codes that are taken once: in a table, so that all workers share them and nothing washes them out.
CACHES = {"default": {"BACKEND": "accounts.limits.CountedCache"}}
SESSION_ENGINE = "accounts.sessions"

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Argon2 with OWASP's parameters (accounts/hashers.py); in tests the quickest hasher there is.
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["accounts.hashers.OwaspArgon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.passwords.PasswordValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "hipfeet.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.signing_in.SignInForm",
    "signup": "accounts.signing_in.SignUpForm",
    "change_password": "accounts.signing_in.ChangePasswordForm",
    "set_password": "accounts.signing_in.SetPasswordForm",
    "reset_password": "accounts.signing_in.AskForNewPasswordForm",
    "reset_password_from_key": "accounts.signing_in.NewPasswordForm",
    "request_login_code": "accounts.signing_in.AskForCodeForm",
    "change_email": "accounts.signing_in.CorrectEmailForm",
    "add_email": "accounts.signing_in.AddEmailForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# allauth can change the address only of an account that was just made, so the page would tell whether there was one.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Long enough for a mail server that is down for some minutes.
CODE_SECONDS = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
# E-mail address, second factors: only for who has just said once more who they are.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Wrong passwords, and wrong codes of an app, by address and by account; the rest is as allauth has it.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/5m/ip,10/15m/key"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "hipfeet: "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# Passkeys, code apps and recovery codes (hipfeet/second_factors.py).
MFA_ADAPTER = "hipfeet.second_factors.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "hipfeet.second_factors.SecondStepForm",
    "reauthenticate": "hipfeet.second_factors.SecondStepAgainForm",
    "activate_totp": "hipfeet.second_factors.SetUpCodeAppForm",
    "login_webauthn": "hipfeet.second_factors.PasskeySignInForm",
    "authenticate_webauthn": "hipfeet.second_factors.PasskeySecondStepForm",
    "reauthenticate_webauthn": "hipfeet.second_factors.PasskeyAgainForm",
    "add_webauthn": "hipfeet.second_factors.AddPasskeyForm",
}
# The clock of a phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "hipfeet"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0, validate=validate.Range(0, 9))

# --- e-mail: printed in the terminal in development ------------------------------------------------
env.str("EMAIL_URL", default="", validate=environment.mail_server)
_email = env.dj_email_url("EMAIL_URL", default="console:" if DEBUG else "smtp://localhost:25")
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _email["EMAIL_FILE_PATH"]
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
# Seconds a mail server may take for each answer.
EMAIL_TIMEOUT: float = 5
# E-mails wait for `manage.py deliver`; where they only go to the terminal, they go there at once.
MAIL_AT_ONCE = DEBUG or TESTING
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="hipfeet <hello@localhost>", validate=environment.sender
)

# --- words and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True

# --- static files ----------------------------------------------------------------------------------
STATIC_URL = "static/"
# In development and tests files are served where they lie; production collects them first.
STATIC_ROOT = None if DEBUG or TESTING else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "hipfeet.static_files.HashedFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False


def WHITENOISE_ADD_HEADERS_FUNCTION(headers: Headers, path: str, url: str) -> None:  # noqa: N802, ARG001  (WhiteNoise's)
    """Files are for this site's pages, as pages are (`PrivacyHeadersMiddleware`)."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


# --- protection ------------------------------------------------------------------------------------
_https = not DEBUG and not TESTING
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=_https)
SECURE_HSTS_SECONDS: int = env.int(
    "SECURE_HSTS_SECONDS", default=31_536_000 if _https else 0, validate=validate.Range(min=0)
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
# Only behind a proxy that sets this header itself; compose.yaml's does.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
# Cookies named __Host- need HTTPS, so development uses other names.
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 24 * 60 * 60

# --- log: names of pages and errors, never addresses or what a person answered ------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
        if DEBUG
        else {"()": "hipfeet.log.JsonLine"}
    },
    "filters": {"names": {"()": "hipfeet.log.NamesNotAddresses"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["names"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # What happens with accounts (accounts/events.py).
        "hipfeet.security": {"level": "INFO"},
        # One line a request; a developer's server prints its own.
        "hipfeet.requests": {"level": "WARNING" if DEBUG or TESTING else "INFO"},
    },
}
# Where errors are reported, without anything of the person (hipfeet/errors.py). Default: in the log only.
SENTRY_DSN: str = env.str("SENTRY_DSN", default="", validate=environment.error_server).strip()
