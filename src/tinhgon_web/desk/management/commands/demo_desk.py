"""`manage.py demo_desk demo/desk.yaml`: comments, tickets and views of the demo, made once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tinhgon_web.core.models import User
from tinhgon_web.desk.services.demo import make_desk


class Command(BaseCommand):
    """Make the desk of the demo; needs its accounts and portal."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The file of words."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, as the editor of the demo."""
        made = make_desk(path=options["path"], acting=User.objects.get(username="bien-tap"))
        self.stdout.write(f"{made} comments and tickets made")
