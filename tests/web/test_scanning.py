"""What is told of a file by its content, and what is refused."""

from __future__ import annotations

import io
import zlib

import pytest
import uploads
from pytest_django.fixtures import Settings

from tinhgon_web.documents.scanning import UnableToAcceptFile, scan
from tinhgon_web.documents.services.filing import plain_name

GOOD = {
    "a.pdf": uploads.pdf(),
    "a.docx": uploads.docx(),
    "a.xlsx": uploads.xlsx(),
    "a.png": uploads.png(),
    "a.jpg": uploads.jpg(),
    "A.JPEG": uploads.jpg(),
}


@pytest.mark.parametrize("name", GOOD)
def test_the_allowed_types_are_told_by_their_content(name: str) -> None:
    found = scan(io.BytesIO(GOOD[name]), name)
    assert found == {"jpeg": "jpg"}.get(ending := name.lower().rpartition(".")[2], ending)


def bomb() -> bytes:
    return uploads.docx(word__media__a_DOT_xml=b"0" * 30_000_000)


def encrypted() -> bytes:
    content = bytearray(uploads.docx())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def prefixed() -> bytes:
    return b"PK\x03\x04 not a part " + uploads.docx()


BAD = {
    "empty.pdf": b"",
    "text.pdf": b"only words",
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg.png": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "program.pdf": b"MZ\x90\x00" + b"\0" * 100,
    "script.pdf": uploads.pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /JS (x) >>"),
    "launch.pdf": uploads.pdf().replace(b"/Type /Catalog", b"/Type /Catalog /Launch 9 0 R"),
    "locked.pdf": uploads.pdf().replace(b"/Root", b"/Encrypt 9 0 R /Root"),
    "cut.pdf": uploads.pdf()[:-40],
    "with-zip.pdf": uploads.pdf() + uploads.docx(),
    "after.pdf": uploads.pdf() + b"<script>alert(1)</script>",
    "html-first.pdf": b"%PDF-<html>" + uploads.pdf(),
    "after.png": uploads.png() + b"<script>",
    "with-zip.png": uploads.png() + uploads.docx(),
    "huge.png": uploads.png(100_000, 100_000),
    "broken.png": uploads.png()[:-6],
    "crc.png": uploads.png().replace(zlib.compress(b"\0\x80\x80" * 2), zlib.compress(b"\0\x80\x81" * 2)),
    "html.jpg": uploads.jpg().replace(b"JFIF\x00\x01\x01\x00\x00\x01", b"<html>\0\0\0\0"),
    "with-zip.jpg": uploads.jpg() + uploads.docx(),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "bomb.docx": bomb(),
    "macro.docx": uploads.docx(word__vbaProject_DOT_bin=b"x"),
    "macro-type.xlsx": uploads.xlsx(extra_DOT_xml="sheet.macroEnabled.main+xml"),
    "embedded.docx": uploads.docx(word__embeddings__oleObject1_DOT_bin=b"x"),
    "entities.docx": uploads.docx(word__a_DOT_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
    "template.docx": uploads.docx(
        word___rels__settings_DOT_xml_DOT_rels='<Relationship Type="x/attachedTemplate" '
        'Target="http://x" TargetMode="External"/>'
    ),
    "locked.docx": encrypted(),
    "prefixed.docx": prefixed(),
    "appended.docx": uploads.docx() + b"<script>alert(1)</script>",
    "plain.docx": uploads.archive({"a.txt": "a"}),
    "both.docx": uploads.archive({"[Content_Types].xml": "", "word/document.xml": "", "xl/workbook.xml": ""}),
    "cut.docx": uploads.docx()[:-30],
    "named-otherwise.pdf": uploads.docx(),
    "no-ending": uploads.pdf(),
    "double.pdf.exe": uploads.pdf(),
}


@pytest.mark.parametrize("name", BAD)
def test_what_could_harm_is_refused_in_both_languages(name: str) -> None:
    with pytest.raises(UnableToAcceptFile) as caught:
        scan(io.BytesIO(BAD[name]), name)
    assert caught.value.vi != caught.value.en


def test_a_file_too_large_is_refused(settings: Settings) -> None:
    settings.MOST_UPLOAD_BYTES = 100
    with pytest.raises(UnableToAcceptFile, match="larger"):
        scan(io.BytesIO(uploads.pdf()), "a.pdf")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\Quyết định.pdf", "Quyết định.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("\n\r .pdf", "tep.pdf"),
        ("x" * 500 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_names_are_kept_plain(given: str, kept: str) -> None:
    assert plain_name(given, "pdf") == kept
