"""What happens when an article goes out."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from wagtail.models import ReferenceIndex

from tinhgon_web.portal import figures
from tinhgon_web.portal.models import ArticlePage


def keep_references(*, page: ArticlePage) -> None:
    """Note what an article holds as soon as it is out: the library and its files wait for no worker."""
    ReferenceIndex.create_or_update_for_object(page)


def keep_numbers(*, page: ArticlePage, at: dt.datetime) -> int:
    """Keep the numbers an article goes out with, so that what later records change is told; returns how many."""
    with transaction.atomic():
        return len(figures.freeze(page, figures.codes_in(page), at))
