"""Writing the journal and its projection."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
from django.db import models, transaction

from tinhgon import text
from tinhgon.registry import codec, events
from tinhgon.registry.folder import RegisterFolder, open_folder
from tinhgon.registry.journal import Entry
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import (
    FactSpan,
    HoldingSpan,
    JournalEntry,
    Mention,
    Person,
    PostSpan,
    UnitSpan,
)
from tinhgon_web.apparatus.projection import project
from tinhgon_web.apparatus.rows import Rows
from tinhgon_web.documents.services import load_documents

_BATCH = 2000
_PROJECTED: tuple[tuple[str, type[models.Model]], ...] = (
    ("units", UnitSpan),
    ("facts", FactSpan),
    ("posts", PostSpan),
    ("holdings", HoldingSpan),
    ("mentions", Mention),
)


class UnableToLoadRegister(ValueError):
    """The folder's journal does not continue the one in the database."""

    def __init__(self, path: Path, seq: int) -> None:
        super().__init__(
            f"{path}: entry {seq} differs from the journal in the database, which is append-only; "
            "load it into an empty database (bin/demo --reset makes the demo's anew)"
        )
        self.path, self.seq = path, seq


@attrs.frozen(slots=True)
class Loaded:
    """What a load did: entries there before and entries added."""

    before: int
    added: int


def load_register(*, path: Path) -> Loaded:
    """Load a register folder, all or nothing; entries already there are left, further ones appended.

    Raises:
        UnableToLoadRegister: the database holds another journal.
        UnableToOpenRegister, UnableToReadJournal, UnableToReadDocuments, UnableToLoadDocuments: the folder is bad.
    """
    folder = open_folder(path)
    with transaction.atomic():
        before, digest = registers.head()
        entries = folder.journal.entries
        if before and (len(entries) < before or entries[before - 1].hash != digest):
            raise UnableToLoadRegister(path, _first_difference(entries))
        load_documents(read=folder.documents)
        new = entries[before:]
        if new:
            register = folder.register()
            JournalEntry.objects.bulk_create(_journal_rows(folder, new), batch_size=_BATCH)
            _write(project(register))
    return Loaded(before, len(new))


class UnableToLoadPeople(ValueError):
    """The file of names is not a CSV with the columns person and name."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}, line {line}: expected the columns person and name, both filled")
        self.path, self.line = path, line


def load_people(*, path: Path) -> int:
    """Load names for the opaque ids of the journal, all or nothing; returns how many the file names.

    Raises:
        UnableToLoadPeople: a line has no person or no name.
    """
    people = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if not row.get("person") or not row.get("name"):
                raise UnableToLoadPeople(path, line)
            made_up = row.get("synthetic") == "yes"
            people.append(Person(id=row["person"], name=text.clean(row["name"]), synthetic=made_up))
    Person.objects.bulk_create(
        people,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "synthetic"],
    )
    return len(people)


def rebuild_apparatus() -> int:
    """Drop the projection and make it again from the journal; returns the number of rows."""
    with transaction.atomic():
        rows = project(_recorded())
        _write(rows)
    return sum(len(getattr(rows, name)) for name, _ in _PROJECTED)


@attrs.frozen(slots=True)
class Difference:
    """A row the projection lacks or has too much."""

    table: str
    missing: bool
    row: str


def check_apparatus() -> list[Difference]:
    """Compare the projection with what the journal says; empty when they agree."""
    rows = project(_recorded())
    return [
        difference for name, model in _PROJECTED for difference in _compare(name, model, getattr(rows, name))
    ]


def _recorded() -> Register:
    return registers.register(registers.head())


def _first_difference(entries: tuple[Entry, ...]) -> int:
    held = JournalEntry.objects.order_by("seq").values_list("seq", "hash").iterator()
    for seq, digest in held:
        if seq > len(entries) or entries[seq - 1].hash != digest:
            return seq
    return len(entries) + 1


def _journal_rows(folder: RegisterFolder, new: Iterable[Entry]) -> Iterator[JournalEntry]:
    for entry in new:
        cited = entry.event.citation.document
        yield JournalEntry(
            seq=entry.seq,
            kind=entry.event.name,
            effective_on=entry.event.effective_on,
            signed_on=entry.event.signed_on,
            operating_on=entry.event.operating_on,
            recorded_at=entry.recorded_at,
            by=entry.by,
            payload=codec.to_json(entry.event),
            document_id=cited if cited in folder.documents else None,
            annuls=list(entry.event.targets) if isinstance(entry.event, events.Annulled) else [],
            prev_hash=entry.prev_hash,
            hash=entry.hash,
        )


def _write(rows: Rows) -> None:
    for name, model in _PROJECTED:
        make = _maker(model)
        model._default_manager.all().delete()
        model._default_manager.bulk_create(map(make, getattr(rows, name)), batch_size=_BATCH)


def _maker(model: type[models.Model]) -> Callable[[Any], models.Model]:
    """Row -> model instance; units get their folded name and sort key as well."""
    if model is not UnitSpan:
        return lambda row: model(**attrs.asdict(row, recurse=False))
    keys: dict[str, tuple[str, str]] = {}

    def unit_span(row: Any) -> models.Model:
        if row.name not in keys:
            keys[row.name] = (text.fold(row.name), text.sort_key(row.name))
        folded, sort_key = keys[row.name]
        return UnitSpan(**attrs.asdict(row, recurse=False), folded=folded, sort_key=sort_key)

    return unit_span


def _compare(name: str, model: type[models.Model], expected: list[Any]) -> Iterator[Difference]:
    make = _maker(model)
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    wanted = {_key(make(row), fields) for row in expected}
    held = [_key(instance, fields) for instance in model._default_manager.all().iterator(_BATCH)]
    for key in sorted(wanted.difference(held)):
        yield Difference(name, True, key)
    for key in sorted(set(held).difference(wanted)):
        yield Difference(name, False, key)
    if len(held) != len(set(held)):
        yield Difference(name, False, f"{len(held) - len(set(held))} rows twice")


def _key(instance: models.Model, fields: list[str]) -> str:
    return " | ".join(f"{field}={getattr(instance, field)!r}" for field in fields)
