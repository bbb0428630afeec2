"""Register folders as editors, crashes and two officers at once leave them."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing as mp
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import CITED, DOCUMENTS, RECORDED, files, measured, merged, opened, sound, written

from tinhgon import dates, text
from tinhgon.citations import Citation
from tinhgon.refusal import Refusal
from tinhgon.registry import codec, events, journal
from tinhgon.registry.documents import Document, UnableToReadDocuments, read_documents
from tinhgon.registry.folder import open_folder
from tinhgon.registry.journal import Journal, UnableToReadJournal
from tinhgon.registry.verify import verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / "register", *sound())
    return tmp_path / "register"


@pytest.mark.parametrize(
    ("spoil", "vi", "en"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, "dấu BOM", "byte order mark"),
        (lambda data: data.replace(b"\n", b"\r\n"), "CR LF", "CR LF"),
        (lambda data: b"\0" + data, "không phải JSON", "not JSON"),
        (lambda data: data[:40], "bị cắt cụt", "cut off"),
        (lambda data: data.replace(b'"seq":1,', b'"seq":true,', 1), "đứt chuỗi", "broken chain"),
        (lambda data: data.replace(b'"kind":', b'"kin\xff":', 1), "dòng nhật ký", "not an entry"),
        (lambda data: b"\n" + data, "không phải JSON", "not JSON"),
    ],
)
def test_what_an_editor_or_a_crash_does_to_the_first_line_is_named(
    folder: Path, spoil: Callable[[bytes], bytes], vi: str, en: str
) -> None:
    file = folder / "journal.jsonl"
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(UnableToReadJournal) as caught:
        open_folder(folder)
    assert caught.value.line == 1
    assert vi in caught.value.message("vi")
    assert "dòng 1" in caught.value.message("vi")
    assert en in caught.value.message("en") == str(caught.value)


def test_a_very_long_line_is_read_back(folder: Path) -> None:
    many = opened("v9", "village", "c1", title="Thôn " + "dài " * 500_000)
    longer = open_folder(folder).append([many], recorded_at=RECORDED, by="t")
    assert open_folder(folder).journal == longer.journal


def _append(folder: Path, name: str, barrier: Any) -> None:
    found = open_folder(folder)
    event = attrs.evolve(opened(name, "village", "c1"), citation=Citation(name))
    document = Document(name, name, "Quyết định", "UBND tỉnh", name, synthetic=True)
    barrier.wait()
    for _ in range(20):
        try:
            found.append([event], recorded_at=RECORDED, by=name, documents={name: document})
            return
        except UnableToReadJournal:
            found = open_folder(folder)


def test_officers_who_record_at_once_lose_no_entry_and_no_document(folder: Path) -> None:
    """Whoever comes second is refused, reads again and records; documents of both stay."""
    context = mp.get_context("fork")
    names = [f"x{number}" for number in range(6)]
    barrier = context.Barrier(len(names))
    workers = [context.Process(target=_append, args=(folder, name, barrier)) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = open_folder(folder)
    assert {entry.by for entry in found.journal.entries[len(sound()) :]} == set(names)
    assert set(found.documents) == {*names, *DOCUMENTS}
    assert verify(found) == []


def test_a_stale_reader_appends_nothing_and_takes_no_document_away(folder: Path) -> None:
    stale, other = open_folder(folder), open_folder(folder)
    document = Document("qd-2", "2/QĐ-UBND", "Quyết định", "UBND tỉnh", "Hai", synthetic=True)
    other.append([measured("v1", households=41)], recorded_at=RECORDED, by="b", documents={"qd-2": document})
    before = files(folder)
    third = attrs.evolve(document, id="qd-3")
    with pytest.raises(UnableToReadJournal, match="has changed since"):
        stale.append([measured("v1", households=42)], recorded_at=RECORDED, by="a", documents={"qd-3": third})
    assert files(folder) == before


def test_a_moment_without_a_zone_is_refused() -> None:
    """Otherwise the clock of the machine would decide what was known when."""
    with pytest.raises(dates.UnableToReadMoment):
        Journal().append(sound(), recorded_at=dt.datetime(2019, 10, 9), by="t")  # noqa: DTZ001  # the fault tried


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:00:00-07:00", "", "2019-10-09T07:59"]
)
def test_moments_that_are_none_are_refused(moment: str) -> None:
    with pytest.raises(dates.UnableToReadMoment):
        dates.parse_moment(moment)


@given(st.text(alphabet=st.sampled_from("eoađ \u0301\u0302\u0323\u00ac\u200b\ufeff\u00a0\n"), max_size=12))
def test_clean_text_stays_as_it_is(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)
    assert text.stray_marks(text.clean(raw)) == []


@pytest.mark.parametrize(
    ("item", "vi", "en"),
    [
        ("carries_out: ctr-26", "danh sách id", "list of ids"),
        ("carries_out: [1]", "danh sách id", "list of ids"),
        ("synthetic: 'no'", "true hoặc false", "true or false"),
        ("1: a", "trường lạ '1'", "unknown field '1'"),
        ("signed_on: 2019-01-01 10:00:00", "không phải ngày", "is not a day"),
    ],
)
def test_odd_documents_are_refused_in_both_languages(tmp_path: Path, item: str, vi: str, en: str) -> None:
    file = tmp_path / "documents.yaml"
    file.write_text(f"- id: a\n  number: b\n  type: c\n  issuer: d\n  title: e\n  {item}\n", encoding="utf-8")
    with pytest.raises(UnableToReadDocuments) as caught:
        read_documents(file)
    assert vi in caught.value.message("vi")
    assert "văn bản 1" in caught.value.message("vi")
    assert en in caught.value.message("en")


def test_a_byte_order_mark_before_documents_is_harmless(tmp_path: Path) -> None:
    file = tmp_path / "documents.yaml"
    file.write_text("\ufeff- {id: a, number: b, type: c, issuer: d, title: e}", encoding="utf-8")
    assert list(read_documents(file)) == ["a"]


@pytest.mark.parametrize(
    ("field", "value", "vi", "en"),
    [
        ("assigned", 10**400, "số nguyên", "whole number"),
        ("assigned", True, "True không phải số nguyên", "True is not a whole number"),
        ("assigned", 1.0, "số nguyên", "whole number"),
        ("category", None, "None không phải chữ", "None is not text"),
        ("unit", ["x" * 1000], "không phải chữ", "is not text"),
        ("effective_on", "2018-02-30", "không phải ngày", "is not a day"),
        ("effective_on", 7, "7 không phải ngày", "7 is not a day"),
        ("colour", "red", "trường lạ: 'colour'", "unknown field: 'colour'"),
    ],
)
def test_fields_of_the_wrong_type_are_refused_in_both_languages(
    field: str, value: object, vi: str, en: str
) -> None:
    event = events.HeadcountRecorded(
        effective_on=RECORDED.date(), citation=CITED, unit="c1", category="cadre", assigned=1
    )
    with pytest.raises(codec.UnableToReadEvent) as caught:
        codec.from_json({**codec.to_json(event), field: value})
    assert vi in caught.value.message("vi")
    assert en in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e16, -1e16, 10**400])
def test_numbers_no_measure_can_have_are_refused(value: float) -> None:
    said = codec.to_json(measured("v1", area_km2=1.0))
    with pytest.raises(codec.UnableToReadEvent, match="not a finite number"):
        codec.from_json({**said, "measures": {"area_km2": value}})


def test_what_a_correction_or_a_proposal_says_cites_for_itself(tmp_path: Path) -> None:
    lost = attrs.evolve(measured("v1", households=41), citation=Citation("qd-8"))
    corrected = events.Corrected(effective_on=lost.effective_on, citation=CITED, target=8, replacement=lost)
    draft = attrs.evolve(merged(signed_on=None), citation=Citation(""))
    proposed = events.Proposed(
        effective_on=lost.effective_on, citation=CITED, proposal="x", scheme="s", reorganisation=draft
    )
    found = written(tmp_path / "register", *sound(), corrected, proposed)
    last = len(found.journal)
    assert [(one.line, one.rule) for one in verify(found)] == [
        (last - 1, "unknown-document"),
        (last, "no-document"),
    ]


def test_a_document_carries_out_documents_that_are_there(tmp_path: Path) -> None:
    found = written(tmp_path / "register", *sound())
    odd = attrs.evolve(found, documents={"qd-1": attrs.evolve(DOCUMENTS["qd-1"], carries_out=("nq-18",))})
    assert [one.rule for one in verify(odd)] == ["unknown-carried-out"]
    assert "nq-18" in verify(odd)[0].message("vi")


def test_every_refusal_of_files_speaks_both_languages(folder: Path) -> None:
    """A line with a right hash and a wrong field, in Vietnamese without an English word in it."""
    lines = (folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    fields = json.loads(lines[0])
    del fields["hash"], fields["title"]
    fields["hash"] = journal._digest(fields)
    (folder / "journal.jsonl").write_bytes(journal._canonical(fields) + b"\n")
    with pytest.raises(Refusal) as caught:
        open_folder(folder)
    assert caught.value.message("vi").endswith("dòng 1: thiếu trường 'title' @ unit_opened.title")
    assert caught.value.message("en").endswith("line 1: field 'title' is missing @ unit_opened.title")


def test_a_unit_made_without_a_parent_is_found_adrift(tmp_path: Path) -> None:
    """It would be in no commune: no standard and no figure would reach it."""
    lost = merged(outputs=(events.Output("v5", "village", "Thôn 5"),))
    found = written(tmp_path / "register", *sound(), lost)
    assert [(one.line, one.rule) for one in verify(found)] == [(len(found.journal), "adrift")]
    assert verify(written(tmp_path / "other", *sound(), merged())) == []
