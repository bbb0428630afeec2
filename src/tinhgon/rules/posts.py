"""Part-time posts of communes and villages: how many, and the pool their allowances are paid from."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from tinhgon.citations import Citation
from tinhgon.rules.findings import Finding, Number, cited, number_en, number_of, number_vi
from tinhgon.rules.limits import limit_finding
from tinhgon.rules.parameters import Parameter, exact
from tinhgon.rules.rulebook import Rulebook


@attrs.frozen(slots=True)
class Allowance:
    """A monthly pool: `multiple` of the base salary, and that in VND; `None` where a rule is not known."""

    multiple: Number | None
    base_salary: Number | None
    monthly_vnd: Number | None
    reason_vi: str
    reason_en: str
    citations: tuple[Citation, ...]
    verified: bool


def commune_posts_finding(
    *,
    posts: str,
    commune_class: str,
    count: int | None,
    on: dt.date,
    rulebook: Rulebook,
    kind: str | None = None,
    extra_posts: int = 0,
) -> Finding:
    """Hold the posts of a commune-level unit against the most its class allows.

    `posts` is "officials" (cadres and civil servants) or "part_time"; `commune_class` "I", "II" or "III";
    `kind` is asked for officials from 2023; `extra_posts` are those `extra_part_time_posts` counts.
    """
    most = rulebook.find("commune_posts", on, posts=posts, kind=kind, **{"class": commune_class})
    allowed = None if most is None else most.number + extra_posts
    return limit_finding("commune", f"{posts} posts", count, most, allowed, at_most=True)


def village_posts_finding(*, count: int | None, on: dt.date, rulebook: Rulebook) -> Finding:
    """Hold the paid part-time posts of a village against the most the law of the day allows."""
    most = rulebook.find("village_posts", on)
    return limit_finding("village", "part_time posts", count, most, number_of(most), at_most=True)


def commune_allowance(
    *, commune_class: str, on: dt.date, rulebook: Rulebook, extra_posts: int = 0
) -> Allowance:
    """Give the monthly pool of a commune's part-time workers; `commune_class` is "I", "II" or "III".

    `extra_posts` are those beyond the class that `extra_part_time_posts` counts.
    """
    pool = rulebook.find("commune_allowance_pool", on, **{"class": commune_class})
    if not extra_posts:
        return _allowance(on, rulebook, number_of(pool), pool)
    each = rulebook.find("commune_allowance_pool", on, extra_post=True)
    multiple = pool.number + extra_posts * each.number if pool and each else None
    return _allowance(on, rulebook, multiple, pool, each)


def village_allowance(
    *,
    kind: str,
    households: int | None,
    on: dt.date,
    rulebook: Rulebook,
    key_security: bool = False,
    border: bool = False,
    island: bool = False,
) -> Allowance:
    """Give the monthly pool of a village's part-time workers.

    A number of households that is not known counts as small, so that the answer is the least that is due.
    """
    pool = rulebook.find(
        "village_allowance_pool",
        on,
        kind=kind,
        households=households,
        key_security=key_security,
        border=border,
        island=island,
    )
    return _allowance(on, rulebook, number_of(pool), pool)


def extra_part_time_posts(
    *,
    kind: str,
    mountain: bool,
    population: int,
    area_km2: float | Fraction,
    on: dt.date,
    rulebook: Rulebook,
    ward_of: str | None = None,
) -> int | None:
    """Count the part-time posts a commune gets for what it has above its standards, or `None`.

    One for each full step above the population standard and one for each full step above the area standard;
    `None` where the standards or the steps of the day are not known.
    """
    total = 0
    for measure, size in (("population", exact(population)), ("area", exact(area_km2))):
        ward = {"ward_of": ward_of} if measure == "population" else {}
        standard = rulebook.find(f"commune_{measure}", on, kind=kind, mountain=mountain, **ward)
        step = rulebook.find("commune_extra_posts", on, measure=measure, ward_of=ward_of)
        if standard is None or step is None:
            return None
        total += max(0, (size - standard.number) // (standard.number * step.number))
    return total


def _allowance(
    on: dt.date, rulebook: Rulebook, multiple: Number | None, *pools: Parameter | None
) -> Allowance:
    salary = rulebook.find("base_salary", on)
    citations, verified = cited(*pools, salary)
    if multiple is None or salary is None:
        vi, en = "Chưa biết mức khoán quỹ phụ cấp lúc đó.", "No allowance pool is known for that day."
        return Allowance(multiple, number_of(salary), None, vi, en, citations, verified)
    monthly = multiple * salary.number
    return Allowance(
        multiple=multiple,
        base_salary=salary.number,
        monthly_vnd=monthly,
        reason_vi=f"{number_vi(multiple)} lần mức lương cơ sở {number_vi(salary.number)} đồng: "
        f"{number_vi(monthly)} đồng/tháng.",
        reason_en=f"{number_en(multiple)} times the base salary of {number_en(salary.number)} VND: "
        f"{number_en(monthly)} VND a month.",
        citations=citations,
        verified=verified,
    )
