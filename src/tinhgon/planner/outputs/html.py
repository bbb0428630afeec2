"""A plan as one HTML page: a map before and after under a slider, what happens to each unit, the proof.

The page opens without a network: outlines are drawn as SVG inside it, and it names no outside address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import numpy as np

from tinhgon.planner.groups import Group
from tinhgon.planner.outputs.svg import Drawing, draw
from tinhgon.planner.outputs.words import LANGUAGES, WORDS, kind_name, measure_name, number, question, word
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import ENOUGH

_PAGE_WORDS = {
    "both": ("So sánh", "Compare"),
    "slider": ("Trước ↔ sau", "Before ↔ after"),
    "whole": ("Toàn cảnh", "Whole map"),
    "joined": ("Đơn vị hình thành sau nhập", "Unit formed by a merger"),
    "choose": ("Chọn một đơn vị trên bản đồ hoặc trong bảng.", "Choose a unit on the map or in the table."),
    "mergers": ("Các đơn vị nhập với nhau", "Units that are joined"),
    "find": ("Tìm", "Find"),
    "members": ("Gồm", "Made of"),
    "waived_long": ("Không xem xét tiêu chuẩn.", "The standard is not examined."),
    "abolished": ("Giảm", "Fewer"),
}


def write_html(plan: Plan, path: Path, language: str = "vi") -> None:
    """Write the page, first shown in "vi" or "en";

    the reader can change it. Without outlines there is no map.
    """
    drawing = draw(plan)
    parts = files("tinhgon.planner.outputs") / "page"
    page = Template((parts / "page.html").read_text(encoding="utf-8")).substitute(
        language=language,
        title=escape(word("title", language)),
        style=(parts / "page.css").read_text(encoding="utf-8"),
        script=(parts / "page.js").read_text(encoding="utf-8"),
        data=_json(_data(plan, drawing)),
        view=" ".join(f"{edge:g}" for edge in drawing.view),
        map_hidden="" if drawing.units else "hidden",
        before=_paths(plan, drawing, after=False),
        after=_paths(plan, drawing, after=True)
        + "".join(f'<path class="group" d="{d}"/>' for d in drawing.merged),
        parents="".join(f'<path d="{outline}"/>' for outline in drawing.parents),
    )
    path.write_text(page, encoding="utf-8")


def _json(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _paths(plan: Plan, drawing: Drawing, *, after: bool) -> str:
    return "".join(
        f'<path data-u="{unit}" class="{_band(plan, unit, after)}" d="{outline}"/>'
        for unit, outline in enumerate(drawing.units)
        if outline
    )


def _band(plan: Plan, unit: int, after: bool) -> str:
    """How a unit stands: below its standard it "must" merge or, after the plan, is left in violation."""
    change = plan.changes[unit]
    ratio = change.ratio_after if after else change.ratio_before
    if ratio >= ENOUGH:
        return "meets"
    return "must" if change.must else "may"


def _data(plan: Plan, drawing: Drawing) -> dict[str, Any]:
    problem = plan.posed.problem
    return {
        "words": {**WORDS, **_PAGE_WORDS},
        "measures": [
            _both(lambda lang, name=name: measure_name(name, lang)) for name in problem.standard.measures
        ],
        "kinds": {kind: _both(partial(kind_name, kind)) for kind in sorted(set(plan.posed.units.kinds))},
        "bounds": problem.standard.bounds.tolist(),
        "parents": ["" if name == "*" else name for name in problem.parent_names],
        "proven": list(plan.proven),
        "marks": [key for key, holds in _marks(plan).items() if holds],
        "units": _units(plan),
        "groups": [_group(plan, group, drawing) for group in plan.groups],
        "figures": _figures(plan),
        "grounds": _both(lambda lang: _grounds(plan, lang)),
        "proof": _both(lambda lang: _proof(plan, lang)),
    }


def _both(told: Any) -> list[str]:
    return [told(language) for language in LANGUAGES]


def _units(plan: Plan) -> list[dict[str, Any]]:
    """n name, k kind, v measures, c class, r share of the standard, m must merge, g group, x why in violation."""
    problem = plan.posed.problem
    reasons = {violation.unit: [violation.text_vi, violation.text_en] for violation in plan.violations}
    return [
        {
            "n": problem.names[unit],
            "k": plan.posed.units.kinds[unit],
            "v": _rounded(problem.values[unit]),
            "c": int(problem.classes[unit]),
            "r": _share(change.ratio_before),
            "m": int(change.must),
            "g": change.group,
            **({"x": reasons[unit]} if unit in reasons else {}),
        }
        for unit, change in enumerate(plan.changes)
    ]


def _group(plan: Plan, group: Group, drawing: Drawing) -> dict[str, Any]:
    """n name, p parent, s seat, u units, v measures, c class, r share of the standard, l place of the label."""
    problem = plan.posed.problem
    return {
        "n": group.name,
        "p": int(problem.parents[group.seat]),
        "s": group.seat,
        "u": list(group.members),
        "v": _rounded(group.sums),
        "c": int(problem.classes[list(group.members)].max()),
        "r": _share(group.ratio),
        **({"l": drawing.labels[group.number]} if group.number in drawing.labels else {}),
    }


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(float(value), 4) for value in values]


def _share(ratio: float) -> float | None:
    return round(float(ratio), 6) if np.isfinite(ratio) else None


def _marks(plan: Plan) -> dict[str, bool]:
    """What the band over the page has to say."""
    return {"synthetic": plan.posed.units.synthetic, "interrupted": plan.interrupted}


def _figures(plan: Plan) -> list[tuple[str, float | str]]:
    return [
        ("units_before", plan.posed.problem.n),
        ("units_must", int(plan.posed.problem.must.sum())),
        ("units_after", len(plan.groups)),
        ("fewer", plan.posed.problem.n - len(plan.groups)),
        ("violations", len(plan.violations)),
        ("renamed", plan.renamed_residents),
        ("proof", f"{sum(plan.proven)}/{len(plan.proven)}"),
    ]


def _grounds(plan: Plan, language: str) -> str:
    standard = plan.posed.standard
    mark = "" if standard.verified else f" ({word('unverified', language)})"
    return f"{word('standard', language)}: {standard.source}{mark}."


def _proof(plan: Plan, language: str) -> str:
    near = plan.adjacency
    least = "" if near["min_border_m"] is None else f", >= {number(near['min_border_m'], language)} m"
    asked = "Mục tiêu" if language == "vi" else "Asked"
    proven = f"{sum(plan.proven)}/{len(plan.proven)}"
    return (
        f"{asked}: {question(plan.form, language)}. {word('proven', language)}: {proven}; "
        f"{word('bound', language)}: {number(plan.bound, language)}. "
        f"{word('borders', language)}: {near['source']}{least}, {near['edges']} (SHA-256 {near['sha256']}). "
        f"Seed {plan.seed}, effort {plan.solution.effort}."
    )
