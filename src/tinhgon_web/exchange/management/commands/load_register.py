"""`manage.py load_register DIR`: load a register folder, all or nothing; again is quick and changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tinhgon_web.apparatus import services
from tinhgon_web.apparatus.maps.loading import load_geometry
from tinhgon_web.core.models import User
from tinhgon_web.exchange.services.loading import lacks_files, load_files


class Command(BaseCommand):
    """Load a register folder (journal.jsonl, documents.yaml, geometry.geojson, files.yaml) into the database."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One folder; with --people also the names of the people it knows by id, with --by the documents' files."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--people", type=Path, help="CSV with the columns person and name")
        parser.add_argument(
            "--by", help="the account that adds the documents' files, where the folder has any"
        )

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
                files = _load_files(options["folder"], options["by"])
        except (ValueError, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        told = f", and {files} files" if files else ""
        self.stdout.write(f"{loaded.added} entries added to {loaded.before}{told}")


def _load_files(folder: Path, by: str | None) -> int:
    if not lacks_files(path=folder):
        return 0
    acting = User.objects.filter(username=by).first()
    if acting is None:
        raise CommandError("the folder holds files of documents: name the account that adds them with --by")
    return load_files(acting=acting, path=folder)
