"""A register folder, or an archive of one, into a register that is still empty."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import yaml
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tinhgon.refusal import Refusal
from tinhgon_web.apparatus.maps.loading import load_geometry
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.apparatus.services import load_people, load_register
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents import scanning
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.documents.services.filing import keep, path_of, plain_name

_MIB = 1 << 20
MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 1024 * _MIB, 20_000, 200
_PARTS = re.compile(
    r"(journal\.jsonl|documents\.yaml|geometry\.geojson|people\.csv|files\.yaml|README\.txt|files/[0-9a-f]{64})"
)


class UnableToLoadArchive(Refusal, ValueError):
    """The archive is no exported register, or the register is not empty."""


def keep_archive(*, acting: User, upload: UploadedFile) -> str:
    """Keep an archive for a job to load; returns its opaque name.

    Raises:
        UnableToLoadArchive: it holds anything but the parts of a register, or unpacks too far.
    """
    check_empty()
    assert upload.file is not None
    check_archive(upload.file)
    with transaction.atomic():
        stored = keep(upload)
        audit.write(acting=acting, verb="upload", what=("register", stored), after={"name": upload.name})
    return stored


def check_empty() -> None:
    """Only an empty register takes a whole one in.

    Raises:
        UnableToLoadArchive: there is an entry already.
    """
    if JournalEntry.objects.exists():
        raise UnableToLoadArchive(
            "sổ đã có dữ liệu; chỉ nạp được vào sổ trống (cơ sở dữ liệu mới)",
            "the register holds entries; a whole one is loaded only into an empty one (a new database)",
        )


def check_archive(file: Any) -> None:
    """An archive of a register holds its parts, by their names, and unpacks to a sensible size.

    Raises:
        UnableToLoadArchive: with the reason.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
        raise UnableToLoadArchive("không phải tệp .zip", "this is no .zip archive") from error
    strange = next((part.filename for part in parts if not _PARTS.fullmatch(part.filename)), None)
    if strange is not None:
        raise UnableToLoadArchive(
            f"tệp lạ trong gói: {strange[:80]!r}", f"the archive holds a strange part: {strange[:80]!r}"
        )
    names = [part.filename for part in parts]
    if "journal.jsonl" not in names or len(set(names)) != len(names):
        raise UnableToLoadArchive(
            "gói không có journal.jsonl", "the archive has no journal.jsonl, or a part twice"
        )
    bomb = any(part.file_size > _MIB and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if bomb or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnableToLoadArchive("gói bung ra quá lớn", "the archive unpacks too far")


def load_archive(*, acting: User, stored: str) -> int:
    """Load a kept archive, all or nothing; it is dropped afterwards. Returns how many entries.

    Raises:
        UnableToLoadArchive and the refusals of the folder's own readers.
    """
    path = path_of(stored)
    try:
        with tempfile.TemporaryDirectory() as folder:
            with path.open("rb") as file:
                check_archive(file)
            _unpack(path, Path(folder))
            return load_folder(acting=acting, path=Path(folder))
    finally:
        path.unlink(missing_ok=True)


def _unpack(path: Path, to: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                into = to / part.filename
                into.parent.mkdir(exist_ok=True)
                with archive.open(part) as packed, into.open("xb") as file:
                    shutil.copyfileobj(packed, file, 1 << 16)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        raise UnableToLoadArchive("gói bị hỏng", "the archive is damaged") from error


def load_folder(*, acting: User, path: Path) -> int:
    """Load an exported folder into the empty register, all or nothing; returns how many entries."""
    try:
        with _files_only_if_all() as made:
            check_empty()
            loaded = load_register(path=path)
            if (path / "geometry.geojson").exists():
                load_geometry(path=path / "geometry.geojson")
            if (path / "people.csv").exists():
                load_people(path=path / "people.csv")
            _load_files(acting, path, made)
            audit.write(acting=acting, verb="load", what=("register", "*"), after={"entries": loaded.added})
    except (ValueError, OSError) as error:
        if isinstance(error, Refusal):
            raise
        raise UnableToLoadArchive(str(error), str(error)) from error
    return loaded.added


def load_files(*, acting: User, path: Path) -> int:
    """Load the documents' files that an exported folder lists, all or nothing; those held already stay as they are.

    Returns how many were new.

    Raises:
        UnableToLoadArchive, UnableToAcceptFile: a file is missing, is not what the list says, or could do harm.
    """
    with _files_only_if_all() as made:
        added = _load_files(acting, path, made)
        if added:
            audit.write(acting=acting, verb="load", what=("register", "files"), after={"files": added})
    return added


def lacks_files(*, path: Path) -> bool:
    """Whether a folder lists files of documents that are not held yet."""
    held = set(DocumentFile.objects.values_list("document_id", "sha256"))
    return any((item.document, item.sha256) not in held for item in _listed(path / "files.yaml"))


@contextmanager
def _files_only_if_all() -> Iterator[list[str]]:
    """A transaction with the names of files kept in it, which go when it fails."""
    made: list[str] = []
    try:
        with transaction.atomic():
            yield made
    except BaseException:
        for stored in made:
            path_of(stored).unlink(missing_ok=True)
        raise


@attrs.frozen(slots=True)
class _Listed:
    document: str
    name: str
    sha256: str
    added_at: str
    supersedes: str = ""


def _listed(path: Path) -> Iterator[_Listed]:
    if not path.exists():
        return
    try:
        for item in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            yield _Listed(**item)
    except (TypeError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnableToLoadArchive(f"files.yaml: {error}", f"files.yaml: {error}") from error


def _load_files(acting: User, path: Path, made: list[str]) -> int:
    rows = {(row.document_id, row.sha256): row for row in DocumentFile.objects.all()}
    kept = {row.sha256: row.stored for row in rows.values()}
    before = len(rows)
    for item in _listed(path / "files.yaml"):
        if (item.document, item.sha256) in rows:
            continue
        file = path / "files" / item.sha256
        if not re.fullmatch(r"[0-9a-f]{64}", item.sha256) or not file.is_file():
            raise UnableToLoadArchive(f"thiếu tệp {item.name}", f"the file {item.name} is missing")
        if hashlib.sha256(file.read_bytes()).hexdigest() != item.sha256:
            raise UnableToLoadArchive(
                f"tệp {item.name} không khớp mã băm", f"{item.name} does not match its hash"
            )
        with file.open("rb") as opened:
            type_ = scanning.scan(opened, item.name)
            if item.sha256 not in kept:
                opened.seek(0)
                kept[item.sha256] = keep(UploadedFile(File(opened), item.name))
                made.append(kept[item.sha256])
        rows[item.document, item.sha256] = DocumentFile.objects.create(
            document_id=item.document,
            name=plain_name(item.name, type_),
            type=type_,
            size=file.stat().st_size,
            sha256=item.sha256,
            stored=kept[item.sha256],
            added_by=acting,
            added_at=dt.datetime.fromisoformat(item.added_at),
            supersedes=rows.get((item.document, item.supersedes)),
        )
    return len(rows) - before
