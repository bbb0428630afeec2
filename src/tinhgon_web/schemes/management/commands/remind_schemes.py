"""`manage.py remind_schemes`: remind whoever holds a step that is due or overdue. For a timer, every morning."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tinhgon_web.core import asof
from tinhgon_web.schemes import services


class Command(BaseCommand):
    """Remind of steps that wait; each step is reminded of once before its limit and once after."""

    help = "Remind whoever holds a step of a scheme that is due within three days or overdue."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind, and say of how many steps."""
        self.stdout.write(f"{len(services.remind(on=asof.today()))} steps reminded of")
