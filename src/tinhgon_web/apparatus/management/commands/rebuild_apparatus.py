"""`manage.py rebuild_apparatus [--check]`: make the projection again from the journal, or compare the two."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon_web.apparatus import services

_SHOWN = 20


class Command(BaseCommand):
    """Drop the tables of units, posts and holdings and make them again, or say where they differ."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check compares and writes nothing."""
        parser.add_argument("--check", action="store_true", help="compare only; fails when they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild or compare."""
        if not options["check"]:
            self.stdout.write(f"{services.rebuild_apparatus()} rows made from the journal")
            return
        differences = services.check_apparatus()
        for difference in differences[:_SHOWN]:
            word = "missing" if difference.missing else "not in the journal"
            self.stderr.write(f"{difference.table}: {word}: {difference.row}")
        if differences:
            raise CommandError(f"the projection differs from the journal in {len(differences)} rows")
        self.stdout.write("the projection is what the journal says")
