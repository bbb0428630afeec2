"""Rolls as commune officers send them: what is odd is named by row, and nothing odd gets in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.consultation import Places, Row, changes, read_roll
from tinhgon.text import fold

PLACES = Places(
    {"v1": "v1", "v2": "v2", "v3": "v3"},
    {
        fold("Bon Bu Sóp"): (("v1", fold("Xã Đắk Wer")),),
        fold("Thôn 2"): (("v2", fold("Xã Đắk Wer")), ("v3", fold("Xã Đắk Ru"))),
    },
)


def row(line: int, village: str = "Bon Bu Sóp", code: str = "", head: str = "", **more: str) -> Row:
    address = more.get("address", f"Số nhà {line}")
    return Row(line, more.get("commune", ""), village, code or f"H{line}", head or f"Chủ hộ {line}", address)


def rules(*rows: Row) -> dict[int, str]:
    return {problem.line: problem.rule for problem in read_roll(rows, PLACES)[1]}


def test_a_clean_roll_is_numbered_within_each_village() -> None:
    good, bad = read_roll([row(2), row(3, "v2"), row(4, "bon bu sop")], PLACES)
    assert [(one.unit, one.number) for one in good] == [("v1", 1), ("v2", 1), ("v1", 2)]
    assert bad == []


def test_what_is_missing_is_named() -> None:
    rows = [
        row(2, village=""),
        row(3, village="Bon lạ"),
        row(4, address=""),
        Row(5, "", "v1", "", "Y Bhăm", "1"),
        Row(6, "", "v1", "H6", "", "1"),
    ]
    assert rules(*rows) == {
        2: "no-village", 3: "unknown-village", 4: "no-address", 5: "no-household", 6: "no-head",
    }  # fmt: skip


def test_a_name_of_two_villages_needs_the_commune() -> None:
    assert rules(row(2, "Thôn 2"), row(3, "Thôn 2", commune="Xã Đăk Ru")) == {2: "ambiguous-village"}


def test_a_household_is_there_once_with_one_head() -> None:
    rows = [
        row(2, code="A1", head="Y Bhăm"),
        row(3, code="A1", head="y bham"),
        row(4, code="a1", head="H'Lan"),
        row(5, "v2", code="A1", head="Y Bhăm"),
    ]
    assert rules(*rows) == {3: "twice", 4: "two-heads", 5: "two-villages"}
    assert all(problem.other == 2 for problem in read_roll(rows, PLACES)[1])


def test_one_person_under_two_codes_is_asked_about() -> None:
    assert rules(
        row(2, code="A1", head="Y Bhăm", address="Bon 1"), row(3, code="A2", head="Y Bhăm", address="Bon 1")
    ) == {3: "same-person"}


def test_what_was_entered_before_is_known() -> None:
    _, bad = read_roll([row(2, code="A1")], PLACES, {"a1": "v2"})
    assert [problem.rule for problem in bad] == ["already-there"]
    assert "đã có" in bad[0].vi


def test_a_roll_the_sheet_replaces_does_not_stand_in_its_way() -> None:
    rows = [row(2, code="A1"), row(3, "v2", code="B1")]
    good, bad = read_roll(rows, PLACES, {"a1": "v2", "b1": "v3"})
    assert [one.household for one in good] == ["A1"]
    assert [(problem.line, problem.rule) for problem in bad] == [(3, "already-there")]


def test_what_a_sheet_changes_is_told_by_household() -> None:
    before, _ = read_roll([row(2, code="a1", head="Y Bhăm"), row(3, code="A2"), row(4, code="A3")], PLACES)
    after, _ = read_roll(
        [row(9, code="A4"), row(3, code="A2"), row(2, "v2", code="A1", head="Y Bhăm")], PLACES
    )
    found = changes(after, before)
    assert [(one.kind, named.household) for one in found if (named := one.now or one.was)] == [
        ("new", "A4"),
        ("changed", "A1"),
        ("gone", "A3"),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["v1", "v2", "?"]), st.integers(0, 5), st.integers(0, 3)), max_size=30)
)
def test_each_row_is_a_household_or_a_problem_and_no_household_is_there_twice(
    drawn: list[tuple[str, int, int]],
) -> None:
    rows = [row(line, unit, f"A{code}", f"Ông {head}") for line, (unit, code, head) in enumerate(drawn, 2)]
    good, bad = read_roll(rows, PLACES)
    assert sorted([one.line for one in good] + [one.line for one in bad]) == [one.line for one in rows]
    assert len({one.household for one in good}) == len(good)
    assert len({(one.unit, one.number) for one in good}) == len(good)
