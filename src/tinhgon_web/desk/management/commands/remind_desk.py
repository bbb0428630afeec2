"""`manage.py remind_desk`: write to moderators and owners of tickets what is due soon or late. For a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tinhgon_web.desk.services import reminding


class Command(BaseCommand):
    """Remind of comments whose clocks run out within eight hours, and of tickets due within two days."""

    help = "Write to moderators and to the owners of hotline tickets what is due soon or late."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind, and say how many were written to."""
        self.stdout.write(f"{len(reminding.remind(now=timezone.now()))} letters")
