"""Criteria over communes, wards and townships: standards, who must rearrange, what a merger must reach."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tinhgon.rules.findings import (
    Band,
    Finding,
    Number,
    band_of,
    cited,
    local_en,
    local_vi,
    number_en,
    number_vi,
    percent_en,
    percent_vi,
)
from tinhgon.rules.parameters import Fact, Parameter, exact
from tinhgon.rules.rulebook import Rulebook

_SUBJECT = "commune"
_CLAUSES = ("a", "c")
_NAME_VI = {"population": "dân số", "area": "diện tích"}
_UNIT_VI = {"population": "người", "area": "km2"}
_UNIT_EN = {"population": "people", "area": "km2"}


def commune_finding(
    *,
    kind: str,
    mountain: bool,
    population: int | None,
    area_km2: float | Fraction | None,
    on: dt.date,
    rulebook: Rulebook,
    island: bool = False,
    hard_coast: bool = False,
    red_river: bool = False,
    ward_of: str | None = None,
) -> Finding:
    """Hold a commune-level unit against both standards of the day and say whether it had to be rearranged.

    `kind` is "xa", "phuong" or "thi_tran"; `ward_of` ("quan", "thanh_pho", "thi_xa") is asked for wards until
    2025; `red_river` says the province is in the Red River delta, `hard_coast` that the commune is an
    extremely difficult coastal one (both from 2026). The two parts are the findings on population and on
    area; the ratio is the lower of theirs. Here band "must" means that the law of the day obliges, which
    takes both measures at once.
    """
    place: dict[str, Fact] = {"kind": kind, "mountain": mountain, "island": island}
    people = rulebook.find("commune_population", on, **place, hard_coast=hard_coast, ward_of=ward_of)
    land = rulebook.find("commune_area", on, **place, red_river=red_river)
    parts = (
        _against("population", population, people),
        _against("area", None if area_km2 is None else exact(area_km2), land),
    )
    return _together(parts, _limits(rulebook, on))


def merged_commune_finding(
    *,
    kind: str,
    mountain: bool,
    population: int | None,
    area_km2: float | Fraction | None,
    units_merged: int,
    on: dt.date,
    rulebook: Rulebook,
    province: str | None = None,
    ward_of: str | None = None,
) -> Finding:
    """Test a unit formed by a merger against what the law of the day asks of the result (2019-2021 and 2025).

    `units_merged` counts the commune-level units joined whole; from three on, the size is not examined.
    `province` ("central_city", "mountain_border", "other") is asked for the wards of 2025. Band is
    "meets" or "may" and the obligation always "none": what falls short goes to the Standing Committee.
    """
    waiver = rulebook.find("merged_commune_waiver", on)
    if waiver and units_merged >= waiver.number:
        return _waived(units_merged, waiver)
    facts: dict[str, Fact] = {"kind": kind, "mountain": mountain}
    people = _result_standard(rulebook, on, "population", facts, province, ward_of)
    land = _result_standard(rulebook, on, "area", facts, province, ward_of)
    area = None if area_km2 is None else exact(area_km2)
    return _together((_against("population", population, *people), _against("area", area, *land)), ())


def _result_standard(
    rulebook: Rulebook,
    on: dt.date,
    measure: str,
    facts: dict[str, Fact],
    province: str | None,
    ward_of: str | None,
) -> tuple[Parameter | None, Parameter | None]:
    """Give the size asked of a result and, where it is a share of the standard, that share."""
    if facts["kind"] == "phuong":
        size = rulebook.find("merged_ward_size", on, measure=measure, province=province)
        if size is not None:
            return size, None
    share = rulebook.find("merged_commune_share", on, measure=measure, **facts)
    if share is None:
        return None, None
    asked = facts | ({"ward_of": ward_of} if measure == "population" else {})
    return rulebook.find(f"commune_{measure}", on, **asked), share


def _against(
    measure: str, value: Number | None, standard: Parameter | None, share: Parameter | None = None
) -> Finding:
    citations, verified = cited(standard, share)
    if standard is None or value is None:
        vi, en = _missing(measure, standard)
        known = None if standard is None else _asked(standard, share)
        return Finding(_SUBJECT, measure, value, known, None, None, "none", vi, en, citations, verified)
    asked = _asked(standard, share)
    ratio = Fraction(value) / asked
    vi, en = _compared(measure, value, asked, ratio)
    return Finding(
        subject=_SUBJECT,
        measure=measure,
        value=value,
        standard=asked,
        ratio=ratio,
        band=band_of(value, asked),
        obligation="none",
        reason_vi=vi + local_vi(share or standard),
        reason_en=en + local_en(share or standard),
        citations=citations,
        verified=verified,
    )


def _asked(standard: Parameter, share: Parameter | None) -> Number:
    return standard.number if share is None else Fraction(standard.number * share.number, 100)


def _missing(measure: str, standard: Parameter | None) -> tuple[str, str]:
    if standard is None:
        return (
            f"chưa biết tiêu chuẩn {_NAME_VI[measure]} cho trường hợp này",
            f"no standard known for {measure} here",
        )
    return f"chưa có số liệu {_NAME_VI[measure]}", f"the {measure} is not known"


def _compared(measure: str, value: Number, asked: Number, ratio: Fraction) -> tuple[str, str]:
    vi = f"{_NAME_VI[measure]} {number_vi(value)} {_UNIT_VI[measure]}"
    vi = f"{vi}, bằng {percent_vi(ratio)} mức {number_vi(asked)}"
    en = f"{measure} {number_en(value)} {_UNIT_EN[measure]}, {percent_en(ratio)} of {number_en(asked)}"
    return vi, en


def _limits(rulebook: Rulebook, on: dt.date) -> tuple[tuple[Parameter, Parameter], ...]:
    """Give, for each clause in force, the shares of the population and area standards to be below at once."""
    pairs = []
    for clause in _CLAUSES:
        people = rulebook.find("commune_rearrangement", on, clause=clause, measure="population")
        land = rulebook.find("commune_rearrangement", on, clause=clause, measure="area")
        if people and land:
            pairs.append((people, land))
    return tuple(pairs)


def _together(parts: tuple[Finding, Finding], limits: tuple[tuple[Parameter, Parameter], ...]) -> Finding:
    """Draw the finding on the unit from those on its measures, under the clauses that may oblige it."""
    verdicts = [_obliged(parts, pair) for pair in limits]
    held_by = next((pair for pair, verdict in zip(limits, verdicts, strict=True) if verdict), None)
    decisive = (held_by,) if held_by else limits
    citations, verified = cited(*(limit for pair in decisive for limit in pair))
    follows_vi, follows_en = _follows(limits, held_by, None in verdicts)
    ratios = [part.ratio for part in parts if part.ratio is not None]
    return Finding(
        subject=_SUBJECT,
        measure="population, area",
        value=None,
        standard=None,
        ratio=min(ratios) if len(ratios) == len(parts) else None,
        band=_band(parts, held_by is not None, None in verdicts),
        obligation="mandatory" if held_by else "none",
        reason_vi=_sentence("; ".join(part.reason_vi for part in parts), follows_vi),
        reason_en=_sentence("; ".join(part.reason_en for part in parts), follows_en),
        citations=tuple(dict.fromkeys([*(cite for part in parts for cite in part.citations), *citations])),
        verified=(verified or not decisive) and all(part.verified for part in parts),
        parts=parts,
    )


def _obliged(parts: tuple[Finding, Finding], limits: tuple[Parameter, Parameter]) -> bool | None:
    """Say whether both measures are below their limits; `None` where a missing one would decide."""
    below = [
        None if part.ratio is None else 100 * part.ratio < limit.number
        for part, limit in zip(parts, limits, strict=True)
    ]
    if False in below:
        return False
    return None if None in below else True


def _band(parts: tuple[Finding, Finding], obliged: bool, unknown: bool) -> Band | None:
    if obliged:
        return "must"
    if unknown or any(part.band is None for part in parts):
        return None
    return "meets" if all(part.band == "meets" for part in parts) else "may"


def _follows(
    limits: tuple[tuple[Parameter, Parameter], ...],
    held_by: tuple[Parameter, Parameter] | None,
    unknown: bool,
) -> tuple[str, str]:
    if held_by:
        people, land = (number_vi(limit.number) for limit in held_by)
        return (
            f"thuộc diện sắp xếp: đồng thời dân số dưới {people} % và diện tích dưới {land} % tiêu chuẩn",
            f"must be rearranged: population under {people}% and area under {land}% of the standards at once",
        )
    if unknown:
        return "chưa đủ số liệu để kết luận", "not enough is known to conclude"
    if not limits:
        return "", ""
    return "không thuộc diện bắt buộc sắp xếp", "not obliged to be rearranged"


def _sentence(measured: str, follows: str) -> str:
    text = f"{measured}; {follows}" if follows else measured
    return f"{text[0].upper()}{text[1:]}."


def _waived(units_merged: int, waiver: Parameter) -> Finding:
    citations, verified = cited(waiver)
    least = number_vi(waiver.number)
    return Finding(
        subject=_SUBJECT,
        measure="units merged",
        value=units_merged,
        standard=waiver.number,
        ratio=Fraction(units_merged) / waiver.number,
        band="meets",
        obligation="none",
        reason_vi=f"Nhập {units_merged} đơn vị (từ {least} trở lên): không xem xét tiêu chuẩn.",
        reason_en=f"{units_merged} units merged ({least} or more): the standards are not examined.",
        citations=citations,
        verified=verified,
    )
