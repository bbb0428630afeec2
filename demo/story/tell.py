"""The story from beginning to end."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tinhgon.registry import folder

from . import (
    asides,
    bodies,
    claims,
    divisions,
    land,
    mistakes,
    parttime,
    places,
    services,
    sources,
    villages,
)
from .book import Book
from .places import Places, read_data


def story() -> tuple[Book, Places]:
    """Tell the whole story: baseline first, then chapter after chapter."""
    book = Book()
    sources.list_real_documents(book)
    baseline = sources.Baseline(book)
    settled = places.settle(book, baseline)
    apparatus = bodies.establish(book, baseline, settled)
    places.populate(book, baseline, settled)
    parttime.open_commune_posts(book, baseline, settled)
    pool = divisions.tell(book, apparatus)
    services.tell(book, apparatus, settled)
    cast = villages.tell(book, settled)
    parttime.tell(book, settled)
    asides.tell(book, settled, pool)
    mistakes.tell(book, settled, pool, cast)
    claims.tell(book)
    return book, settled


def write(told: tuple[Book, Places], path: Path) -> None:
    """Write journal, documents, geometry and the invented names to a folder, in place of those there."""
    book, settled = told
    (path / "journal.jsonl").unlink(missing_ok=True)
    folder.write_folder(path, book.journal(), book.papers.numbered())
    (path / "geometry.geojson").write_text(_geometry(settled), encoding="utf-8")
    _write_people(book, path.parent / "people.csv")


def _geometry(settled: Places) -> str:
    """Synthetic polygons of communes and villages, one feature a line."""
    shapes = [(commune.body.id, commune.squares) for commune in settled.communes]
    shapes += [(village.body.id, village.squares) for village in settled.villages()]
    features = [
        {
            "type": "Feature",
            "properties": {"unit": unit, "synthetic": True},
            "geometry": {"type": "Polygon", "coordinates": land.outline(squares)},
        }
        for unit, squares in shapes
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _write_people(book: Book, path: Path) -> None:
    """An invented name for every person of the journal, which itself knows nobody by name."""
    rng = book.rng("people")
    parts = read_data("names")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["person", "name", "synthetic"])
        for number in range(1, book.people + 1):
            name = " ".join(rng.choice(parts[part]) for part in ("family", "middle", "given"))
            rows.writerow([f"p-{number:06d}", name.replace("' ", "'"), "yes"])
