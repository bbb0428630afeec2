"""Reading a roll: rows of a sheet into households, or into problems that name the row, the fault and the way out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from tinhgon import text


@attrs.frozen(slots=True)
class Row:
    """A row as written: the sheet's line, and the text of each column ("" for none)."""

    line: int
    commune: str
    village: str
    household: str
    head: str
    address: str


@attrs.frozen(slots=True)
class Household:
    """A household of the roll: the unit it belongs to, its number there from 1, its code, head and address."""

    line: int
    unit: str
    number: int
    household: str
    head: str
    address: str


@attrs.frozen(slots=True)
class Problem:
    """What is wrong with one row. `rule` is a key of `RULES`; `other` the earlier row it collides with."""

    line: int
    rule: str
    other: int | None = None

    @property
    def vi(self) -> str:
        """The problem in Vietnamese."""
        return RULES[self.rule][0].format(other=self.other)

    @property
    def en(self) -> str:
        """The problem in English."""
        return RULES[self.rule][1].format(other=self.other)


RULES = {
    "no-village": ("Thiếu tên thôn, tổ dân phố", "the village is missing"),
    "unknown-village": (
        "Không có thôn, tổ dân phố này trong đợt lấy ý kiến: kiểm tra tên hoặc ghi mã",
        "this village is not part of the consultation: check its name or write its code",
    ),
    "ambiguous-village": (
        "Nhiều thôn, tổ dân phố trùng tên này: ghi thêm xã hoặc ghi mã",
        "several villages have this name: add the commune, or write the code",
    ),
    "no-household": ("Thiếu mã hộ", "the household's code is missing"),
    "no-head": ("Thiếu họ tên chủ hộ", "the name of the head of the household is missing"),
    "no-address": ("Thiếu địa chỉ", "the address is missing"),
    "too-long": ("Có ô dài quá 300 ký tự", "a cell is longer than 300 characters"),
    "twice": ("Trùng với dòng {other}: cùng mã hộ và chủ hộ", "the same household as in row {other}"),
    "two-heads": (
        "Mã hộ này đã có chủ hộ khác ở dòng {other}: một hộ chỉ một người đại diện",
        "row {other} names another head of this household: a household has one representative",
    ),
    "two-villages": (
        "Mã hộ này đã có ở thôn, tổ dân phố khác, dòng {other}",
        "this household is already on another village's roll, row {other}",
    ),
    "same-person": (
        "Cùng họ tên và địa chỉ với dòng {other} nhưng khác mã hộ: kiểm tra có phải một hộ",
        "the same name and address as row {other} with another code: check whether it is one household",
    ),
    "already-there": (
        "Mã hộ này đã có trong danh sách đã nhập trước",
        "this household is already on a roll entered before",
    ),
}
"""Rule -> what it says in Vietnamese and in English."""
LONGEST = 300


@attrs.frozen(slots=True)
class Places:
    """The villages that are asked: by id or code, and by folded name with the communes they stand in."""

    by_code: Mapping[str, str]
    by_name: Mapping[str, tuple[tuple[str, str], ...]]

    def find(self, commune: str, village: str) -> str | None:
        """The unit a row means; "" where several could be meant, None where none is."""
        if not village or village in self.by_code:
            return self.by_code.get(village)
        wanted = text.fold(commune)
        named = self.by_name.get(text.fold(village), ())
        units = [unit for unit, where in named if not wanted or where == wanted]
        return units[0] if len(units) == 1 else "" if units else None


@attrs.define(slots=True)
class _Seen:
    """What earlier rows held: household -> (line, unit, folded head), and (unit, head, address) -> line."""

    households: dict[str, tuple[int, str, str]] = attrs.field(factory=dict)
    people: dict[tuple[str, str, str], int] = attrs.field(factory=dict)
    numbers: dict[str, int] = attrs.field(factory=dict)


def read_roll(
    rows: Iterable[Row], places: Places, there: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Household], list[Problem]]:
    """Sort rows into households, numbered within their village, and problems; a row gives one or the other.

    `there` gives for each (casefolded) code on a roll of this consultation the unit of that roll.
    """
    seen, good, bad = _Seen(), [], []
    for row in rows:
        unit = places.find(row.commune, row.village)
        problem = _in_itself(row, unit) or _against(row, unit or "", seen)
        if problem is not None or not unit:  # a row without a unit is a problem
            bad.extend([problem] if problem else [])
            continue
        number = seen.numbers[unit] = seen.numbers.get(unit, 0) + 1
        good.append(Household(row.line, unit, number, row.household, row.head, row.address))
    elsewhere = {problem.line: problem for problem in already_elsewhere(good, there)}
    kept = [one for one in good if one.line not in elsewhere]
    return kept, sorted([*bad, *elsewhere.values()], key=lambda problem: problem.line)


def already_elsewhere(households: Collection[Household], there: Mapping[str, str]) -> list[Problem]:
    """The households of a sheet that stand on a roll the sheet does not replace.

    `there` gives for each (casefolded) code on a roll of this consultation the unit of that roll.
    """
    replaced = {one.unit for one in households}
    return [
        Problem(one.line, "already-there")
        for one in households
        if there.get(one.household.casefold(), one.unit) not in replaced
    ]


def _in_itself(row: Row, unit: str | None) -> Problem | None:
    return next((Problem(row.line, rule) for rule in _faults(row, unit)), None)


def _faults(row: Row, unit: str | None) -> Iterator[str]:
    if not row.village:
        yield "no-village"
    elif unit is None:
        yield "unknown-village"
    elif not unit:
        yield "ambiguous-village"
    for name in ("household", "head", "address"):
        if not getattr(row, name):
            yield f"no-{name}"
    if max(map(len, (row.household, row.head, row.address))) > LONGEST:
        yield "too-long"


def _against(row: Row, unit: str, seen: _Seen) -> Problem | None:
    code, head = row.household.casefold(), text.fold(row.head)
    person = (unit, head, text.fold(row.address))
    held = seen.households.setdefault(code, (row.line, unit, head))
    if held[0] != row.line:
        rule = "two-villages" if held[1] != unit else "twice" if held[2] == head else "two-heads"
        return Problem(row.line, rule, held[0])
    earlier = seen.people.setdefault(person, row.line)
    return None if earlier == row.line else Problem(row.line, "same-person", earlier)
