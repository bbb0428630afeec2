"""The site as a WSGI application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
application = get_wsgi_application()
# Reads every address and view now: a process's first request is as quick as the next.
reverse("account_login")
