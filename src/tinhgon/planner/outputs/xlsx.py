"""A plan as the workbook officials expect: by parent, unit by unit, requests for exception, and the proof."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from tinhgon.planner.groups import Group
from tinhgon.planner.outputs.sheets import Column, Looks, Sheet
from tinhgon.planner.outputs.words import kind_name, measure_name, number, percent, question, word
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import ENOUGH
from tinhgon.text import sort_key

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a fixed stamp without a zone: equal plans give equal files


def write_xlsx(plan: Plan, path: Path, language: str = "vi") -> None:
    """Write the workbook, in "vi" or "en"; the same plan gives the same bytes."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": word("title", language), "created": CREATED})
        looks = Looks.of(book)
        _by_parent(plan, book, looks, language)
        _unit_by_unit(plan, book, looks, language)
        _exceptions(plan, book, looks, language)
        _proof(plan, book, looks, language)


def _subtitle(plan: Plan, language: str) -> str:
    source = plan.posed.standard.source
    mark = "" if plan.posed.standard.verified else f" ({word('unverified', language)})"
    made_up = f"{word('synthetic', language).upper()}. " if plan.posed.units.synthetic else ""
    return f"{made_up}{word('standard', language)}: {source}{mark}"


def _by_parent(plan: Plan, book: Any, looks: Looks, language: str) -> None:
    columns = [
        Column(word("number", language), width=6, format="centre"),
        Column(word("parent", language), width=28),
        Column(word("units_before", language), format="whole"),
        Column(word("units_must", language), format="whole"),
        Column(word("units_after", language), format="whole"),
        Column(word("fewer", language), "(3) - (5)", format="whole"),
        Column(word("fewer_share", language), "(6) / (3) x 100", format="share"),
        Column(word("violations", language), format="whole"),
        Column(word("renamed", language), width=16, format="whole"),
        Column(word("proof", language), width=22),
    ]
    sheet = Sheet.start(book, looks, "Biểu 1" if language == "vi" else "Table 1", columns)
    sheet.heading(_title(1, plan, language), _subtitle(plan, language))
    sheet.header()
    first = sheet.row
    for order, parent in enumerate(_parents(plan), start=1):
        _parent_row(sheet, order, _ParentCount.of(plan, parent), plan.proven[parent], language)
    _total_row(sheet, first, plan, language)


def _title(table: int, plan: Plan, language: str) -> str:
    head = f"BIỂU SỐ 0{table}. " if language == "vi" else f"TABLE {table}. "
    names = {
        1: ("TỔNG HỢP TRƯỚC VÀ SAU SẮP XẾP", "BEFORE AND AFTER, BY PARENT"),
        2: ("CHI TIẾT TỪNG ĐƠN VỊ TRƯỚC VÀ SAU SẮP XẾP", "BEFORE AND AFTER, UNIT BY UNIT"),
        3: (
            "ĐƠN VỊ CÒN DƯỚI TIÊU CHUẨN, ĐỀ NGHỊ TRƯỜNG HỢP ĐẶC THÙ",
            "UNITS LEFT BELOW: EXCEPTION REQUESTED",
        ),
    }
    mark = f" ({word('interrupted', language)})" if plan.interrupted else ""
    return head + names[table][0 if language == "vi" else 1] + mark


@attrs.frozen(slots=True)
class _ParentCount:
    name: str
    before: int
    must: int
    after: int
    violations: int
    renamed: float

    @classmethod
    def of(cls, plan: Plan, parent: int) -> _ParentCount:
        units = np.flatnonzero(plan.posed.problem.parents == parent)
        groups = [plan.groups[int(g)] for g in np.unique(plan.solution.labels[units])]
        residents = plan.posed.problem.residents
        inside = set(units.tolist())
        return cls(
            name=_parent_name(plan.posed.problem.parent_names[parent]),
            before=len(units),
            must=int(plan.posed.problem.must[units].sum()),
            after=len(groups),
            violations=sum(violation.unit in inside for violation in plan.violations),
            renamed=sum(group.residents - float(residents[list(group.members)].max()) for group in groups),
        )


def _parent_name(name: str) -> str:
    return {"*": "", "": "?"}.get(name, name)


def _parents(plan: Plan) -> list[int]:
    names = plan.posed.problem.parent_names
    return sorted(range(len(names)), key=lambda parent: (sort_key(names[parent]), parent))


