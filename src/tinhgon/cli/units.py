"""`tinhgon units` and `tinhgon standards`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tinhgon.cli import options, output
from tinhgon.figures import UnitFinding, commune_findings, organ_findings, village_findings
from tinhgon.refusal import Refusal
from tinhgon.registry import kinds, lineage
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook

_WORDS = {
    "vi": {
        "id": "Đơn vị", "code": "Mã", "name": "Tên", "kind": "Loại", "parent": "Trực thuộc", "opened_on": "Từ ngày",
        "measure": "Chỉ tiêu", "value": "Thực tế", "standard": "Tiêu chuẩn", "ratio": "Tỷ lệ %", "band": "Nhóm",
        "obligation": "Nghĩa vụ", "citation": "Căn cứ", "verified": "Đã đối chiếu",
    },
    "en": {
        "id": "Unit", "code": "Code", "name": "Name", "kind": "Kind", "parent": "Under", "opened_on": "From",
        "measure": "Measure", "value": "Value", "standard": "Standard", "ratio": "Share %", "band": "Band",
        "obligation": "Obligation", "citation": "Citation", "verified": "Verified",
    },
}  # fmt: skip

_OTHERS = {
    "area": ("diện tích tự nhiên", "natural area"),
    "staff": ("biên chế được giao", "assigned staff"),
    "deputies": ("cấp phó", "deputies"),
    "sum over the group": ("cấp phó của cả nhóm", "deputies of the group"),
}
_MEASURES = {**kinds.MEASURES, **_OTHERS}
_KINDS = {lang: {kind.code: getattr(kind, lang) for kind in kinds.KINDS.values()} for lang in ("vi", "en")}
_SAID: dict[str, dict[str, dict[Any, str]]] = {
    "vi": {
        "measure": {code: names[0] for code, names in _MEASURES.items()},
        "band": {"meets": "đạt từ 100 %", "may": "50 % đến dưới 100 %", "must": "dưới 50 %"},
        "obligation": {"mandatory": "phải sắp xếp", "encouraged": "khuyến khích", "none": "không"},
        "verified": {True: "rồi", False: "CHƯA"},
    },
    "en": {
        "measure": {code: names[1] for code, names in _MEASURES.items()},
        "verified": {True: "yes", False: "NO"},
    },
}

_MEASURED = {"village": village_findings, "commune": commune_findings, "organ": organ_findings}


@click.command()
@options.register_argument
@options.on_option
@click.option("--kind", "kind", type=click.Choice(list(kinds.KINDS)), help="Only units of this kind.")
@click.option("--under", help="Only units below this one (id, or code on that day).")
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def units(
    register: Path,
    on: dt.date,
    kind: str | None,
    under: str | None,
    known_at: dt.datetime | None,
    form: str,
    lang: str,
) -> None:
    """The units open on a day, in order of registration."""
    state = options.open_register(register, form, lang).register(known_at)
    wanted = None if kind is None else [kind]
    rows = [
        {
            "id": unit.id,
            "code": unit.code(on),
            "name": unit.name(on),
            "kind": unit.kind(on),
            "parent": unit.parent(on),
            "opened_on": unit.opened_on,
        }
        for unit in state.units_on(on, wanted, _place(state, under, on))
    ]
    columns = ("id", "code", "name", "kind", "parent", "opened_on")
    output.emit(rows, form, {key: _WORDS[lang][key] for key in columns}, {"kind": _KINDS[lang]})


class UnableToChoosePlace(Refusal, ValueError):
    """A code names no unit, or several, on the day asked about."""

    def __init__(self, text: str, on: dt.date, candidates: list[lineage.Candidate]) -> None:
        found = "; ".join(f"{one.unit} ({one.name}, {one.start} .. {one.end or ''})" for one in candidates)
        super().__init__(
            f"'{text}' không chỉ đúng một đơn vị ngày {on:%d/%m/%Y}; có thể là: {found or 'không có'}",
            f"'{text}' names no single unit on {on}; candidates: {found or 'none'}",
        )
        self.text, self.on, self.candidates = text, on, candidates


def _place(state: Register, text: str | None, on: dt.date) -> str | None:
    if text is None:
        return None
    candidates = lineage.resolve(state, text, on)
    if len(candidates) != 1:
        raise UnableToChoosePlace(text, on, candidates or lineage.resolve(state, text))
    return candidates[0].unit


@click.command()
@options.register_argument
@options.on_option
@click.option(
    "--kind",
    "family",
    type=click.Choice(list(_MEASURED)),
    default="village",
    show_default=True,
)
@click.option("--under", help="Only units below this one (id, or code on that day).")
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def standards(
    register: Path,
    on: dt.date,
    family: str,
    under: str | None,
    known_at: dt.datetime | None,
    form: str,
    lang: str,
) -> None:
    """Units against the standard in force on a day: ratio, band, what follows, and the citation."""
    state = options.open_register(register, form, lang).register(known_at)
    found = _MEASURED[family](state, Rulebook.load(), on, _place(state, under, on))
    rows = [row for item in found for row in _finding_rows(item, on, lang)]
    if form == "table":  # no rule, nothing to have checked
        rows = [row if row["citation"] else {**row, "verified": None} for row in rows]
    columns = ("name", "measure", "value", "standard", "ratio", "band", "obligation", "citation", "verified")
    output.emit(rows, form, {key: _WORDS[lang][key] for key in columns}, _SAID[lang])


def _finding_rows(item: UnitFinding, on: dt.date, lang: str) -> list[dict[str, Any]]:
    """A row per measure; the obligation is the unit's, drawn from all its measures."""
    return [
        {
            "id": item.unit.id,
            "code": item.unit.code(on),
            "name": item.unit.name(on),
            "kind": item.unit.kind(on),
            "measure": part.measure,
            "value": _number(part.value),
            "standard": _number(part.standard),
            "ratio": None if part.ratio is None else round(float(part.ratio) * 100, 2),
            "band": part.band,
            "obligation": item.finding.obligation,
            "citation": "; ".join(map(str, part.citations)),
            "verified": part.verified,
            "reason": item.finding.reason_vi if lang == "vi" else item.finding.reason_en,
        }
        for part in item.finding.parts or (item.finding,)
    ]


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
