"""The site's settings with django-simple-history beside it, on a database of its own (BENCH_DATABASE)."""

from __future__ import annotations

import os

from tinhgon_web.settings import *  # noqa: F403  # a site's settings, extended
from tinhgon_web.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "simple_history",
    "bench.tracked",
]
DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
SIMPLE_HISTORY_DATE_INDEX = False  # of its three settings the quickest for this read