def _parent_row(sheet: Sheet, order: int, count: _ParentCount, proven: bool, language: str) -> None:
    cells = _difference(sheet.row, count.before, count.after)
    status = word("proven" if proven else "not_proven", language)
    row = [
        order,
        count.name,
        count.before,
        count.must,
        count.after,
        *cells,
        count.violations,
        count.renamed,
        status,
    ]
    for index, value in enumerate(row):
        sheet.put(index, value)
    sheet.row += 1


def _difference(row: int, before: int, after: int) -> tuple[tuple[str, float], tuple[str, float]]:
    """Columns 6 and 7 from 3 and 5, live."""
    line = row + 1
    share = 100 * (before - after) / before if before else 0.0
    return (f"=C{line}-E{line}", before - after), (f"=IF(C{line}=0,0,F{line}/C{line}*100)", share)


def _total_row(sheet: Sheet, first: int, plan: Plan, language: str) -> None:
    before, after = plan.posed.problem.n, len(plan.groups)
    must, renamed = int(plan.posed.problem.must.sum()), plan.renamed_residents
    sums = {2: before, 3: must, 4: after, 7: len(plan.violations), 8: renamed}
    sheet.put(0, None, look="_total")
    sheet.put(1, word("total", language), look="_total")
    for index, value in sums.items():
        top, bottom = (xl_rowcol_to_cell(row, index) for row in (first, sheet.row - 1))
        sheet.put(index, (f"=SUM({top}:{bottom})", value), look="_total")
    for index, cell in zip((5, 6), _difference(sheet.row, before, after), strict=True):
        sheet.put(index, cell, look="_total")
    sheet.put(9, f"{sum(plan.proven)}/{len(plan.proven)}", look="_total")


def _unit_columns(plan: Plan, language: str) -> list[Column]:
    """Number, parent, unit, kind; three columns a measure; what becomes of it; three a measure after."""
    columns = [
        Column(word("number", language), width=6, format="centre"),
        Column(word("parent", language), width=20),
        Column(word("unit", language), width=22),
        Column(word("kind", language), width=11),
    ]
    columns += _measure_columns(plan, "before", len(columns), language)
    columns += [
        Column(word("band", language), width=16),
        Column(word("new_name", language), width=22),
        Column(word("seat", language), width=20),
    ]
    return columns + _measure_columns(plan, "after", len(columns), language)


def _measure_columns(plan: Plan, side: str, start: int, language: str) -> list[Column]:
    """Value (after: the sum of the values before), standard and share of each measure."""
    columns: list[Column] = []
    for k, measure in enumerate(plan.posed.problem.standard.measures):
        name, at = measure_name(measure, language), start + len(columns) + 1
        whole = bool((plan.posed.problem.values[:, k] % 1 == 0).all())
        kind = "whole" if whole else "decimal"
        summed = f"Σ ({_before_column(k) + 1})" if side == "after" else ""
        columns += [
            Column(f"{word(side, language)}: {name}", summed, format=kind),
            Column(f"{word('standard', language)}: {name}", format=kind),
            Column(word("share", language), f"({at}) / ({at + 1}) x 100", format="share"),
        ]
    return columns


def _before_column(measure: int) -> int:
    """Where the value of a measure before stands (0-based)."""
    return 4 + 3 * measure


def _unit_by_unit(plan: Plan, book: Any, looks: Looks, language: str) -> None:
    columns = _unit_columns(plan, language)
    sheet = Sheet.start(book, looks, "Biểu 2" if language == "vi" else "Table 2", columns, wide=True)
    sheet.heading(_title(2, plan, language), _subtitle(plan, language))
    sheet.header()
    order = 0
    for _, groups in groupby(_ordered_groups(plan), key=lambda group: group.parent):
        for group in groups:
            _group_after(sheet, plan, group, language)
            for unit in _members_in_order(plan, group):
                order += 1
                _unit_row(sheet, plan, unit, order, language)


def _ordered_groups(plan: Plan) -> list[Group]:
    return sorted(
        plan.groups, key=lambda group: (sort_key(group.parent), group.parent, not group.merged, group.number)
    )


def _members_in_order(plan: Plan, group: Group) -> list[int]:
    """The seat first, then by name."""
    names = plan.posed.problem.names
    return sorted(group.members, key=lambda unit: (unit != group.seat, sort_key(names[unit]), unit))


