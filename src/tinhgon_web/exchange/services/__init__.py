"""Bringing workbooks and registers in and taking registers out, step by step; each step is one function."""

from __future__ import annotations

from tinhgon_web.exchange.services.exporting import export_register, pack, write_register
from tinhgon_web.exchange.services.loading import UnableToLoadArchive, keep_archive, load_archive, load_folder
from tinhgon_web.exchange.services.recording import UnableToRecordImport, record_import, undo_import
from tinhgon_web.exchange.services.taking import (
    UnableToTakeWorkbook,
    ask_to_record,
    check_import,
    mend_rows,
    receive,
)

__all__ = [
    "UnableToLoadArchive",
    "UnableToRecordImport",
    "UnableToTakeWorkbook",
    "ask_to_record",
    "check_import",
    "export_register",
    "keep_archive",
    "load_archive",
    "load_folder",
    "mend_rows",
    "pack",
    "receive",
    "record_import",
    "undo_import",
    "write_register",
]
