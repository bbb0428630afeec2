"""`manage.py load_programmes FILE`: make programmes and their targets what a YAML file says; again changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon_web.work import services


class Command(BaseCommand):
    """Load programmes and targets (see demo/programmes.yaml) beside a register that is already loaded."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it; a refusal is one line."""
        try:
            made = services.load_programmes(path=options["file"])
        except (ValueError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{made} targets")
