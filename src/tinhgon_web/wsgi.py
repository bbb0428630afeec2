"""The site as a WSGI application, made ready before it is asked: a process's first answer is as quick as the next.

With `gunicorn --preload` this is done once, before the workers are forked, and they share what it made.
"""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
application = get_wsgi_application()


def _make_ready() -> None:
    from tinhgon_web.apparatus import registers
    from tinhgon_web.apparatus.bands import bands_of
    from tinhgon_web.core.asof import today

    reverse("account_login")  # reads every address and view
    with suppress(DatabaseError):  # the first page will say better what is wrong with it
        head = registers.head()
        bands_of(registers.register(head), head, today())
    connections.close_all()  # a connection is not to be shared with a fork
    gc.collect()
    gc.freeze()  # millions of lasting objects: a look for garbage among them would stop a page for seconds


_make_ready()
