"""One cell in, one value out, or the rule it breaks. Nothing is guessed: what is odd is refused with a way out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from openpyxl.utils.datetime import from_excel

from tinhgon import dates, text
from tinhgon.workbook.layout import Column

_ID = re.compile(r"[\w.\-/:]+")
_PERSON = re.compile(r"(?=.*\d)[A-Za-z0-9.\-_:/]+")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_US_FORMAT = re.compile(r"(\[[^\]]*\])*m{1,4}[^a-z]+d", re.IGNORECASE)
_SHORT_DATE = "mm-dd-yy"  # Excel's name for "the short date of this computer", whatever its order
_NUMBER = re.compile(r"[-+]?\d[\d.,\s]*%?")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([.,\s]\d{3})+")
_EARLIEST, _LATEST = dt.date(1945, 9, 2), dt.date(2100, 12, 31)


@attrs.frozen(slots=True)
class Cell:
    """A cell as the file holds it. `value` of a formula is its last calculated one."""

    value: Any
    format: str = "General"
    type: str = "n"
    formula: bool = False
    epoch: dt.datetime = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # Excel's day zero has no zone


class UnableToReadCell(ValueError):
    """A cell breaks a rule of `problems.RULES`; carries the rule and its data."""

    def __init__(self, rule: str, **data: object) -> None:
        super().__init__(rule)
        self.rule, self.data = rule, data


def is_empty(cell: Cell) -> bool:
    """Nothing, or nothing but white space."""
    return not cell.formula and (
        cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
    )


def read(cell: Cell, column: Column) -> Any:
    """The value of a cell as its column wants it; None for an empty one.

    Raises:
        UnableToReadCell: the rule broken.
    """
    if is_empty(cell):
        if column.required:
            raise UnableToReadCell("missing-value")
        return None
    if cell.formula and cell.value is None:
        raise UnableToReadCell("formula-without-value")
    if cell.type == "e":
        raise UnableToReadCell("error-value", value=cell.value)
    return READERS[column.type](cell, column)


def typed(written: str, column: Column) -> Cell:
    """A cell as if somebody had typed this into Excel set to Vietnamese: 1.250 and 3,25 become numbers."""
    written = unicodedata.normalize("NFC", written.strip())
    if column.type in ("signed", "number", "whole", "share") and _NUMBER.fullmatch(written):
        meant = _meant(written).replace(",", ".")
        number = float(meant.rstrip("%")) / (100 if meant.endswith("%") else 1)
        return Cell(int(number) if number.is_integer() else number)
    return Cell(written or None)


def displayed(value: Any) -> str:
    """A cell's content as it is typed, so that `typed` reads it back: days 8/3/2018, numbers 3,25."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return dates.format_date_vi(value)
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return str(value)


def _string(cell: Cell, column: Column) -> str:
    """Text as it is, once it is clean; a number or a day is not text."""
    del column
    value = cell.value
    if isinstance(value, dt.date):
        raise UnableToReadCell("date-not-text", value=dates.format_date_vi(value))
    if not isinstance(value, str):
        raise UnableToReadCell("not-text", value=value, example=_as_displayed(cell))
    cleaned = text.clean(value)
    if stray := text.stray_marks(value) + _controls(value):
        raise UnableToReadCell("stray-characters", found=", ".join(dict.fromkeys(stray)), cleaned=cleaned)
    if not unicodedata.is_normalized("NFC", value):
        raise UnableToReadCell("decomposed-text", cleaned=cleaned)
    return cleaned


def _controls(value: str) -> list[str]:
    """Invisible characters that are not line ends, tabs or spaces."""
    odd = ("Cc", "Cf", "Co", "Cs", "Cn")
    return [
        f"U+{ord(char):04X}" for char in value if unicodedata.category(char) in odd and char not in "\t\n\r"
    ]


def _as_displayed(cell: Cell) -> str:
    """A number as its format shows it, when the format is leading zeros; else as it is."""
    is_zeros = re.fullmatch(r"0+", cell.format) is not None
    return (
        str(cell.value).zfill(len(cell.format)) if is_zeros and type(cell.value) is int else str(cell.value)
    )


def _text(cell: Cell, column: Column) -> str:
    """Text of a title or clause, where a plain whole number is meant as written."""
    if type(cell.value) is int:
        return str(cell.value)
    return _string(cell, column)


def _id(cell: Cell, column: Column) -> str:
    value = _string(cell, column)
    if not _ID.fullmatch(value):
        raise UnableToReadCell("bad-id", value=value)
    return value


