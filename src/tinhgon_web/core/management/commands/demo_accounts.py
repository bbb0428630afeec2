"""`DEMO=1 manage.py demo_accounts`: its accounts, at least one for each role, listed on the log-in page of the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tinhgon_web.core.demo import make_accounts


class Command(BaseCommand):
    """Make the accounts of the demo; again without harm."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, in the demo alone: anybody may log in with them."""
        if not settings.DEMO:
            raise CommandError("these accounts need no password, so they are made only where DEMO=1")
        self.stdout.write(f"{len(make_accounts())} accounts of the demo")
