"""Whatever stands in a cell, it is read or refused by a rule: nothing an officer types brings the reading down."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon import text
from tinhgon.workbook import cells, layout
from tinhgon.workbook.cells import Cell, UnableToReadCell
from tinhgon.workbook.layout import Column
from tinhgon.workbook.problems import RULES, Problem

COLUMNS = [column for sheet in layout.SHEETS for column in sheet.columns]
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.text("0123456789/.-,% ", max_size=10),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31)),  # noqa: DTZ001  # cells have no zone
    st.times(),
    st.timedeltas(dt.timedelta(-1000), dt.timedelta(1000)),
    st.sampled_from(["#N/A", "#REF!", "có", "không", "xã", "1.234", "08/3/2018", "31/02/2018", "Xã\u0300"]),
)
formats = st.sampled_from(
    ["General", "@", "00000", "dd/mm/yyyy", "m/d/yyyy", "[$-409]mmm d, yyyy", "mm-dd-yy", "0%"]
)


def outcome(cell: Cell, column: Column) -> object:
    """What is read, or the refusal."""
    try:
        return cells.read(cell, column)
    except UnableToReadCell as refused:
        return refused


@given(values, formats, st.sampled_from(COLUMNS), st.booleans())
def test_any_cell_is_read_or_refused(value: object, form: str, column: Column, formula: bool) -> None:
    type_ = "e" if isinstance(value, str) and value.startswith("#") else "n"
    found = outcome(Cell(value, form, type_, formula), column)
    if isinstance(found, UnableToReadCell):
        problem = Problem("a.xlsx", found.rule, "Đơn vị", 2, "A", column.header, found.data)
        assert found.rule in RULES
        assert problem.reason("vi") != problem.reason("en")
    else:
        assert found is not None or not column.required
        if isinstance(found, str) and column.type not in ("choice", "flag"):
            assert found == text.clean(found)


@given(st.dates(dt.date(1945, 9, 2), dt.date(2100, 12, 31)), st.sampled_from("/.-"))
def test_a_day_written_day_first_is_that_day(day: dt.date, mark: str) -> None:
    written = mark.join((str(day.day), f"{day.month:02d}", str(day.year)))
    assert cells.read(Cell(written), Column("a", "Ngày", "date")) == day


@given(st.integers(0, 10**7))
def test_the_example_of_a_number_written_as_text_is_that_number(number: int) -> None:
    """1.234 in a cell of text is 1234 in Vietnamese writing; the message says so and guesses nothing else."""
    for written in (str(number), f"{number:,}".replace(",", ".")):
        found = outcome(Cell(written), Column("a", "Số hộ", "whole"))
        assert isinstance(found, UnableToReadCell)
        assert (found.rule, found.data["example"]) == ("number-as-text", str(number))


@pytest.mark.parametrize(("form", "shown"), [("00000", "00022"), ("General", "22")])
def test_a_code_that_lost_its_zeros_is_shown_as_its_format_shows_it(form: str, shown: str) -> None:
    found = outcome(Cell(22, form), Column("a", "Mã số", "code"))
    assert isinstance(found, UnableToReadCell)
    assert (found.rule, found.data["example"]) == ("not-text", shown)


def test_every_rule_says_in_both_languages_what_it_carries() -> None:
    for rule, (vietnamese, english) in RULES.items():
        fields = re.findall(r"{(\w+)}", vietnamese)
        assert sorted(fields) == sorted(re.findall(r"{(\w+)}", english)), rule
