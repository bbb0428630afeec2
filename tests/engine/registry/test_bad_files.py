"""Files that somebody changed, cut off or wrote by hand are refused by file, line and reason; nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from registers import files, journal_of, measured, sound, written

from tinhgon.citations import Citation
from tinhgon.registry import journal
from tinhgon.registry.documents import UnableToReadDocuments
from tinhgon.registry.folder import UnableToOpenRegister, open_folder
from tinhgon.registry.journal import UnableToReadJournal
from tinhgon.registry.verify import verify


def altered(lines: list[bytes]) -> None:
    lines[2] = lines[2].replace(b'"title":"c2"', b'"title":"c3"')


def dropped(lines: list[bytes]) -> None:
    del lines[2]


def swapped(lines: list[bytes]) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def rehashed(lines: list[bytes]) -> None:
    """Somebody changed an entry and gave it the right hash: the next one gives it away."""
    fields = json.loads(lines[1])
    entry = journal_of(*sound()).entries[1]
    other = attrs.evolve(entry.event, title="Tên khác")
    (changed,) = journal.chain([(other, entry.recorded_at, entry.by)], journal_of(*sound()).entries[0])
    assert fields["seq"] == changed.seq
    lines[1] = journal.lines_of([changed]).encode()


def cut_off(lines: list[bytes]) -> None:
    lines[2] = lines[2][:-1]
    del lines[3:]


def half_a_line(lines: list[bytes]) -> None:
    lines[2] = lines[2][: len(lines[2]) // 2] + b"\n"


def not_utf8(lines: list[bytes]) -> None:
    lines[2] = b"\xff\xfe" + lines[2]


def not_an_object(lines: list[bytes]) -> None:
    lines[2] = b"[1, 2]\n"


def empty_line(lines: list[bytes]) -> None:
    lines.insert(2, b"\n")


def no_hash(lines: list[bytes]) -> None:
    fields = json.loads(lines[2])
    del fields["hash"]
    lines[2] = json.dumps(fields).encode() + b"\n"


def spelled_otherwise(lines: list[bytes]) -> None:
    """The same values with other spacing: not the bytes that were hashed."""
    lines[2] = json.dumps(json.loads(lines[2])).encode() + b"\n"


def said_twice(lines: list[bytes]) -> None:
    """A reader sees one title, a program the other."""
    lines[2] = lines[2].replace(b'"title":', b'"title":"c9","title":')


def nested(lines: list[bytes]) -> None:
    lines[2] = b"[" * 100_000 + b"\n"


@pytest.mark.parametrize(
    "spoil",
    [
        nested,
        altered,
        dropped,
        swapped,
        rehashed,
        cut_off,
        half_a_line,
        not_utf8,
        not_an_object,
        empty_line,
        no_hash,
        spelled_otherwise,
        said_twice,
    ],
)
def test_a_broken_journal_is_refused_at_its_line(
    tmp_path: Path, spoil: Callable[[list[bytes]], None]
) -> None:
    folder = tmp_path / "register"
    written(folder, *sound())
    lines = (folder / "journal.jsonl").read_bytes().splitlines(keepends=True)
    spoil(lines)
    (folder / "journal.jsonl").write_bytes(b"".join(lines))
    before = files(folder)
    with pytest.raises(UnableToReadJournal) as caught:
        open_folder(folder)
    assert caught.value.line == 3
    assert "journal.jsonl, line 3: " in str(caught.value)
    assert files(folder) == before


def say(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry.update(fields)


def forget(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda entry: entry.pop(field)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (say(event="unit_crowned"), "'unit_crowned' is not a kind of event"),
        (say(event=["unit_opened"]), "is not a kind of event"),
        (say(colour="red"), "colour"),
        (forget("citation"), "citation"),
        (forget("kind"), "kind"),
        (say(effective_on="31/02/2018"), "31/02/2018"),
        (say(effective_on=20180101), "effective_on"),
        (say(title=7), "7 is not text"),
        (say(approximate="perhaps"), "'perhaps' is not true or false"),
        (say(approximate=1), "1 is not true or false"),
        (say(parents="d"), "parents"),
        (say(citation={"document": None}), "None is not text"),
        (say(seq="2"), "broken chain"),
        (say(recorded_at="yesterday"), "'yesterday' is not a moment"),
        (say(recorded_at="2019-10-08T00:00:00Z"), "recorded_at is before the line before"),
        (say(by=7), "by"),
    ],
)
def test_a_line_that_is_no_event_is_refused_although_its_hash_is_right(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], reason: str
) -> None:
    """Somebody wrote the file with a program of his own."""
    folder = tmp_path / "register"
    written(folder, *sound())
    lines = (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    fields = json.loads(lines[1])
    del fields["hash"]
    spoil(fields)
    fields["hash"] = journal._digest(fields)
    lines[1] = journal._canonical(fields).decode() + "\n"
    (folder / "journal.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    with pytest.raises(UnableToReadJournal) as caught:
        open_folder(folder)
    assert caught.value.line == 2
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("text", "item", "reason"),
    [
        ("- {id: a", 0, ""),
        ("id: a", 0, "expected a list of documents"),
        ("- a", 1, "expected a mapping"),
        ("- {id: a, number: b, type: c, issuer: d}", 1, "'title' is missing"),
        ("- {id: a, number: 1, type: c, issuer: d, title: e}", 1, "'number' is missing or not text"),
        ("- {id: a, number: b, type: c, issuer: d, title: e, colour: f}", 1, "unknown field 'colour'"),
        ("- {id: a, number: b, type: c, issuer: d, title: e, signed_on: 31/02/2018}", 1, "'signed_on' is not a day"),
        ("- &a {id: a, number: b, type: c, issuer: d, title: e}\n- *a", 2, "'a' is used twice"),
    ],
)  # fmt: skip
def test_bad_documents_are_refused_by_file_item_and_reason(
    tmp_path: Path, text: str, item: int, reason: str
) -> None:
    folder = tmp_path / "register"
    written(folder, *sound())
    (folder / "documents.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnableToReadDocuments) as caught:
        open_folder(folder)
    assert (caught.value.item, reason in caught.value.reason) == (item, True)
    assert "documents.yaml" in caught.value.path


def test_a_citation_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    lost = attrs.evolve(measured("v1", households=41), citation=Citation("qd-9"))
    bare = attrs.evolve(measured("v2", households=41), citation=Citation(""))
    found = written(tmp_path / "register", *sound(), lost, bare)
    last = len(found.journal)
    assert [(one.line, one.rule) for one in verify(found)] == [
        (last - 1, "unknown-document"),
        (last, "no-document"),
    ]


def test_a_folder_that_is_no_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToOpenRegister, match=r"no journal\.jsonl"):
        open_folder(tmp_path)
