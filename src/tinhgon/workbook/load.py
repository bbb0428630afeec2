"""A filled workbook into a register folder, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import attrs

from tinhgon import dates
from tinhgon.registry import events, journal
from tinhgon.registry.documents import Document
from tinhgon.registry.fold import fold
from tinhgon.registry.folder import RegisterFolder, open_folder, write_folder
from tinhgon.registry.refusals import UnableToFold
from tinhgon.workbook import convert, layout
from tinhgon.workbook.items import Item, ordered
from tinhgon.workbook.problems import Problem, UnableToImport
from tinhgon.workbook.sheets import Reading, Row, read_sheets

MOST_REFUSALS = 100
"""After so many refusals by the fold the rest is not looked for: each costs a fold."""


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
    reading = read_sheets(path)
    if not reading.problems and not any(reading.rows.values()):
        reading.problems.append(Problem(path.name, "empty-workbook"))
    convert.check_duplicates(reading)
    convert.check_references(reading, documents)
    new_documents = convert.documents_of(reading, documents)
    items = ordered(convert.items_of(reading))
    _check_fold(reading, known, items)
    if reading.problems:
        raise UnableToImport(sorted(reading.problems, key=_place))
    found = tuple(item.event for item in items if item.event is not None)
    return Imported(new_documents, found, {name: len(rows) for name, rows in reading.rows.items() if rows})


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


def _place(problem: Problem) -> tuple[int, int, int, str]:
    """Problems in the order of the sheets, then rows, then columns."""
    names = [sheet.name for sheet in layout.SHEETS]
    sheet = names.index(problem.sheet) if problem.sheet in names else -1
    return sheet, problem.row, len(problem.column), problem.column


def _check_fold(reading: Reading, known: journal.Journal, items: list[Item]) -> None:
    """Fold the register with the new events; note every refusal that is not the consequence of another problem."""
    if any(problem.row <= 1 for problem in reading.problems):
        return  # a sheet or column is missing: too much would be unknown
    start = len(known) + 1
    waiting = {start + index: item for index, item in enumerate(items) if item.event is not None}
    excused = {id_ for item in items if item.event is None for id_ in _excuses(item)}
    old = [(entry.seq, entry.event) for entry in known.entries]
    for _ in range(MOST_REFUSALS):
        try:
            fold([*old, *((seq, item.event) for seq, item in waiting.items() if item.event is not None)])
            return
        except UnableToFold as refusal:
            item = waiting.pop(refusal.seq, None)
            if item is None:
                reading.problems.append(_broken_entry(reading, refusal))
                return
            if not excused.intersection(_named(refusal)):
                _refuse(reading, item, refusal)
            excused.update(_excuses(item))


def _broken_entry(reading: Reading, refusal: UnableToFold) -> Problem:
    """New events of earlier days have made an entry of the register impossible."""
    data = {"seq": refusal.seq, "reason": refusal.message("vi")}
    return Problem(reading.file, "breaks-register", data=data)


def _excuses(item: Item) -> tuple[str, ...]:
    """The ids about which nothing can be said when this item is left out."""
    ids = (*item.gives, *item.needs) if item.alters else item.gives
    return tuple(id_.partition(":")[2] for id_ in ids)


def _named(refusal: UnableToFold) -> list[str]:
    """The ids (and other words) that a refusal speaks of."""
    return [word for value in refusal.data.values() for word in str(value).split(", ")]


def _refuse(reading: Reading, item: Item, refusal: UnableToFold) -> None:
    row, field = _culprit(item.rows, refusal)
    letter, header = row.places.get(field, ("", ""))
    place = (row.sheet.name, row.number, letter, header)
    reading.problems.append(Problem(reading.file, refusal.rule, *place, refusal=refusal))


def _culprit(rows: tuple[Row, ...], refusal: UnableToFold) -> tuple[Row, str]:
    """The first row and field whose value is one that the refusal names; else the first row."""
    for value in refusal.data.values():
        for row in rows:
            for field, found in row.values.items():
                if found is not None and found == value:
                    return row, field
    return rows[0], ""