def _unit_row(sheet: Sheet, plan: Plan, unit: int, order: int, language: str) -> None:
    problem, change = plan.posed.problem, plan.changes[unit]
    row: list[Any] = [order, _parent_name(plan.groups[change.group].parent), problem.names[unit]]
    row.append(kind_name(plan.posed.units.kinds[unit], language))
    bounds = problem.standard.bounds[problem.classes[unit]]
    for value, bound in zip(problem.values[unit], bounds, strict=True):
        row += _measured(sheet.row, len(row), float(value), float(bound))
    row.append(word("must" if change.must else "meets" if change.ratio_before >= ENOUGH else "may", language))
    for index, value in enumerate(row):
        sheet.put(index, value)
    sheet.row += 1


def _measured(row: int, column: int, value: float, bound: float, total: str = "") -> list[Any]:
    """Value (or the formula of a total), bound and live share; no share where nothing is asked."""
    first = (total, value) if total else value
    if bound <= 0 or math.isinf(bound):
        return [first, None, None]
    here, there = xl_rowcol_to_cell(row, column), xl_rowcol_to_cell(row, column + 1)
    return [first, bound, (f"={here}/{there}*100", 100 * value / bound)]


def _group_after(sheet: Sheet, plan: Plan, group: Group, language: str) -> None:
    """The cells on the right, merged over the members' rows: name, seat, sums of the rows on the left."""
    problem = plan.posed.problem
    last = sheet.row + len(group.members) - 1
    at = 5 + 3 * len(problem.standard.measures)
    cells: list[Any] = [group.name if group.merged else word("kept", language), problem.names[group.seat]]
    bounds = problem.standard.bounds[int(problem.classes[list(group.members)].max())]
    for k, total in enumerate(group.sums):
        column = _before_column(k)
        top, bottom = (xl_rowcol_to_cell(row, column) for row in (sheet.row, last))
        bound = 0.0 if math.isinf(group.ratio) else float(bounds[k])
        cells += _measured(sheet.row, at + len(cells), total, bound, f"=SUM({top}:{bottom})")
        if math.isinf(group.ratio) and group.merged:
            cells[-1] = word("waived", language)
    for index, value in enumerate(cells):
        sheet.put(at + index, value, last=last)


def _exceptions(plan: Plan, book: Any, looks: Looks, language: str) -> None:
    columns = [
        Column(word("number", language), width=6, format="centre"),
        Column(word("parent", language), width=28),
        Column(word("unit", language), width=28),
        Column(word("share", language), width=14),
        Column(word("reason", language), width=70),
    ]
    sheet = Sheet.start(book, looks, "Biểu 3" if language == "vi" else "Table 3", columns)
    sheet.heading(_title(3, plan, language), _subtitle(plan, language))
    sheet.header()
    for order, violation in enumerate(plan.violations, start=1):
        change = plan.changes[violation.unit]
        text = violation.text_vi if language == "vi" else violation.text_en
        parent = _parent_name(plan.groups[change.group].parent)
        name = plan.posed.problem.names[violation.unit]
        for index, value in enumerate([order, parent, name, percent(change.ratio_before, language), text]):
            sheet.put(index, value)
        sheet.row += 1
    if not plan.violations:
        sheet.put(1, word("none", language))


def _proof(plan: Plan, book: Any, looks: Looks, language: str) -> None:
    columns = [Column("", width=30), Column("", width=100)]
    sheet = Sheet.start(book, looks, "Căn cứ" if language == "vi" else "Grounds", columns)
    sheet.heading("CĂN CỨ VÀ CHỨNG MINH" if language == "vi" else "GROUNDS AND PROOF")
    for label, text in _grounds(plan, language):
        sheet.sheet.write_string(sheet.row, 0, label, looks["label"])
        sheet.sheet.write_string(sheet.row, 1, text, looks["note"])
        sheet.row += 1


def _grounds(plan: Plan, language: str) -> Iterator[tuple[str, str]]:
    near = plan.adjacency
    least = "" if near["min_border_m"] is None else f", >= {number(near['min_border_m'], language)} m"
    proven = f"{sum(plan.proven)}/{len(plan.proven)}"
    yield word("standard", language), _subtitle(plan, language)
    yield ("Mục tiêu" if language == "vi" else "Asked"), question(plan.form, language)
    yield word("proven", language), f"{proven} ({plan.status})"
    yield word("bound", language), number(plan.bound, language)
    yield word("borders", language), f"{near['source']}{least}: {near['edges']} (SHA-256 {near['sha256']})"
    yield "Seed, effort", f"{plan.seed}, {plan.solution.effort}"
    for defect in plan.posed.defects:
        yield word("defects", language), defect.text(language)