def _ids(cell: Cell, column: Column) -> tuple[str, ...]:
    parts = [part.strip() for part in _string(cell, column).split(";") if part.strip()]
    for part in parts:
        if not _ID.fullmatch(part):
            raise UnableToReadCell("bad-id", value=part)
    return tuple(parts)


def _person(cell: Cell, column: Column) -> str:
    value = _string(cell, column)
    if not _PERSON.fullmatch(value):
        raise UnableToReadCell("personal-name", value=value)
    return value


def _date(cell: Cell, column: Column) -> dt.date:
    value = cell.value
    if isinstance(value, dt.datetime):
        return _plausible(_from_date_cell(value, cell.format))
    if isinstance(value, str):
        return _plausible(_from_text(_string(cell, column)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise _bare_number(value, cell.epoch)
    raise UnableToReadCell("bad-date", value=value)


def _from_date_cell(value: dt.datetime, format_: str) -> dt.date:
    if value.time() != dt.time.min:
        raise UnableToReadCell("bad-date", value=value.isoformat(" "))
    day = value.date()
    if format_ != _SHORT_DATE and _US_FORMAT.match(format_) and day.day <= 12 and day.day != day.month:
        shown = f"{day.month}/{day.day}/{day.year}"
        raise UnableToReadCell("us-date", value=shown, example=dates.format_date_vi(day))
    return day


def _from_text(value: str) -> dt.date:
    try:
        return dates.parse_date(value)
    except dates.UnableToReadDate:
        pass
    match = _MONTH_FIRST.fullmatch(value)
    if match is not None:
        month, day, year = (int(part) for part in match.groups())
        if month <= 12 < day <= 31:
            raise UnableToReadCell("us-date", value=value, example=f"{day}/{month}/{year}")
    raise UnableToReadCell("bad-date", value=value)


def _bare_number(value: float, epoch: dt.datetime) -> UnableToReadCell:
    try:
        meant = from_excel(value, epoch)
    except (ValueError, OverflowError):
        return UnableToReadCell("bad-date", value=value)
    if not isinstance(meant, dt.datetime) or not _EARLIEST <= meant.date() <= _LATEST:
        return UnableToReadCell("bad-date", value=value)
    return UnableToReadCell("bare-number-date", value=value, example=dates.format_date_vi(meant))


def _plausible(day: dt.date) -> dt.date:
    if not _EARLIEST <= day <= _LATEST:
        raise UnableToReadCell("implausible-date", value=dates.format_date_vi(day))
    return day


def _signed(cell: Cell, column: Column) -> int | float:
    """Any number, in a cell that holds a number."""
    value = cell.value
    if isinstance(value, bool | dt.date | dt.time):
        raise UnableToReadCell("not-a-number", value=value)
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else value
    value = _string(cell, column)
    if _NUMBER.fullmatch(value):
        raise UnableToReadCell("number-as-text", value=value, example=_meant(value))
    raise UnableToReadCell("not-a-number", value=value)


def _meant(value: str) -> str:
    """The number a Vietnamese text probably means: dots part thousands, a comma the decimals."""
    percent = value.endswith("%")
    digits = value.rstrip("%").strip()
    if _THOUSANDS.fullmatch(digits):
        return re.sub(r"[.,\s]", "", digits) + "%" * percent
    return re.sub(r"\s", "", digits).replace(".", ",") + "%" * percent


def _number(cell: Cell, column: Column) -> int | float:
    value = _signed(cell, column)
    if value < 0:
        raise UnableToReadCell("negative", value=value)
    return value


def _whole(cell: Cell, column: Column) -> int:
    value = _number(cell, column)
    if not isinstance(value, int):
        raise UnableToReadCell("not-whole", value=value)
    return value


def _share(cell: Cell, column: Column) -> float:
    value = _number(cell, column)
    if not 0 < value <= 1:
        raise UnableToReadCell("bad-share", value=value)
    return float(value)


def _choice(cell: Cell, column: Column) -> str:
    value = _string(cell, column)
    wanted = value.casefold()
    for printed, recorded in column.choices.items():
        if wanted in (printed.casefold(), recorded.casefold()):
            return recorded
    raise UnableToReadCell("unknown-choice", value=value, choices=", ".join(column.choices))


READERS: Mapping[str, Callable[[Cell, Column], Any]] = {
    "text": _text,
    "code": _string,
    "id": _id,
    "ids": _ids,
    "person": _person,
    "date": _date,
    "signed": _signed,
    "number": _number,
    "whole": _whole,
    "share": _share,
    "choice": _choice,
    "flag": _choice,
}
