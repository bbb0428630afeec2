"""Making files of the register's documents public, and taking them back; the words of files that articles hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile

import pypdf
from django.db import transaction
from django.utils import timezone
from wagtail.documents.models import Document

from tinhgon import text
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.documents import texts
from tinhgon_web.documents.models import DocumentFile
from tinhgon_web.portal.models import PaperWords, PublicPaper


def open_paper(*, acting: User, file: DocumentFile) -> PublicPaper:
    """Make a file public; again without harm."""
    with transaction.atomic():
        row, made = PublicPaper.objects.get_or_create(
            file=file, defaults={"published_by": acting, "published_at": timezone.now()}
        )
        if made:
            audit.write(acting=acting, verb="publish", what=file, after={"public": True})
    return row


def close_paper(*, acting: User, file: DocumentFile) -> None:
    """Take a file back inside."""
    with transaction.atomic():
        gone, _ = PublicPaper.objects.filter(file=file).delete()
        if gone:
            audit.write(acting=acting, verb="publish", what=file, after={"public": False})


def read_paper(*, paper: int, progress: Callable[[int, int], None]) -> int:
    """Keep the words of a PDF or DOCX that articles may hold (else none); returns how many letters."""
    row = Document.objects.get(pk=paper)
    said: list[str] = []
    for number, of, page in _pages(Path(row.file.path), row.file_extension.lower()):
        said.append(page)
        progress(number, of)
    folded = text.fold(" ".join(said).replace("\0", " "))[: texts.MOST_LETTERS]
    PaperWords.objects.update_or_create(paper=row, defaults={"folded": folded})
    return len(folded)


def _pages(path: Path, type_: str) -> Iterator[tuple[int, int, str]]:
    try:
        yield from texts.pages(path, type_)
    except (pypdf.errors.PyPdfError, BadZipFile, KeyError, ElementTree.ParseError, ValueError):
        return  # a file its library cannot read is still a file to take along
