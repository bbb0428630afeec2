"""A file is looked at before it is opened: is it a workbook at all, and one that is safe to unpack?"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import attrs

_MIB = 1 << 20
MOST_BYTES = 20 * _MIB
MOST_UNPACKED = 200 * _MIB
MOST_PARTS = 500
MOST_RATIO = 200
"""Unpacked over packed bytes of a part of more than a mebibyte; sheets of real registers stay under 30."""
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_REFUSED_PARTS = {
    "xl/vbaproject": "has-macros",
    "xl/macrosheets/": "has-macros",
    "xl/externallinks/": "external-links",
}
"""The beginning of a part's name -> the rule it breaks."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"


class UnableToTrustFile(ValueError):
    """The file is no workbook or could harm the machine that opens it; carries a rule of `problems.RULES`."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(reason)
        self.rule, self.reason = rule, reason


@attrs.frozen(slots=True)
class Inspection:
    """What is known of a file before it is parsed."""

    has_formulas: bool


def inspect(path: Path) -> Inspection:
    """Check a file's size, its parts, how far they unpack and that none declares entities.

    Raises:
        UnableToTrustFile: with the reason.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UnableToTrustFile("too-large", f"{size / _MIB:.0f} MiB > {MOST_BYTES / _MIB:.0f} MiB")
        with path.open("rb") as file:
            if file.read(4) == _OLD_FORMAT:
                raise UnableToTrustFile("not-a-workbook", "old .xls or encrypted")
        with zipfile.ZipFile(path) as archive:
            return _inspect_parts(archive)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnableToTrustFile("not-a-workbook", str(error) or type(error).__name__) from None


def _inspect_parts(archive: zipfile.ZipFile) -> Inspection:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise UnableToTrustFile("too-large", f"{len(parts)} parts > {MOST_PARTS}")
    if unpacked > MOST_UNPACKED:
        raise UnableToTrustFile("too-large", f"{unpacked / _MIB:.0f} MiB unpacked")
    for part in parts:
        if part.file_size > _MIB and part.file_size > MOST_RATIO * part.compress_size:
            raise UnableToTrustFile("too-large", f"{part.filename} unpacks more than {MOST_RATIO} times")
    if "xl/workbook.xml" not in archive.namelist():
        raise UnableToTrustFile("not-a-workbook", "no xl/workbook.xml")
    for part in parts:
        for beginning, rule in _REFUSED_PARTS.items():
            if part.filename.lower().startswith(beginning):
                raise UnableToTrustFile(rule, part.filename)
    has_formulas = False
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            content = archive.read(part)
            if any(mark in content for mark in _DOCTYPES):
                raise UnableToTrustFile("not-a-workbook", f"{part.filename} declares entities")
            has_formulas = has_formulas or b"<f>" in content or b"<f " in content or b"<f/" in content
    return Inspection(has_formulas)
