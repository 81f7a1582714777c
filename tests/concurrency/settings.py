"""The settings of a developer over plain HTTP, but without DEBUG, which `hipfeet.wsgi` refuses."""

from hipfeet.settings import *  # noqa: F403

DEBUG = False
MAIL_AT_ONCE = False
EMAIL_TIMEOUT = 0.3
