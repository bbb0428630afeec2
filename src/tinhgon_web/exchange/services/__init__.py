"""Bringing workbooks in, step by step; each step is one function."""

from __future__ import annotations

from tinhgon_web.exchange.services.recording import UnableToRecordImport, record_import, undo_import
from tinhgon_web.exchange.services.taking import (
    UnableToTakeWorkbook,
    ask_to_record,
    check_import,
    mend_rows,
    receive,
)

__all__ = [
    "UnableToRecordImport",
    "UnableToTakeWorkbook",
    "ask_to_record",
    "check_import",
    "mend_rows",
    "receive",
    "record_import",
    "undo_import",
]
