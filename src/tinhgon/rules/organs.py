"""Criteria over organs: the staff that justifies one, and limits on deputies, one by one or over a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from tinhgon.rules.findings import Finding, Number, cited, local_en, local_vi, number_en, number_of, number_vi
from tinhgon.rules.parameters import Parameter
from tinhgon.rules.rulebook import Rulebook


def unit_size_finding(
    *,
    unit: str,
    staff: int | None,
    on: dt.date,
    rulebook: Rulebook,
    province: str | None = None,
    basic_service: bool = False,
) -> Finding:
    """Hold the staff of an organ against the least the law asks for one of its kind.

    `unit` is "division", "sub_department", "sub_department_division", "public_service_unit" or
    "public_service_division"; `province` its class ("special" for Hà Nội and Hồ Chí Minh City, "I", "II",
    "III"), asked for divisions. Band "must" says that the organ falls short of the criterion; the obligation
    stays "none", because the decrees set what an organ needs to exist and not whom it merges with.
    """
    least = rulebook.find("unit_minimum_staff", on, unit=unit, province=province, basic_service=basic_service)
    if least is not None and least.number == 0:
        return _exempt(unit, staff, least)
    return _limit(unit, "staff", staff, least, number_of(least), at_most=False)


def deputies_finding(
    *,
    unit: str,
    deputies: int | None,
    on: dt.date,
    rulebook: Rulebook,
    province: str | None = None,
    staff: int | None = None,
    divisions: int | None = None,
    autonomy: str | None = None,
    provincial: bool = False,
) -> Finding:
    """Hold the deputies of one head against the most the law allows.

    `staff` counts posts (public employees in a public service unit); `divisions` those of a sub-department;
    `autonomy` is "invests", "recurrent", "partial" or "budget". Above it the obligation is "mandatory".
    """
    most = rulebook.find(
        "deputies",
        on,
        unit=unit,
        province=province,
        staff=staff,
        divisions=divisions,
        autonomy=autonomy,
        provincial=provincial,
    )
    return _limit(unit, "deputies", deputies, most, number_of(most), at_most=True)


def group_average_finding(
    counts: Sequence[int], *, group: str, on: dt.date, rulebook: Rulebook, province: str = "other"
) -> Finding:
    """Hold the sum over a group against the average allowed times its members; no member has a limit alone.

    `counts` gives one number per member: deputies of each department ("department_deputies") or of each
    district division ("district_division_deputies"), organisations of each commune ("commune_organisations").
    `province` is "special" for Hà Nội and Hồ Chí Minh City, which may add to the sum.
    """
    average = rulebook.find("group_average", on, group=group, province=province)
    extra = rulebook.find("group_extra", on, group=group, province=province)
    allowed = None if average is None else average.number * len(counts) + (extra.number if extra else 0)
    return _limit(group, "sum over the group", sum(counts), average, allowed, at_most=True, also=extra)


def _limit(
    subject: str,
    measure: str,
    value: int | None,
    rule: Parameter | None,
    limit: Number | None,
    *,
    at_most: bool,
    also: Parameter | None = None,
) -> Finding:
    citations, verified = cited(rule, also)
    if rule is None or limit is None or value is None:
        vi, en = _unknown(rule)
        return Finding(subject, measure, value, limit, None, None, "none", vi, en, citations, verified)
    within = value <= limit if at_most else value >= limit
    vi, en = _compared(value, limit, within, at_most)
    return Finding(
        subject=subject,
        measure=measure,
        value=value,
        standard=limit,
        ratio=Fraction(value) / limit,
        band="meets" if within else "must",
        obligation="mandatory" if at_most and not within else "none",
        reason_vi=f"{vi}{local_vi(rule)}.",
        reason_en=f"{en}{local_en(rule)}.",
        citations=citations,
        verified=verified,
    )


def _unknown(rule: Parameter | None) -> tuple[str, str]:
    if rule is None:
        return "Chưa biết quy định cho trường hợp này.", "No rule known for this case."
    return "Chưa có số liệu.", "The number is not known."


def _compared(value: int, limit: Number, within: bool, at_most: bool) -> tuple[str, str]:
    vi, en = f"{number_vi(value)}, mức {number_vi(limit)}", f"{number_en(value)}, limit {number_en(limit)}"
    if within:
        return f"{vi}: đúng quy định", f"{en}: within it"
    if at_most:
        return f"{vi}: vượt {number_vi(value - limit)}", f"{en}: {number_en(value - limit)} too many"
    return f"{vi}: thiếu {number_vi(limit - value)}", f"{en}: {number_en(limit - value)} short"


def _exempt(unit: str, staff: int | None, rule: Parameter) -> Finding:
    citations, verified = cited(rule)
    return Finding(
        subject=unit,
        measure="staff",
        value=staff,
        standard=None,
        ratio=None,
        band="meets",
        obligation="none",
        reason_vi=f"Không đặt mức tối thiểu: {rule.note or rule.citation}",
        reason_en=f"No minimum is set ({rule.citation}).",
        citations=citations,
        verified=verified,
    )
