"""The words of a file, for search."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

MOST_LETTERS = 2_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pages(path: Path, type_: str) -> Iterator[tuple[int, int, str]]:
    """(number, of how many, text) of each page of a PDF; the whole of a DOCX as one; nothing of other types."""
    if type_ == "pdf":
        yield from _pdf(path)
    elif type_ == "docx":
        yield 1, 1, _docx(path)


def _pdf(path: Path) -> Iterator[tuple[int, int, str]]:
    import pypdf

    reader = pypdf.PdfReader(path)
    for number, page in enumerate(reader.pages, 1):
        try:
            said = page.extract_text()
        except Exception:  # whatever pypdf meets on one odd page: the others can still be read
            said = ""
        yield number, len(reader.pages), said


def _docx(path: Path) -> str:
    said: list[str] = []
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == f"{_WORD}t":
                said.append(element.text or "")
            elif element.tag in (f"{_WORD}p", f"{_WORD}tab", f"{_WORD}br"):
                said.append(" ")
                element.clear()
    return "".join(said)
