"""`manage.py index_portal`: bring the search's index in step with articles, documents and the register."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tinhgon_web.portal.search.services import index_all


class Command(BaseCommand):
    """Index what may be found; again without harm."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what differs."""
        self.stdout.write(f"{index_all()} rows of the index changed")
