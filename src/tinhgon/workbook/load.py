"""A filled workbook into a register folder, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import attrs

from tinhgon import dates
from tinhgon.registry import events, journal
from tinhgon.registry.documents import Document
from tinhgon.registry.folder import RegisterFolder, open_folder, write_folder
from tinhgon.workbook.check import check
from tinhgon.workbook.problems import Problem, UnableToImport
from tinhgon.workbook.sheets import read_sheets


@attrs.frozen(slots=True)
class Imported:
    """What an import brings (or would, when only tried): documents, events in order, and rows by sheet."""

    documents: dict[str, Document]
    events: tuple[events.Event, ...]
    rows: dict[str, int]


def read_workbook(
    path: Path, known: journal.Journal | None = None, documents: Mapping[str, Document] | None = None
) -> Imported:
    """Read a workbook against what a register holds already; nothing is written.

    Raises:
        UnableToImport: everything found wrong, by sheet, row and column.
    """
    known, documents = known or journal.Journal(), documents or {}
    checked = check(read_sheets(path), [(entry.seq, entry.event) for entry in known.entries], documents)
    if checked.problems:
        raise UnableToImport(checked.problems)
    counts = {name: len(rows) for name, rows in checked.rows.items() if rows}
    return Imported(checked.documents, checked.events, counts)


def import_workbook(
    path: Path, folder: Path, *, recorded_at: dt.datetime, by: str, dry_run: bool = False
) -> Imported:
    """Append a workbook's events and documents to a register folder; the folder is made when it is not there.

    Raises:
        UnableToImport: everything found wrong; the folder is as it was.
        UnableToOpenRegister, UnableToReadJournal, UnableToReadDocuments: the folder itself is not sound.
    """
    there = open_folder(folder) if (folder / "journal.jsonl").exists() else None
    before = there or RegisterFolder(folder, journal.Journal(), {})
    before.register()
    imported = read_workbook(path, before.journal, before.documents)
    _check_moment(path, before.journal, recorded_at)
    if dry_run:
        return imported
    if there is None:
        write_folder(
            folder, before.journal.append(imported.events, recorded_at=recorded_at, by=by), imported.documents
        )
    else:
        there.append(imported.events, recorded_at=recorded_at, by=by, documents=imported.documents)
    return imported


def _check_moment(path: Path, known: journal.Journal, recorded_at: dt.datetime) -> None:
    last = known.entries[-1].recorded_at if known.entries else None
    if last is not None and recorded_at < last:
        moments = {"recorded_at": dates.format_moment(recorded_at), "last": dates.format_moment(last)}
        raise UnableToImport([Problem(path.name, "recorded-before", data=moments)])
