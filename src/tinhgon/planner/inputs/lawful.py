"""The standard in force on a day, laid over a table: what `--rule village --on 2019-10-09` means.

Facts the law asks (kind, region, mountain, border ...) are columns of the table, or given once for all its
units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from tinhgon.citations import Citation
from tinhgon.planner.inputs.defects import Defect
from tinhgon.planner.inputs.standards import PosedStandard
from tinhgon.planner.inputs.units import Units
from tinhgon.planner.problem import Standard
from tinhgon.refusal import Refusal
from tinhgon.rules.communes import commune_finding, merged_commune_finding
from tinhgon.rules.findings import Finding, Number
from tinhgon.rules.rulebook import Rulebook
from tinhgon.rules.villages import village_finding

# How kinds are written in tables and registers -> how the rulebook names them.
_VILLAGE_KINDS = {
    **dict.fromkeys(("thôn", "bon", "buôn", "bản", "làng", "thon", "village"), "thon"),
    **dict.fromkeys(("tổ dân phố", "tdp", "khu phố", "khối", "khóm", "residential_group"), "tdp"),
}
_COMMUNE_KINDS = {
    **dict.fromkeys(("xã", "xa", "commune"), "xa"),
    **dict.fromkeys(("phường", "phuong", "ward"), "phuong"),
    **dict.fromkeys(("thị trấn", "thi_tran", "township"), "thi_tran"),
}
_FLAGS = frozenset({"mountain", "border", "island", "special"})
_WORDS = ("region", "ward_of", "province_kind")
_YES = frozenset({"1", "true", "yes", "x", "có"})
# The last kind joined decides: with a ward it is a ward; a township and a commune make a commune (2025).
_ORDER = ("thon", "tdp", "thi_tran", "xa", "phuong")

Facts = dict[str, Any]


class UnableToApplyRule(Refusal, ValueError):
    """A rule that is not known, or for none of the units; says which there are and what is missing."""


@attrs.frozen(slots=True)
class _Terms:
    """What one set of facts is held to:

    a row of the standard. `bounds` in the measures' units, () if unknown.
    """

    facts: tuple[tuple[str, Any], ...]
    bounds: tuple[float, ...]
    citations: tuple[Citation, ...]
    verified: bool


def lawful_standard(
    units: Units, rule: str, on: dt.date, given: Mapping[str, str], rulebook: Rulebook
) -> tuple[PosedStandard, tuple[Defect, ...]]:
    """The standard of `rule` ("village" by households; "commune" by population and area_km2) on a day.

    `given` are facts of all units that the table has no column for. Which units must merge is taken from the
    law of the day; where that obliges nobody (2025) it is left to the share `must_below`. Units for which the
    law names no standard are left alone and reported. Raises UnableToApplyRule.
    """
    if rule not in _RULES:
        raise UnableToApplyRule(
            f"Không có quy định {rule!r} để lập phương án; có: {', '.join(_RULES)}.",
            f"{rule!r} is no rule to plan by: there are {', '.join(_RULES)}.",
        )
    measures, kinds, terms_of, finding = _RULES[rule]
    facts = [_facts(units, row, kinds, given) for row in range(len(units))]
    terms = {key: terms_of(dict(key), on, rulebook) for key in dict.fromkeys(_key(fact) for fact in facts)}
    rows = sorted((t for t in terms.values() if t.bounds), key=_rank)
    if not rows:
        raise UnableToApplyRule(*_nothing(rule, on, facts[0]))
    number = {t.facts: index for index, t in enumerate(rows)}
    unknown = tuple(row for row, fact in enumerate(facts) if _key(fact) not in number)
    values = np.column_stack([np.nan_to_num(units.measure(name)[0]) for name in measures])
    findings = [finding(fact, values[row], on, rulebook) for row, fact in enumerate(facts)]
    obliged = np.array([found.obligation == "mandatory" for found in findings])
    posed = PosedStandard(
        Standard(measures, np.array([t.bounds for t in rows]), _waive_at(rule, on, rulebook)),
        np.array([number.get(_key(fact), 0) for fact in facts], dtype=np.int8),
        tuple(_named(t) for t in rows),
        _source([citation for t in rows for citation in t.citations], findings),
        all(t.verified for t in rows) and all(found.verified for found in findings),
        obliged if obliged.any() else None,
        unknown,
    )
    return posed, tuple(Defect(row + 1, units.ids[row], "no_rule", f"{rule}, {on}") for row in unknown)


def _facts(units: Units, row: int, kinds: Mapping[str, str], given: Mapping[str, str]) -> Facts:
    """The facts of one unit, its own before those given for all."""
    text = (units.kinds[row] or given.get("kind", "") or next(iter(kinds))).lower()
    facts: Facts = {"kind": kinds.get(text)}
    for name in (*sorted(_FLAGS), *_WORDS):
        raw = units.frame[name].iloc[row] if name in units.frame.columns else given.get(name)
        said = "" if raw is None or raw != raw else str(raw).strip().lower()
        facts[name] = (said in _YES if said else None) if name in _FLAGS else said or None
    return facts


def _key(facts: Facts) -> tuple[tuple[str, Any], ...]:
    return tuple(facts.items())


def _rank(terms: _Terms) -> tuple[int, bool, tuple[float, ...]]:
    facts = dict(terms.facts)
    return _ORDER.index(facts["kind"]), not facts["mountain"], terms.bounds


def _named(terms: _Terms) -> str:
    return ", ".join(name if value is True else str(value) for name, value in terms.facts if value)


def _source(citations: Iterable[Citation], findings: Iterable[Finding]) -> str:
    said = [*citations, *(cite for found in findings for cite in found.citations)]
    return "; ".join(dict.fromkeys(str(citation) for citation in said))


def _nothing(rule: str, on: dt.date, facts: Facts) -> tuple[str, str]:
    said = ", ".join(f"{name}={value}" for name, value in facts.items())
    return (
        f"Ngày {on:%d/%m/%Y} chưa biết tiêu chuẩn {rule} nào cho các đơn vị của bảng (đơn vị đầu: {said}). "
        "Hãy thêm cột còn thiếu, hoặc cho chung mọi đơn vị, ví dụ --fact region=tay_nguyen.",
        f"The law has no {rule} standard on {on} for any unit of the table (the first has {said}). "
        "Give what is missing as a column or for all units, as in --fact region=tay_nguyen.",
    )


def _village_terms(facts: Facts, on: dt.date, rulebook: Rulebook) -> _Terms:
    found = _village(facts, np.array([0.0]), on, rulebook) if facts["kind"] else None
    bounds = (float(found.standard),) if found is not None and found.standard is not None else ()
    return _Terms(_key(facts), bounds, found.citations if found else (), found.verified if found else False)


def _village(facts: Facts, values: Any, on: dt.date, rulebook: Rulebook) -> Finding:
    return village_finding(
        kind=facts["kind"] or "thon",
        region=facts["region"],
        households=int(values[0]),
        on=on,
        rulebook=rulebook,
        border=bool(facts["border"]),
        island=bool(facts["island"]),
        special=bool(facts["special"]),
        mountain=facts["mountain"],
    )


def _commune_terms(facts: Facts, on: dt.date, rulebook: Rulebook) -> _Terms:
    """What a merged unit of this kind must reach; a township counts as the commune it becomes when joined.

    Outside the phases with a standard of their own for results, the standard of the kind itself holds.
    """
    if not facts["kind"]:
        return _Terms(_key(facts), (), (), False)
    for kind in dict.fromkeys((facts["kind"], "xa" if facts["kind"] == "thi_tran" else facts["kind"])):
        merged = merged_commune_finding(
            kind=kind,
            mountain=bool(facts["mountain"]),
            population=0,
            area_km2=0.0,
            units_merged=2,
            on=on,
            rulebook=rulebook,
            province=facts["province_kind"],
            ward_of=facts["ward_of"],
        )
        for found in (merged, _commune({**facts, "kind": kind}, np.zeros(2), on, rulebook)):
            bounds = _bounds(part.standard for part in found.parts)
            if bounds:
                return _Terms(_key(facts), bounds, found.citations, found.verified)
    return _Terms(_key(facts), (), (), False)


def _bounds(standards: Iterable[Number | None]) -> tuple[float, ...]:
    known = list(standards)
    return () if None in known else tuple(float(bound) for bound in known if bound is not None)


def _commune(facts: Facts, values: Any, on: dt.date, rulebook: Rulebook) -> Finding:
    return commune_finding(
        kind=facts["kind"] or "xa",
        mountain=bool(facts["mountain"]),
        population=int(values[0]),
        area_km2=round(float(values[1]), 6),
        on=on,
        rulebook=rulebook,
        island=bool(facts["island"]),
        ward_of=facts["ward_of"],
    )


def _waive_at(rule: str, on: dt.date, rulebook: Rulebook) -> int | None:
    waiver = rulebook.find("merged_commune_waiver", on) if rule == "commune" else None
    return None if waiver is None else int(waiver.number)


_Rule = tuple[
    tuple[str, ...],
    Mapping[str, str],
    Callable[[Facts, dt.date, Rulebook], _Terms],
    Callable[[Facts, Any, dt.date, Rulebook], Finding],
]
_RULES: Mapping[str, _Rule] = {
    "village": (("households",), _VILLAGE_KINDS, _village_terms, _village),
    "commune": (("population", "area_km2"), _COMMUNE_KINDS, _commune_terms, _commune),
}
RULES: Sequence[str] = tuple(_RULES)
