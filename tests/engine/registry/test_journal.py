"""The journal: appended to, known as of a moment, cut back when writing fails, never changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from registers import ACT, CITED, RECORDED, journal_of, measured, merged, sound, written

from tinhgon.registry import events, journal
from tinhgon.registry.folder import UnableToOpenRegister, open_folder, write_folder
from tinhgon.registry.journal import GENESIS, Journal, UnableToAppend, UnableToReadJournal

LATER = RECORDED + dt.timedelta(hours=1)


def test_entries_are_numbered_and_chained() -> None:
    entries = journal_of(*sound()).entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.prev_hash for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]
    assert len({entry.hash for entry in entries}) == len(entries)


def test_the_same_events_make_the_same_bytes() -> None:
    assert journal.lines_of(journal_of(*sound()).entries) == journal.lines_of(journal_of(*sound()).entries)


def test_a_moment_knows_what_was_recorded_by_then() -> None:
    first = journal_of(*sound())
    both = first.append([merged()], recorded_at=LATER, by="tester")
    assert both.as_known_at(LATER - dt.timedelta(microseconds=1)) == first
    assert both.as_known_at(LATER) == both.as_known_at(None) == both
    assert len(both.as_known_at(RECORDED - dt.timedelta(1))) == 0


def test_nothing_is_recorded_before_the_last_entry() -> None:
    with pytest.raises(UnableToAppend):
        journal_of(*sound()).append([merged()], recorded_at=RECORDED - dt.timedelta(1), by="tester")


def test_without_an_entry_later_targets_still_mean_the_same() -> None:
    """Entry 4 is dropped: the annulment of the merger still annuls the merger."""
    spare = measured("v1", ACT, households=1)
    undo = events.Annulled(effective_on=ACT, citation=CITED, targets=(len(sound()) + 2,), reason="thử")
    whole = journal_of(*sound(), spare, merged(), undo)
    less = whole.without([len(sound()) + 1])
    assert isinstance(less.entries[-1].event, events.Annulled)
    assert less.entries[-1].event.targets == (len(sound()) + 1,)
    assert less.fold().units["v1"].closed_on is None
    assert whole.without([]) == whole


def test_appending_to_a_file_adds_lines_and_keeps_the_rest(tmp_path: Path) -> None:
    folder = written(tmp_path / "register", *sound())
    file = tmp_path / "register/journal.jsonl"
    before = file.read_bytes()
    longer = folder.append([merged()], recorded_at=LATER, by="tester")
    assert file.read_bytes().startswith(before)
    assert open_folder(tmp_path / "register") == longer


def test_two_writers_do_not_mix_their_lines(tmp_path: Path) -> None:
    """The second read the file before the first wrote: it has to read again."""
    first = written(tmp_path / "register", *sound())
    second = open_folder(tmp_path / "register")
    first.append([merged()], recorded_at=LATER, by="first")
    after = (tmp_path / "register/journal.jsonl").read_bytes()
    with pytest.raises(UnableToReadJournal, match="changed since it was read"):
        second.append([measured("v3", ACT, households=9)], recorded_at=LATER, by="second")
    assert (tmp_path / "register/journal.jsonl").read_bytes() == after


def test_a_file_whose_writing_fails_is_cut_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path / "register", *sound())
    before = (tmp_path / "register/journal.jsonl").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.append([merged()], recorded_at=LATER, by="tester")
    assert (tmp_path / "register/journal.jsonl").read_bytes() == before


def test_an_empty_journal_can_be_begun_on_disk(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "register", Journal(), {})
    assert len(open_folder(tmp_path / "register").journal) == 0
    folder.append(sound(), recorded_at=RECORDED, by="tester")
    assert len(open_folder(tmp_path / "register").register().units) == 7


def test_a_register_is_not_written_over_another(tmp_path: Path) -> None:
    written(tmp_path / "register", *sound())
    with pytest.raises(UnableToOpenRegister, match="exists already"):
        written(tmp_path / "register", *sound())
