"""`manage.py export_register DIR`: write the whole register as a folder that the `tinhgon` command reads."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tinhgon_web.exchange.services import write_register


class Command(BaseCommand):
    """Write journal.jsonl, documents.yaml, geometry.geojson, files of documents and, if asked for, people.csv."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A new folder; with --people also the names of people."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--people", action="store_true", help="with the names of people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, unless something is there."""
        folder: Path = options["folder"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty")
        count = write_register(to=folder, people=options["people"])
        self.stdout.write(f"{count} entries written to {folder}")
