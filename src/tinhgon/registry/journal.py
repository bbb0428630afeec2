"""The journal: numbered entries, append only, each holding the hash of the one before.

A journal file is JSON Lines. An entry's hash is the SHA-256 of its canonical JSON (sorted keys, no spaces, UTF-8)
without the hash itself, so that changing, dropping or swapping an entry breaks the chain at that line.
"""

from __future__ import annotations

import codecs
import datetime as dt
import fcntl
import hashlib
import json
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from tinhgon import dates
from tinhgon.memory import collector_paused
from tinhgon.refusal import Refusal
from tinhgon.registry import codec, events
from tinhgon.registry.fold import fold
from tinhgon.registry.state import Register

GENESIS = "0" * 64


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)


@attrs.frozen(slots=True)
class Entry:
    """An event as recorded: its number, when and by whom (opaque id) it was recorded, and the chain."""

    seq: int
    recorded_at: dt.datetime
    by: str
    event: events.Event
    prev_hash: str
    hash: str

    def to_json(self) -> dict[str, Any]:
        """The entry as it stands on its line."""
        return {**_body(self.seq, self.recorded_at, self.by, self.event, self.prev_hash), "hash": self.hash}


class UnableToReadJournal(Refusal, ValueError):
    """A line of a journal cannot be read or breaks the chain. Carries file, line and reason."""

    def __init__(self, path: str, line: int, reason_vi: str, reason: str) -> None:
        super().__init__(f"{path}, dòng {line}: {reason_vi}", f"{path}, line {line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class UnableToAppend(Refusal, ValueError):
    """Entries cannot be added: recorded before the last entry."""

    def __init__(self, recorded_at: dt.datetime, last: dt.datetime) -> None:
        new, old = dates.format_moment(recorded_at), dates.format_moment(last)
        super().__init__(
            f"thời điểm ghi {new} trước dòng cuối của nhật ký, {old}; nhật ký chỉ ghi tiếp",
            f"recorded_at {new} is before the last entry's, {old}; a journal only goes on",
        )
        self.recorded_at, self.last = recorded_at, last


def _body(seq: int, recorded_at: dt.datetime, by: str, event: events.Event, prev_hash: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "recorded_at": dates.format_moment(recorded_at),
        "by": by,
        **codec.to_json(event),
        "prev_hash": prev_hash,
    }


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def chain(
    new: Iterable[tuple[events.Event, dt.datetime, str]], after: Entry | None = None
) -> Iterator[Entry]:
    """Number and chain (event, recorded_at, by) after an entry, or from the beginning."""
    seq, prev_hash = (after.seq, after.hash) if after else (0, GENESIS)
    for event, recorded_at, by in new:
        seq += 1
        digest = _digest(_body(seq, recorded_at, by, event, prev_hash))
        yield Entry(seq, recorded_at, by, event, prev_hash, digest)
        prev_hash = digest


@attrs.frozen(slots=True)
class Journal:
    """Entries in order of their number. Appending makes a new journal; nothing is ever changed."""

    entries: tuple[Entry, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def as_known_at(self, moment: dt.datetime | None) -> Journal:
        """The entries recorded up to and at a moment; all of them for None."""
        if moment is None:
            return self
        return Journal(self.entries[: bisect_right(self.entries, moment, key=_recorded_at)])

    def append(self, new: Sequence[events.Event], *, recorded_at: dt.datetime, by: str) -> Journal:
        """A journal with events added, all or none, after checking that it still folds.

        Raises:
            UnableToAppend: `recorded_at` is before the last entry's.
            UnableToFold: an event contradicts the register.
        """
        last = self.entries[-1] if self.entries else None
        if last is not None and recorded_at < last.recorded_at:
            raise UnableToAppend(recorded_at, last.recorded_at)
        longer = Journal((*self.entries, *chain(((event, recorded_at, by) for event in new), last)))
        longer.fold()
        return longer

    def without(self, seqs: Iterable[int]) -> Journal:
        """A journal as if entries had never been recorded, numbered and chained anew.

        For experiments ("does this figure rest on that event?"); the numbers of later entries shift, and with them
        the targets of corrections and annulments, which are followed. What only corrects or annuls a dropped entry
        is dropped with it.
        """
        dropped = set(seqs)
        kept: list[Entry] = []
        for entry in self.entries:
            targets = _targets(entry.event)
            if entry.seq in dropped or (targets and targets <= dropped):
                dropped.add(entry.seq)
            else:
                kept.append(entry)
        renumbered = {entry.seq: number for number, entry in enumerate(kept, 1)}
        new = ((_retarget(entry.event, renumbered), entry.recorded_at, entry.by) for entry in kept)
        return Journal(tuple(chain(new)))

    def fold(self) -> Register:
        """The register this journal makes."""
        return fold((entry.seq, entry.event) for entry in self.entries)


def _recorded_at(entry: Entry) -> dt.datetime:
    return entry.recorded_at


def _targets(event: events.Event) -> set[int]:
    if isinstance(event, events.Corrected):
        return {event.target}
    return set(event.targets) if isinstance(event, events.Annulled) else set()


def _retarget(event: events.Event, renumbered: dict[int, int]) -> events.Event:
    if isinstance(event, events.Corrected):
        return attrs.evolve(event, target=renumbered[event.target])
    if isinstance(event, events.Annulled):
        left = (renumbered[target] for target in event.targets if target in renumbered)
        return attrs.evolve(event, targets=tuple(left))
    return event


def read(path: Path) -> Journal:
    """Read a journal file, checking numbers and chain.

    Raises:
        UnableToReadJournal: names file, line and reason.
    """
    entries: list[Entry] = []
    with path.open("rb") as lines, collector_paused():
        for number, line in enumerate(lines, 1):
            entries.append(_read_line(path, number, line, entries[-1] if entries else None))
    return Journal(tuple(entries))


def _read_line(path: Path, number: int, line: bytes, last: Entry | None) -> Entry:
    fault = _fault_of_bytes(number, line)
    if fault is not None:
        raise UnableToReadJournal(str(path), number, *fault)
    try:
        fields = _JSON.decode(line.decode())
        stated = fields.pop("hash")
        seq, by, prev_hash = fields.pop("seq"), fields.pop("by"), fields.pop("prev_hash")
        recorded_at = dates.parse_moment(fields.pop("recorded_at"))
        fault = _fault_of_chain(seq, number, prev_hash, stated, line, last)
        if fault is None and not isinstance(by, str):
            fault = "'by' không phải chữ", "'by' is not text"
        if fault is None and last is not None and recorded_at < last.recorded_at:
            fault = "recorded_at trước dòng liền trên", "recorded_at is before the line before"
        if fault is None:
            return Entry(seq, recorded_at, by, codec.from_json(fields), prev_hash, stated)
    except (KeyError, ValueError, AttributeError, TypeError, RecursionError) as error:
        fault = _fault_of(error)
    raise UnableToReadJournal(str(path), number, *fault)


Fault = tuple[str, str]


def _fault_of_bytes(number: int, line: bytes) -> Fault | None:
    """What an editor or a crash does to a line, in both languages."""
    if number == 1 and line.startswith(codecs.BOM_UTF8):
        return (
            "tệp có dấu BOM ở đầu; lưu lại UTF-8 không BOM",
            "the file starts with a byte order mark; save without",
        )
    if not line.endswith(b"\n"):
        return (
            "dòng bị cắt cụt (không có ký tự xuống dòng); nếu là dòng cuối ghi dở thì xóa dòng này",
            "the line is cut off (no line end); if it is the last one, half written, delete it",
        )
    if line.endswith(b"\r\n"):
        return "dòng kết thúc kiểu CR LF; chỉ dùng LF", "the line ends with CR LF; only LF is used"
    return None


def _fault_of_chain(
    seq: object, number: int, prev_hash: object, stated: object, line: bytes, last: Entry | None
) -> Fault | None:
    if type(seq) is not int or seq != number:
        return (
            f"đứt chuỗi: dòng số {seq} đứng ở chỗ của dòng số {number}",
            f"broken chain: entry number {seq} stands where {number} belongs",
        )
    if prev_hash != (last.hash if last else GENESIS):
        return (
            "đứt chuỗi: prev_hash không phải mã băm của dòng liền trên",
            "broken chain: prev_hash is not the hash of the line before",
        )
    if stated != _digest_of_line(line, stated):
        return (
            "đứt chuỗi: nội dung không khớp mã băm của dòng",
            "broken chain: the entry does not match its hash",
        )
    return None


def _fault_of(error: Exception) -> Fault:
    """What reading a line stumbled over."""
    if isinstance(error, codec.UnableToReadEvent):
        return error.vi, error.en
    if isinstance(error, Refusal):
        return f"không phải một dòng nhật ký: {error.vi}", f"not an entry: {error.en}"
    if isinstance(error, KeyError):
        return f"thiếu trường {error}", f"field {error} is missing"
    if isinstance(error, json.JSONDecodeError):
        return f"không phải JSON (ký tự thứ {error.pos + 1})", f"not an entry: not JSON: {error}"
    return "không phải một dòng nhật ký", f"not an entry: {error}"


def _digest_of_line(line: bytes, stated: object) -> str:
    """The hash of a line's own bytes without its hash, so that only the canonical spelling of an entry passes."""
    mark = f'"hash":"{stated}",'.encode()
    body = line.replace(mark, b"", 1)[:-1]
    return hashlib.sha256(body).hexdigest()


def lines_of(entries: Iterable[Entry]) -> str:
    """Entries as the text of a journal file."""
    return "".join(_canonical(entry.to_json()).decode() + "\n" for entry in entries)


@contextmanager
def locked_at_end(path: Path, known: Journal) -> Iterator[BinaryIO]:
    """The file, open at its end and locked against others, once it is seen to hold `known` and no more.

    Raises:
        UnableToReadJournal: somebody else has appended since `known` was read.
    """
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _check_end(path, known, file.seek(0, os.SEEK_END))
        yield file


def write_at_end(file: BinaryIO, new: Iterable[Entry]) -> None:
    """Write entries, all or none."""
    size = file.tell()
    try:
        file.write(lines_of(new).encode())
        file.flush()
        os.fsync(file.fileno())
    except BaseException:
        file.truncate(size)
        raise


def _check_end(path: Path, known: Journal, size: int) -> None:
    tail = _canonical(known.entries[-1].to_json()) + b"\n" if known.entries else b""
    with path.open("rb") as file:
        file.seek(max(0, size - len(tail)))
        if file.read() != tail or (not tail and size):
            raise UnableToReadJournal(
                str(path),
                len(known) + 1,
                "tệp đã thay đổi từ lúc đọc; mở lại sổ rồi ghi",
                "the file has changed since it was read; read it again",
            )
