"""`manage.py measure_boards`: measure today's screens of the leader ahead, so that nobody waits for the first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tinhgon_web.core.asof import today
from tinhgon_web.reports.board.ahead import measure_ahead


class Command(BaseCommand):
    """Measure and keep the screens of the whole register, its provinces and districts; again is quick."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure them."""
        self.stdout.write(f"{measure_ahead(today())} screens measured")
