"""Small files of every allowed type, and ways to spoil them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile


def pdf(said: str = "Quyet dinh sap nhap thon") -> bytes:
    """A page with one line of text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({said}) Tj ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + table
    return made + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def png(width: int = 2, height: int = 2) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x80" * 2 for _ in range(2))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpg() -> bytes:
    """The segments of a picture, as far as they are looked at."""
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return (
        b"\xff\xd8"
        + app0
        + b"\xff\xc0\x00\x0b\x08\x00\x02\x00\x02\x01\x01\x11\x00"
        + b"\xff\xda"
        + b"\0" * 20
        + b"\xff\xd9"
    )


def archive(parts: dict[str, bytes | str], comment: bytes = b"") -> bytes:
    """A zip of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
        file.comment = comment
    return made.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(said: str = "Sáp nhập thôn Đắk Mẫu", **more: bytes | str) -> bytes:
    """A letter of one paragraph; `more` parts, slashes written as two underlines."""
    body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:body></w:document>'
    extra = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": body, **extra})


def xlsx(**more: bytes | str) -> bytes:
    """A workbook, as far as it is looked at."""
    extra = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **extra})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)
