"""What happens when an article goes out."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from tinhgon_web.portal import figures
from tinhgon_web.portal.models import ArticlePage


def keep_numbers(*, page: ArticlePage, at: dt.datetime) -> int:
    """Keep the numbers an article goes out with, so that what later records change is told; returns how many."""
    with transaction.atomic():
        return len(figures.freeze(page, figures.codes_in(page), at))
