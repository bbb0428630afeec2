"""Criteria over organs: the staff that justifies one, and limits on deputies, one by one or over a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tinhgon.rules.findings import Finding, cited, number_of
from tinhgon.rules.limits import limit_finding
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
    return limit_finding(unit, "staff", staff, least, number_of(least), at_most=False)


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
    return limit_finding(unit, "deputies", deputies, most, number_of(most), at_most=True)


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
    return limit_finding(group, "sum over the group", sum(counts), average, allowed, at_most=True, also=extra)


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
