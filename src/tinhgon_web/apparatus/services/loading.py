"""Loading a register folder, and names for the people it knows by id."""

from __future__ import annotations

import csv
from pathlib import Path

import attrs
from django.db import transaction

from tinhgon import text
from tinhgon.registry.folder import open_folder
from tinhgon.registry.journal import Entry
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.models import JournalEntry, Person
from tinhgon_web.apparatus.projection import project
from tinhgon_web.apparatus.services.linking import lock_journal, write_entries
from tinhgon_web.apparatus.services.projecting import write_all
from tinhgon_web.documents.services import load_documents

_BATCH = 2000


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

    A register that has gone on from the folder's last entry is left as it is, documents included.

    Raises:
        UnableToLoadRegister: the database holds another journal.
        UnableToOpenRegister, UnableToReadJournal, UnableToReadDocuments, UnableToLoadDocuments: the folder is bad.
    """
    folder = open_folder(path)
    with transaction.atomic():
        lock_journal()
        before, digest = registers.head()
        entries = folder.journal.entries
        if len(entries) < before and _goes_on(entries):
            return Loaded(before, 0)
        if before and (len(entries) < before or entries[before - 1].hash != digest):
            raise UnableToLoadRegister(path, _first_difference(entries))
        load_documents(read=folder.documents)
        new = entries[before:]
        if new:
            register = folder.register()
            write_entries(new, folder.documents)
            write_all(project(register))
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


def _goes_on(entries: tuple[Entry, ...]) -> bool:
    """Whether the database holds all entries and went on from there, as a site does that was worked with."""
    return bool(entries) and JournalEntry.objects.filter(seq=len(entries), hash=entries[-1].hash).exists()


def _first_difference(entries: tuple[Entry, ...]) -> int:
    held = JournalEntry.objects.order_by("seq").values_list("seq", "hash").iterator()
    for seq, digest in held:
        if seq > len(entries) or entries[seq - 1].hash != digest:
            return seq
    return len(entries) + 1
