"""What an uploaded file really is, told by its content; whatever could harm its reader is refused.

Nothing is unpacked further than the limits below, and nothing of the file is run.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

import filetype
from django.conf import settings

from tinhgon.refusal import Refusal

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_ENDINGS = {"jpeg": "jpg"}
_MIB = 1 << 20
MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 200 * _MIB, 3000, 200
MOST_PIXELS = 120_000_000
_MAIN_PART = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)
_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
_ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|macrosheets/|activeX/|embeddings/", re.IGNORECASE)
_OUTSIDE = re.compile(
    rb"<Relationship\b[^>]*(?:attachedTemplate|oleObject|externalLink|frame)[^>]*External", re.I
)


class UnableToAcceptFile(Refusal, ValueError):
    """A file is not of an allowed type, or could harm whoever opens it."""


def _refusal(vi: str, en: str) -> UnableToAcceptFile:
    return UnableToAcceptFile(vi, en)


def scan(file: IO[bytes], name: str) -> str:
    """The type of a file ("pdf", "docx", "xlsx", "jpg" or "png"), once it is found harmless and named so.

    Raises:
        UnableToAcceptFile: with the reason, in both languages.
    """
    size = file.seek(0, 2)
    file.seek(0)
    most: int = settings.MOST_UPLOAD_BYTES
    if size > most:
        raise _refusal(f"tệp lớn hơn {most >> 20} MB", f"the file is larger than {most >> 20} MB")
    content = file.read()
    file.seek(0)
    found = _type(file, content)
    ending = PurePath(name).suffix.lstrip(".").lower()
    if _ENDINGS.get(ending, ending) != found:
        raise _refusal(
            f"nội dung là {found.upper()} nhưng tên tệp kết thúc bằng '.{ending}'; hãy lưu lại đúng loại",
            f"the content is {found.upper()}, but the name ends with '.{ending}'; save it as what it is",
        )
    return found


def _type(file: IO[bytes], content: bytes) -> str:
    if not content:
        raise _refusal("tệp rỗng", "the file is empty")
    if content.startswith(_OLD_FORMAT):
        raise _refusal(
            "tệp ở định dạng cũ (.doc, .xls) hoặc đặt mật khẩu; hãy lưu lại dạng .docx, .xlsx không mật khẩu",
            "the file is of the old format (.doc, .xls) or has a password; save it as .docx or .xlsx without one",
        )
    kind = filetype.guess_extension(content[:8192])
    if content.startswith(b"PK\x03\x04"):
        return _office(file, content)
    check = {"pdf": _check_pdf, "jpg": _check_jpg, "png": _check_png}.get(kind or "")
    if check is None:
        raise _refusal(
            "chỉ nhận PDF, DOCX, XLSX, JPG, PNG; nội dung tệp này không phải loại nào trong số đó",
            "only PDF, DOCX, XLSX, JPG and PNG are taken; by its content this file is none of them",
        )
    check(content)
    if zipfile.is_zipfile(file):
        raise _two_kinds()
    return str(kind)


def _two_kinds() -> UnableToAcceptFile:
    return _refusal(
        "tệp vừa là loại này vừa là loại khác (có dữ liệu lạ ghép vào)",
        "the file is of two types at once: something foreign is appended or prefixed",
    )


def _damaged() -> UnableToAcceptFile:
    return _refusal("tệp hỏng hoặc không trọn vẹn", "the file is damaged or incomplete")


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise _damaged()
    after = content[content.rindex(b"%%EOF") + 5 :]
    if after.strip(b"\r\n \0") or _MARKUP.search(content[:1024]):
        raise _two_kinds()
    if b"/Encrypt" in content:
        raise _refusal(
            "tệp PDF đặt mật khẩu; hãy lưu lại không mật khẩu",
            "the PDF has a password; save it without",
        )
    if _ACTIVE_PDF.search(content):
        raise _refusal(
            "tệp PDF chứa mã chạy hoặc tệp đính kèm; hãy in lại thành PDF",
            "the PDF holds scripts or attachments; print it to PDF again",
        )


def _check_png(content: bytes) -> None:
    """The chunks follow one another to IEND, which is the end of the file."""
    at = 8
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content):
            break
        if zlib.crc32(content[at + 4 : end - 4]) != struct.unpack(">I", content[end - 4 : end])[0]:
            break
        if at == 8:
            _check_pixels(*struct.unpack(">II", content[at + 8 : at + 16]))
        at = end
        if name == b"IEND":
            if at != len(content):
                raise _two_kinds()
            return
    raise _damaged()


def _check_jpg(content: bytes) -> None:
    """The segments follow one another to the picture, whose end is the end of the file."""
    if not content.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise _two_kinds() if b"\xff\xd9" in content else _damaged()
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if _MARKUP.search(content[at : at + 2 + length]):
            raise _two_kinds()
        if marker in {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return _check_pixels(width, height)
        at += 2 + length
    raise _damaged()


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise _refusal(
            f"ảnh quá lớn: {width} x {height} điểm", f"the picture is too large: {width} x {height}"
        )


def _office(file: IO[bytes], content: bytes) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            return _check_parts(archive, content)
    except (
        OSError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        struct.error,
    ):
        raise _damaged() from None


def _check_parts(archive: zipfile.ZipFile, content: bytes) -> str:
    parts = archive.infolist()
    _check_unpacking(parts)
    names = {part.filename for part in parts}
    found = [kind for main, kind in _MAIN_PART.items() if main in names]
    if len(found) != 1 or "[Content_Types].xml" not in names:
        raise _refusal("tệp nén này không phải DOCX hay XLSX", "this archive is neither a DOCX nor an XLSX")
    ends_there = content[-22:-18] == b"PK\x05\x06" and not archive.comment
    if min(part.header_offset for part in parts) or not ends_there or len(names) != len(parts):
        raise _two_kinds()
    for name in sorted(names):
        if _ACTIVE_PARTS.search(name):
            raise _refusal(
                f"tệp có macro hoặc đối tượng nhúng ({name}); hãy lưu lại không kèm chúng",
                f"the file holds macros or embedded objects ({name}); save it without them",
            )
    for text in _texts(archive, parts):
        _check_text(text)
    return found[0]


def _check_unpacking(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    bomb = any(part.file_size > _MIB and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS or bomb:
        raise _refusal(
            f"tệp bung ra quá lớn ({unpacked / _MIB:.0f} MB)",
            f"the file unpacks too far ({unpacked / _MIB:.0f} MB)",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal("tệp đặt mật khẩu", "the file is encrypted")


def _texts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            yield archive.read(part)


def _check_text(text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _refusal("tệp khai báo thực thể XML", "the file declares XML entities")
    if b"macroEnabled" in text:
        raise _refusal("tệp có macro; hãy lưu lại không macro", "the file has macros; save it without them")
    if _OUTSIDE.search(text):
        raise _refusal(
            "tệp tự tải mẫu hoặc dữ liệu từ nơi khác; hãy bỏ liên kết rồi lưu lại",
            "the file loads templates or data from elsewhere; break the links and save it again",
        )
