"""A register on disk: a folder with `journal.jsonl`, `documents.yaml` and perhaps `geometry.geojson`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs

from tinhgon.citations import Citation
from tinhgon.refusal import Refusal
from tinhgon.registry import events, journal
from tinhgon.registry.documents import Document, read_documents, write_documents
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register


class UnableToOpenRegister(Refusal, ValueError):
    """The folder is not a register, or its journal does not fold. `reason_vi` says it in Vietnamese."""

    def __init__(self, reason: str, reason_vi: str = "") -> None:
        super().__init__(reason_vi or reason, reason)
        self.reason_vi = self.vi


@attrs.frozen(slots=True)
class RegisterFolder:
    """A register as read from its folder: the journal, the documents and where they came from."""

    path: Path
    journal: journal.Journal
    documents: dict[str, Document]

    def register(self, known_at: dt.datetime | None = None) -> Register:
        """The register as known at a moment (None: all that is recorded)."""
        known = self.journal.as_known_at(known_at)
        try:
            return known.fold()
        except UnableToFold as refusal:
            file = self.path / "journal.jsonl"
            raise UnableToOpenRegister(
                f"{file}, line {refusal.seq}: {refusal}",
                f"{file}, dòng {refusal.seq}: {refusal.message('vi')}",
            ) from refusal

    @property
    def synthetic(self) -> bool:
        """Whether the register rests on invented documents, which every view of it must say."""
        return any(document.synthetic for document in self.documents.values())

    def cite(self, citation: Citation) -> str:
        """A citation as people write it: the document's number, then the clause."""
        document = self.documents.get(citation.document)
        return str(citation if document is None else Citation(document.number, citation.clause))

    def append(
        self,
        new: Sequence[events.Event],
        *,
        recorded_at: dt.datetime,
        by: str,
        documents: Mapping[str, Document] | None = None,
    ) -> RegisterFolder:
        """Append events, and the documents they bring, on disk, all or nothing; returns the folder as it then is."""
        longer = self.journal.append(new, recorded_at=recorded_at, by=by)
        with journal.locked_at_end(self.path / "journal.jsonl", self.journal) as file:
            there = read_documents(self.path / "documents.yaml")  # others may have added some, too
            together = {**there, **(documents or {})}
            with _documents_replaced(self.path / "documents.yaml", there, together):
                journal.write_at_end(file, longer.entries[len(self.journal) :])
        return attrs.evolve(self, journal=longer, documents=together)


@contextmanager
def _documents_replaced(
    path: Path, before: Mapping[str, Document], after: Mapping[str, Document]
) -> Iterator[None]:
    """Write the documents first and take them back when what follows fails: none cited is ever missing."""
    if before == after:
        yield
        return
    kept = path.read_bytes() if path.exists() else None
    whole = path.with_suffix(".yaml.new")
    write_documents(whole, after)
    whole.replace(path)
    try:
        yield
    except BaseException:
        if kept is None:
            path.unlink()
        else:
            path.write_bytes(kept)
        raise


def open_folder(path: Path) -> RegisterFolder:
    """Read a register folder; the journal's chain is checked, the fold is not made yet.

    Raises:
        UnableToOpenRegister, UnableToReadJournal, UnableToReadDocuments: name file, line and reason.
    """
    file = path / "journal.jsonl"
    if not file.is_file():
        raise UnableToOpenRegister(
            f"{path} is no register: it has no journal.jsonl",
            f"{path} không phải thư mục sổ: thiếu journal.jsonl",
        )
    return RegisterFolder(path, journal.read(file), read_documents(path / "documents.yaml"))


def write_folder(path: Path, written: journal.Journal, documents: dict[str, Document]) -> RegisterFolder:
    """Write a new register folder.

    Raises:
        UnableToOpenRegister: there is a journal already.
    """
    file = path / "journal.jsonl"
    if file.exists():
        raise UnableToOpenRegister(f"{file} exists already", f"{file} đã có")
    path.mkdir(parents=True, exist_ok=True)
    write_documents(path / "documents.yaml", documents)
    file.write_text(journal.lines_of(written.entries), encoding="utf-8")
    return RegisterFolder(path, written, documents)
