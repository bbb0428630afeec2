"""Files of documents: checked, kept under opaque names, never changed."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from tinhgon import text
from tinhgon.refusal import Refusal
from tinhgon_web.core import audit, jobs
from tinhgon_web.core.models import User
from tinhgon_web.documents import scanning, texts
from tinhgon_web.documents.models import Document, DocumentFile

_READABLE = ("pdf", "docx")


class UnableToAttach(Refusal, ValueError):
    """A file cannot be attached: it is there already, or what it is to supersede is not the latest version."""


def attach(
    *, acting: User, document: Document, upload: UploadedFile, supersedes: DocumentFile | None = None
) -> DocumentFile:
    """Attach a file, by itself or as the next version of another; its words are read by a job.

    Raises:
        UnableToAcceptFile: its content is not allowed.
        UnableToAttach: the document has this very file, or `supersedes` already has a next version.
    """
    assert upload.file is not None
    type_ = scanning.scan(upload.file, upload.name or "")
    digest = _digest(upload)
    _check(document, digest, supersedes)
    twin = DocumentFile.objects.filter(sha256=digest).first()
    stored = twin.stored if twin else keep(upload)
    with transaction.atomic():
        made = DocumentFile.objects.create(
            document=document,
            name=plain_name(upload.name or "", type_),
            type=type_,
            size=upload.size or 0,
            sha256=digest,
            stored=stored,
            added_by=acting,
            added_at=timezone.now(),
            supersedes=supersedes,
            read=DocumentFile.Read.WAITING if type_ in _READABLE else DocumentFile.Read.NOTHING,
        )
        after = {"document": document.id, "name": made.name, "sha256": digest}
        audit.write(acting=acting, verb="attach", what=made, after=after, place=document.place)
        if made.type in _READABLE:
            jobs.start("documents.text", acting, place=document.place, file=made.pk)
    return made


def read_words(*, file: int, progress: Callable[[int, int], None]) -> int:
    """Read the words of a file into its row; returns how many letters."""
    row = DocumentFile.objects.get(pk=file)
    said: list[str] = []
    state = DocumentFile.Read.DONE
    try:
        for number, of, page in texts.pages(path_of(row.stored), row.type):
            said.append(page)
            progress(number, of)
            if sum(map(len, said)) > texts.MOST_LETTERS:
                break
    except jobs.Stopped:
        raise
    except Exception:  # a file its library cannot read is still a file of the document
        state = DocumentFile.Read.FAILED
    whole = "\n".join(said).replace("\0", "")[: texts.MOST_LETTERS]
    if state == DocumentFile.Read.DONE and not whole.strip():
        state = DocumentFile.Read.NOTHING
    row.read, row.folded = state, text.fold(whole)
    row.save(update_fields=["read", "folded"])
    return len(whole)


def keep(upload: UploadedFile) -> str:
    """Put a file under the media folder; returns its opaque name."""
    token = secrets.token_hex(20)
    stored = f"{token[:2]}/{token}"
    path = path_of(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return stored


def path_of(stored: str) -> Path:
    """Where a file is."""
    return Path(settings.MEDIA_ROOT) / stored


def plain_name(name: str, type_: str) -> str:
    """A name without folders, invisible marks or endless length, ending as its type does."""
    stem = Path(name.replace("\\", "/")).stem
    visible = "".join(char for char in stem if unicodedata.category(char)[0] != "C")
    cleaned = re.sub(r"\s+", " ", unicodedata.normalize("NFC", visible)).strip(" .")[:150]
    return f"{cleaned or 'tep'}.{type_}"


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _check(document: Document, digest: str, supersedes: DocumentFile | None) -> None:
    there = DocumentFile.objects.filter(document=document, sha256=digest).first()
    if there is not None:
        raise UnableToAttach(
            f"văn bản đã có đúng tệp này ('{there.name}', thêm ngày {there.added_at:%d/%m/%Y})",
            f"the document has this very file ('{there.name}', added on {there.added_at:%d/%m/%Y})",
        )
    if supersedes is None:
        return
    if supersedes.document_id != document.id or DocumentFile.objects.filter(supersedes=supersedes).exists():
        raise UnableToAttach(
            f"'{supersedes.name}' không phải bản mới nhất của văn bản này; hãy tải lại trang",
            f"'{supersedes.name}' is not the latest version of a file of this document; load the page again",
        )
