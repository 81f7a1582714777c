"""The WSGI entry point gunicorn serves. It serves people, so settings meant only for a developer do not start."""

import os

from django.core.wsgi import get_wsgi_application

from hipfeet.environment import require_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfeet.settings")

require_settings(to_serve=True)

application = get_wsgi_application()
