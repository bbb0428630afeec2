"""The whole register as a folder that the `tinhgon` command reads, and as one archive of it."""

from __future__ import annotations

import csv
import json
import secrets
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from tinhgon.registry import codec
from tinhgon.registry.documents import write_documents
from tinhgon.registry.journal import Entry, lines_of
from tinhgon_web.apparatus.models import Geometry, JournalEntry, Person
from tinhgon_web.documents import selectors as documents
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.documents.services.filing import path_of

README = """Sổ theo dõi tổ chức bộ máy (Tinh Gọn), xuất nguyên vẹn / The register, whole

journal.jsonl      nhật ký sự kiện, mỗi dòng một sự kiện, nối bằng mã băm / the journal, an event a line, chained
documents.yaml     các văn bản được dẫn / the documents cited
geometry.geojson   ranh giới hoặc điểm của đơn vị, từ ngày `since` / outlines or points of units, from the day `since`
files.yaml, files/ tệp của văn bản, theo SHA-256 / files of documents, by SHA-256
people.csv         họ tên theo mã, chỉ khi người xuất là quản trị / names of the ids, only in an administrator's export

tinhgon verify THƯ-MỤC                                  kiểm tra / check it
tinhgon figures THƯ-MỤC --from NGÀY --to NGÀY           tính số liệu / compute figures
manage.py load_register THƯ-MỤC --people people.csv --by TÀI-KHOẢN     nạp vào sổ trống / load it into an empty register
"""
Progress = Callable[[int, int], None]
_BATCH = 2000
_A_DAY = 24 * 3600
_WHEN = (1980, 1, 1, 0, 0, 0)


def _silent(done: int, total: int) -> None:
    del done, total


def write_register(*, to: Path, people: bool, progress: Progress = _silent) -> int:
    """Write the register into an empty folder; returns how many entries. The same register gives the same bytes."""
    to.mkdir(parents=True, exist_ok=True)
    count = _write_journal(to / "journal.jsonl", progress)
    write_documents(to / "documents.yaml", documents.all_read())
    _write_geometry(to / "geometry.geojson")
    _write_files(to)
    if people:
        _write_people(to / "people.csv")
    (to / "README.txt").write_text(README, encoding="utf-8")
    return count


def _write_journal(path: Path, progress: Progress) -> int:
    rows = JournalEntry.objects.order_by("seq")
    total = rows.count()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, entry in enumerate(_entries(rows.iterator(_BATCH)), 1):
            file.write(lines_of([entry]))
            if number % _BATCH == 0:
                progress(number, total)
    progress(total, total)
    return total


def _entries(rows: Iterator[JournalEntry]) -> Iterator[Entry]:
    for row in rows:
        event = codec.from_json(row.payload)
        yield Entry(row.seq, row.recorded_at, row.by, event, row.prev_hash, row.hash)


def _write_geometry(path: Path) -> None:
    features: list[dict[str, Any]] = []
    for row in Geometry.objects.order_by("unit", "since").iterator(_BATCH):
        about: dict[str, Any] = {"unit": row.unit, "since": row.since.isoformat()}
        about |= {"synthetic": True} if row.synthetic else {}
        features.append({"type": "Feature", "properties": about, "geometry": row.shape})
    if features:
        whole = {"type": "FeatureCollection", "features": features}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_text(text + "\n", encoding="utf-8")


def _write_files(to: Path) -> None:
    listed = []
    for row in DocumentFile.objects.select_related("supersedes").order_by("document__position", "id"):
        there = path_of(row.stored)
        if not there.is_file():
            continue
        (to / "files").mkdir(exist_ok=True)
        shutil.copyfile(there, to / "files" / row.sha256)
        item = {"document": row.document_id, "name": row.name, "sha256": row.sha256}
        item |= {"added_at": row.added_at.isoformat()}
        listed.append(item | ({"supersedes": row.supersedes.sha256} if row.supersedes else {}))
    if listed:
        text = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=110)
        (to / "files.yaml").write_text(text, encoding="utf-8")


def _write_people(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["person", "name", "synthetic"])
        for row in Person.objects.order_by("id").iterator(_BATCH):
            writer.writerow([row.id, row.name, "yes" if row.synthetic else ""])


def export_register(*, people: bool, progress: Progress = _silent) -> str:
    """Write the register as an archive under the media folder; returns its opaque name. Old ones are dropped."""
    home = Path(settings.MEDIA_ROOT) / "exports"
    home.mkdir(parents=True, exist_ok=True)
    for old in home.glob("*.zip"):
        if old.stat().st_mtime < time.time() - _A_DAY:
            old.unlink(missing_ok=True)
    stored = f"exports/{secrets.token_hex(20)}.zip"
    with tempfile.TemporaryDirectory() as folder:
        write_register(to=Path(folder), people=people, progress=progress)
        pack(Path(folder), path_of(stored))
    path_of(stored).chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return stored


def pack(folder: Path, to: Path) -> None:
    """A folder as an archive; the same content gives the same bytes."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                part = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _WHEN)
                part.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(part, path.read_bytes())
