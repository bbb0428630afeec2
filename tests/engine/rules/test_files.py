"""A rule file that breaks the format is refused, with its file, line, place and the rule broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tinhgon.rules import Rulebook, UnableToLoadRules

GOOD = """\
subject: bridges
name_vi: Số cầu
name_en: Bridges
unit: bridges
facts:
  kind: [xa, phuong]
  size: number
  old: flag
periods:
  - from: 2020-01-01
    until: 2021-01-01
    document: 1/2020/TT
    article: Điều 1
    verified: true
    source: S1
    cells:
      - {when: {kind: xa, size: {below: 5}}, value: 1}
      - {when: {kind: xa, size: {at_least: 5}}, value: 2.5}
      - {when: {old: true}, value: 1/3}
"""

SECOND_PERIOD = """\
  - from: 2020-12-31
    document: 2/2020/TT
    article: Điều 1
    verified: true
    source: S1
    cells:
      - {when: {kind: [xa, phuong], size: {at_least: 7}}, value: 9}
"""

FAULTS = {
    "no document": (("    document: 1/2020/TT\n", ""), 16, "'document' is missing: every value cites"),
    "no article": (("    article: Điều 1\n", ""), 16, "'article' is missing"),
    "empty document": (("1/2020/TT", '""'), 12, "write some text here"),
    "no source": (("    source: S1\n", ""), 16, "'source' is missing"),
    "verified from memory": (("source: S1", "source: memory"), 17, "from memory is not verified"),
    "verified is a word": (("verified: true", "verified: maybe"), 14, "write true or false"),
    "unknown key": (("    source: S1", "    sauce: S1"), 15, "unknown key 'sauce'"),
    "unknown fact": (("{old: true}", "{new: true}"), 19, "'new' is not a fact of bridges"),
    "unknown word": (
        ("{kind: xa, size: {below: 5}}", "{kind: huyen}"),
        17,
        "'huyen' is not one of xa, phuong",
    ),
    "flag as word": (("{old: true}", "{old: maybe}"), 19, "write true or false"),
    "number as word": (("size: {below: 5}", "size: small"), 17, "write keys with values"),
    "empty range": (("size: {below: 5}", "size: {}"), 17, "write at_least and/or below"),
    "range upside down": (("size: {below: 5}", "size: {at_least: 5, below: 5}"), 17, "the first the smaller"),
    "no such day": (("2020-01-01", "2020-02-30"), None, "not readable: day is out of range"),
    "list as key": (("{old: true}", "{[old, new]: true}"), None, "not readable as YAML"),
    "date as text": (("from: 2020-01-01", "from: 01/01/2020"), 10, "is not a day: write it as"),
    "ends before it starts": (("until: 2021", "until: 2019"), 11, "is not after its start"),
    "value as word": (("value: 2.5", "value: many"), 18, "a value is a number or a share"),
    "key twice": (("unit: bridges\n", "unit: bridges\nunit: planks\n"), 1, "'unit' is written twice"),
    "not YAML": (("facts:", "facts: ["), None, "not readable as YAML"),
    "no facts": (
        ("facts:\n  kind: [xa, phuong]\n  size: number\n  old: flag\n", ""),
        1,
        "'facts' is missing",
    ),
    "no periods": ((GOOD[GOOD.index("periods") :], "periods: []\n"), 9, "at least one item"),
    "same case twice": (("{old: true}", "{kind: xa, size: {below: 3}}"), 19, "holds at the same time"),
    "overlapping periods": (("value: 1/3}\n", "value: 1/3}\n" + SECOND_PERIOD), 26, "holds at the same time"),
}


def load(folder: Path, text: str) -> Rulebook:
    local = folder / "local"
    local.mkdir()
    (local / "bridges.yaml").write_text(text, encoding="utf-8")
    return Rulebook.load(local)


def test_a_good_file_loads(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).subjects["bridges"].name_vi == "Số cầu"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_place(fault: str, tmp_path: Path) -> None:
    (old, new), line, says = FAULTS[fault]
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(UnableToLoadRules, match=says) as caught:
        load(tmp_path, text)
    assert caught.value.file.name == "bridges.yaml"
    assert line is None or caught.value.line == line
    assert str(caught.value).startswith(f"{caught.value.file}, line {caught.value.line} (")


def test_periods_that_meet_do_not_overlap(tmp_path: Path) -> None:
    text = GOOD + SECOND_PERIOD.replace("2020-12-31", "2021-01-01")
    assert len(load(tmp_path, text).cells("bridges")) == 4


def test_two_files_on_one_subject_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(UnableToLoadRules, match=r"'bridges' is already the subject of a\.yaml"):
        Rulebook.load(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToLoadRules, match="no such folder"):
        Rulebook.load(tmp_path / "nowhere")


def test_a_bad_overlay_leaves_the_national_rules_as_they_were(tmp_path: Path) -> None:
    with pytest.raises(UnableToLoadRules):
        load(tmp_path, GOOD.replace("S1", "memory"))
    assert "bridges" not in Rulebook.load().subjects
