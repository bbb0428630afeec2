"""`DEMO=1 manage.py demo_portal demo/portal.yaml`: the portal of the demo, made once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tinhgon_web.portal.services.demo import make_portal


class Command(BaseCommand):
    """Make the demo's portal; again without harm."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file with the words."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, in the demo alone."""
        if not settings.DEMO:
            raise CommandError("this portal is made up, so it is made only where DEMO=1")
        self.stdout.write(f"{make_portal(path=options['path'])} articles made")
