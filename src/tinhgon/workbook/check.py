"""What of a workbook a register can take, row by row: the rows that can be recorded, and why the others cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from tinhgon.registry import codec, events
from tinhgon.registry.control import Numbered, settle
from tinhgon.registry.documents import LINKS, Document
from tinhgon.registry.fold import fold
from tinhgon.registry.refusals import UnableToFold
from tinhgon.workbook import convert, layout
from tinhgon.workbook.items import Item, ordered
from tinhgon.workbook.problems import Problem
from tinhgon.workbook.sheets import Reading, Row

MOST_REFUSALS = 100
"""After so many refusals by the fold the rest is not looked for: each costs a fold."""
Place = tuple[str, int]
"""(sheet, row)"""


@attrs.frozen(slots=True)
class Checked:
    """A workbook held against a register.

    Attributes:
        rows: every row read, by sheet.
        documents: what it brings that the register has not, in order.
        items: the events that can be recorded, with their rows, in the order to record them.
        same: rows the register holds already, word for word; they are not recorded again.
        problems: everything wrong, in the order of the sheets.
        waiting: rows without a fault of their own that rest on a refused one, as problems of rule "depends".
        finished: whether every row was judged; if not, nothing can be taken before what is listed is mended.
    """

    rows: Mapping[str, list[Row]]
    documents: dict[str, Document]
    items: tuple[Item, ...]
    same: frozenset[Place]
    problems: tuple[Problem, ...]
    waiting: tuple[Problem, ...]
    finished: bool

    @property
    def events(self) -> tuple[events.Event, ...]:
        """The events of the items."""
        return tuple(item.event for item in self.items if item.event is not None)

    @property
    def is_clean(self) -> bool:
        """Whether every row can be taken."""
        return self.finished and not self.problems and not self.waiting


def check(
    reading: Reading,
    known: Sequence[Numbered],
    documents: Mapping[str, Document],
    *,
    skip_same: bool = False,
    outside: Callable[[events.Event], str] | None = None,
) -> Checked:
    """Hold what was read against a register (its events with their numbers, its documents); nothing is raised.

    With `skip_same` a row that the register holds already, word for word, is passed over instead of refused.
    `outside`, asked in the order of recording, names a unit that an event concerns and that may not be touched, or "".
    """
    if not reading.problems and not any(reading.rows.values()):
        reading.problems.append(Problem(reading.file, "empty-workbook"))
    convert.check_duplicates(reading)
    convert.check_references(reading, documents)
    brought = convert.documents_of(reading, documents)
    items = ordered(convert.items_of(reading))
    missing = _missing_documents(reading, brought, documents)
    same = _held_already(items, known) if skip_same else set()
    fresh = [_unless_missing(item, missing) for item in items if not _places(item.rows) <= same]
    if outside is not None:
        fresh = [_unless_outside(reading, item, outside) for item in fresh]
    taken, excused, finished = _folded(reading, known, fresh)
    brought = {id_: document for id_, document in brought.items() if id_ not in missing}
    same |= _places(row for row in _document_rows(reading) if row["id"] in documents and not row.broken)
    good = same | _places(row for item in taken for row in item.rows)
    good |= _places(row for row in _document_rows(reading) if row["id"] in brought and not row.broken)
    return Checked(
        rows=reading.rows,
        documents=brought,
        items=tuple(taken) if finished else (),
        same=frozenset(same),
        problems=tuple(sorted(reading.problems, key=_order)),
        waiting=tuple(_waiting(reading, good, excused | missing)) if finished else (),
        finished=finished,
    )


def _places(rows: Iterable[Row]) -> set[Place]:
    return {(row.sheet.name, row.number) for row in rows}


def _document_rows(reading: Reading) -> list[Row]:
    return reading.rows[layout.DOCUMENTS.name]


def _missing_documents(
    reading: Reading, brought: Mapping[str, Document], known: Mapping[str, Document]
) -> set[str]:
    """Ids of documents whose rows are refused, or that name one that is."""
    missing = {row["id"] for row in _document_rows(reading) if row["id"]} - set(brought) - set(known)
    while True:
        more = {
            document.id
            for document in brought.values()
            if document.id not in missing
            and any(id_ in missing for field in LINKS for id_ in getattr(document, field))
        }
        if not more:
            return missing
        missing |= more


def _held_already(items: Iterable[Item], known: Sequence[Numbered]) -> set[Place]:
    held = {_spelled(event) for _, event in settle(known).holding}
    return {
        place
        for item in items
        if item.event is not None and _spelled(item.event) in held
        for place in _places(item.rows)
    }


def _spelled(event: events.Event) -> str:
    return json.dumps(codec.to_json(event), ensure_ascii=False, sort_keys=True)


def _unless_missing(item: Item, missing: set[str]) -> Item:
    """The item; without its event when that cites a document that is not taken."""
    cites_missing = item.event is not None and item.event.citation.document in missing
    return attrs.evolve(item, event=None) if cites_missing else item


def _unless_outside(reading: Reading, item: Item, outside: Callable[[events.Event], str]) -> Item:
    unit = outside(item.event) if item.event is not None else ""
    if not unit:
        return item
    field = next((name for name, value in item.rows[0].values.items() if value == unit), "")
    reading.refuse("outside-places", item.rows[0], field, {"unit": unit})
    return attrs.evolve(item, event=None)


def _folded(
    reading: Reading, known: Sequence[Numbered], items: list[Item]
) -> tuple[list[Item], set[str], bool]:
    """Fold the register with the new events, leaving out what is refused.

    Every refusal that is not the consequence of another problem is noted. Returns the items that stand, the ids
    nothing can be said about, and whether all was judged.
    """
    if any(problem.row <= 1 for problem in reading.problems):
        return [], set(), False  # a sheet or column is missing: too much would be unknown
    start = len(known) + 1
    waiting = {start + index: item for index, item in enumerate(items) if item.event is not None}
    excused = {id_ for item in items if item.event is None for id_ in _excuses(item)}
    for _ in range(MOST_REFUSALS):
        try:
            fold([*known, *((seq, item.event) for seq, item in waiting.items() if item.event is not None)])
            return list(waiting.values()), excused, True
        except UnableToFold as refusal:
            item = waiting.pop(refusal.seq, None)
            if item is None:
                reading.problems.append(_broken_entry(reading, refusal))
                return [], excused, False
            if not excused.intersection(_named(refusal)):
                _refuse(reading, item, refusal)
            excused.update(_excuses(item))
    return [], excused, False


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


def _waiting(reading: Reading, good: set[Place], excused: set[str]) -> Iterator[Problem]:
    """Rows that are not taken although nothing is wrong with themselves."""
    named = {(problem.sheet, problem.row) for problem in reading.problems}
    for sheet, rows in reading.rows.items():
        for row in rows:
            if (sheet, row.number) in good or (sheet, row.number) in named:
                continue
            texts = [value for value in row.values.values() if isinstance(value, str)]
            ids = dict.fromkeys(one for one in texts if one in excused or one == row["act_id"])
            yield Problem(reading.file, "depends", sheet, row.number, data={"ids": ", ".join(ids)})


def _order(problem: Problem) -> tuple[int, int, int, str]:
    """Problems in the order of the sheets, then rows, then columns."""
    names = [sheet.name for sheet in layout.SHEETS]
    sheet = names.index(problem.sheet) if problem.sheet in names else -1
    return sheet, problem.row, len(problem.column), problem.column
