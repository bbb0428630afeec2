"""One language at a time, and answers in the form asked for, whatever the register or the question is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engine.building import CITED, act, day, opened, province, register_of

from tinhgon.cli import main
from tinhgon.registry import events, kinds
from tinhgon.registry.refusals import UnableToFold

WINDOW = ("--from", "2018-03-08", "--to", "2019-10-09")
COMMANDS = (
    ("figures", *WINDOW, "--all", "--parts"),
    ("figures", *WINDOW, "--trace"),
    ("claims",),
    ("units", "--on", "2019-01-01"),
    ("standards", "--on", "2019-01-01"),
    ("standards", "--on", "2019-01-01", "--kind", "commune"),
    ("crosswalk", *WINDOW),
    ("verify",),
)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "journal.jsonl").touch()
    return tmp_path / "register"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(words) for words in COMMANDS])
def test_an_empty_register_has_answers_in_every_form(empty: Path, words: tuple[str, ...], lang: str) -> None:
    command, *options = words
    for form in ("table", "json", "csv"):
        result = run(command, empty, *options, "--format", form, "--lang", lang)
        assert result.exit_code == 0, result.output
        if form == "json":
            json.loads(result.output)
        if form == "csv":
            [heading, *_] = csv.reader(io.StringIO(result.output))
            assert set(heading) & {"code", "id", "name", "source_code", "line"}


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        (("units", "--on", "2019-13-01"), "--on: '2019-13-01' không phải ngày", "'2019-13-01' is not a day"),
        (
            ("figures", *WINDOW, "--known-at", "hôm qua"),
            "--known-at: 'hôm qua' không phải thời điểm",
            "not a moment",
        ),
        (("figures", *WINDOW, "--code", "nothing"), "không có chỉ tiêu 'nothing'", "no indicator 'nothing'"),
        (("figures", "--from", "2019-01-02", "--to", "1/1/2019"), "kỳ kết thúc (01/01/2019)", "window ends"),
        (("crosswalk", "--from", "2019-01-02", "--to", "1/1/2019"), "đổi chỗ hai ngày", "swap them"),
        (("lineage", "nowhere"), "không đơn vị nào", "no unit has the id"),
        (("units", "--on", "2019-01-01", "--under", "nowhere"), "không đơn vị nào", "no unit has the id"),
    ],
)
def test_a_refusal_is_whole_in_one_language(empty: Path, words: tuple[str, ...], vi: str, en: str) -> None:
    command, *options = words
    for lang, said, word in (("vi", vi, "Lỗi: "), ("en", en, "Error: ")):
        for place in ([], ["--lang", lang]):  # Vietnamese when nothing is said
            if lang == "vi" or place:
                result = run(command, empty, *options, *place)
                assert result.exit_code == 2
                assert result.output.startswith(word)
                assert said in result.output


def test_a_file_that_cannot_be_read_is_named(empty: Path) -> None:
    (empty / "documents.yaml").mkdir()
    result = run("verify", empty)
    assert (result.exit_code, "documents.yaml: không đọc" in result.output) == (2, True)


def refused(*story: object) -> UnableToFold:
    with pytest.raises(UnableToFold) as caught:
        register_of(province(), *story)  # type: ignore[arg-type]  # events
    return caught.value


def test_refused_acts_name_things_as_officers_do() -> None:
    villages = [opened(id_, "village", "commune") for id_ in ("a", "b")]
    on = day("2019-01-15")
    many = refused(*villages, act("merge", ["a"], [events.Output("c", "village", "C")], on))
    assert many.reason("vi").startswith(
        "'sáp nhập, hợp nhất' cần số đơn vị vào → ra là 2+ → 1, đi tiếp: không;"
    )
    hanging = refused(*villages, act("dissolve", ["commune"], [], on))
    assert "mà đơn vị trực thuộc chưa có nơi về: a, b" in hanging.reason("vi")
    families = refused(villages[0], act("merge", ["a", "commune"], [events.Output("c", "village", "C")], on))
    assert families.reason("vi").endswith("thôn, tổ dân phố, cấp xã")
    assert families.message("vi").startswith("dòng 6 (sắp xếp): ")
    late = refused(*villages, act("absorb", ["a", "b"], ["a"], on, signed_on=day("2019-02-01")))
    assert late.reason("vi") == "ngày hiệu lực (15/01/2019) trước ngày ký (01/02/2019)"
    odd = refused(
        villages[0], events.MeasureRecorded(effective_on=on, citation=CITED, unit="a", measures={"x": 1})
    )
    assert "chỉ tiêu 'x'" in odd.reason("vi")


def test_every_event_has_a_name_in_both_languages() -> None:
    assert set(kinds.EVENT_NAMES) == set(events.EVENTS)
    assert set(kinds.FAMILIES) == set(kinds.FAMILY.values())
