"""`manage.py load_register DIR`: load a register folder, all or nothing; again is quick and changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.maps.loading import load_geometry


class Command(BaseCommand):
    """Load a register folder (journal.jsonl, documents.yaml, geometry.geojson) into the database."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One folder; with --people also the names of the people it knows by id."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--people", type=Path, help="CSV with the columns person and name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it; a refusal is one line."""
        try:
            with transaction.atomic():
                loaded = services.load_register(path=options["folder"])
                outlines = options["folder"] / "geometry.geojson"
                if outlines.exists():
                    load_geometry(path=outlines)
                if options["people"]:
                    services.load_people(path=options["people"])
        except (ValueError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{loaded.added} entries added to {loaded.before}")
