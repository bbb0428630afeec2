"""Holding a number against a limit of the law."""

from __future__ import annotations

from fractions import Fraction

from tinhgon.rules.findings import Finding, Number, cited, local_en, local_vi, number_en, number_vi
from tinhgon.rules.parameters import Parameter


def limit_finding(
    subject: str,
    measure: str,
    value: int | None,
    rule: Parameter | None,
    limit: Number | None,
    *,
    at_most: bool,
    also: Parameter | None = None,
) -> Finding:
    """Hold a number against a limit: at most, or at least, so many.

    `rule` gives the document and `limit` the number drawn from it, which for a group is a multiple; `also` is a
    second value that went into the limit. Band is "meets" or "must"; above a limit the obligation is
    "mandatory", below a minimum it is "none". Without a rule or a value the finding says so.
    """
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
