"""The standard a plan is made under: stated ad hoc ("population>=8000") or taken from the law of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from tinhgon.planner.inputs.units import FloatArray, Units
from tinhgon.planner.problem import Standard
from tinhgon.refusal import Refusal
from tinhgon.text import clean

WAIVER = "units"  # "units>=3": from three units on, nothing is examined
_BOUND = re.compile(r"(?:kind\s*=\s*(?P<kind>[^:]+):)?\s*(?P<measure>[^<>=≥:]+?)\s*(?:>=|≥)\s*(?P<bound>\S+)")


class UnableToReadStandard(Refusal, ValueError):
    """The text is no standard; says how one is written."""

    def __init__(self, text: str, vi: str, en: str) -> None:
        self.text = text
        super().__init__(
            f"{text!r} không phải tiêu chuẩn: {vi}. Hãy viết 'population>=8000', cho riêng một loại đơn vị "
            "'kind=phường: population>=21000', và 'units>=3' khi nhập từ ba đơn vị thì không xét.",
            f"{text!r} is not a standard: {en}. Write 'population>=8000', for one kind of unit "
            "'kind=phường: population>=21000', and 'units>=3' where three or more units waive the standard.",
        )


@attrs.frozen(slots=True, eq=False)
class PosedStandard:
    """A standard laid over the units of one table.

    `classes` (n,) are rows of `standard.bounds`, named by `class_names`; `obliged` (n,) says which units must
    merge where the law says so outright, else None; `source` is the law cited or the text given.
    """

    standard: Standard
    classes: NDArray[np.int8]
    class_names: tuple[str, ...]
    source: str
    verified: bool = True
    obliged: NDArray[np.bool_] | None = None
    unknown: tuple[int, ...] = ()  # units for which no standard was found


@attrs.frozen(slots=True)
class _Bound:
    kind: str
    measure: str
    bound: float


def parse_standard(texts: Sequence[str], units: Units) -> PosedStandard:
    """A standard from texts such as 'population>=8000' and 'area_km2>=30', all of which a group must meet.

    'kind=phường: population>=21000' bounds groups with a phường in them instead: among the kinds joined, the
    one mentioned last decides (a ward joined with a commune becomes a ward). Raises UnableToReadStandard.
    """
    bounds = [_parse(text) for text in texts]
    waivers = [bound for bound in bounds if bound.measure == WAIVER and WAIVER not in units.frame.columns]
    bounds = [bound for bound in bounds if bound not in waivers]
    if not bounds:
        raise UnableToReadStandard(", ".join(texts), "không giới hạn số liệu nào", "nothing is bounded")
    measures = tuple(dict.fromkeys(bound.measure for bound in bounds))
    kinds = tuple(dict.fromkeys(["", *(bound.kind for bound in bounds)]))
    number = {kind: index for index, kind in enumerate(kinds)}
    return PosedStandard(
        Standard(
            measures, _table(bounds, kinds, measures), min((int(w.bound) for w in waivers), default=None)
        ),
        np.array([number.get(kind.lower(), 0) for kind in units.kinds], dtype=np.int8),
        kinds,
        "; ".join(clean(text) for text in texts),
    )


def _parse(text: str) -> _Bound:
    found = _BOUND.fullmatch(clean(text))
    if not found:
        raise UnableToReadStandard(text, "cần số liệu, >= và một số", "a measure, >= and a number are needed")
    try:
        bound = float(found["bound"])
    except ValueError:
        raise UnableToReadStandard(
            text,
            f"{found['bound']!r} không phải số như 8000 hay 12.5",
            f"{found['bound']!r} is not a number such as 8000 or 12.5",
        ) from None
    if not 0 < bound < float("inf"):
        raise UnableToReadStandard(text, "mức phải lớn hơn 0 và hữu hạn", "a bound is above zero and finite")
    return _Bound(clean(found["kind"] or "").lower(), clean(found["measure"]), bound)


def _table(bounds: Iterable[_Bound], kinds: Sequence[str], measures: Sequence[str]) -> FloatArray:
    """(kinds, measures) bounds; a kind takes the general bound on a measure it has none of its own for."""
    given = {(bound.kind, bound.measure): bound.bound for bound in bounds}
    rows = [[given.get((kind, name), given.get(("", name), 0.0)) for name in measures] for kind in kinds]
    return np.array(rows, dtype=np.float64)


def describe_standard(posed: PosedStandard) -> dict[str, Any]:
    """The standard as data for a certificate, an export or a page."""
    return {
        "source": posed.source,
        "verified": posed.verified,
        "measures": list(posed.standard.measures),
        "classes": list(posed.class_names),
        "bounds": posed.standard.bounds.tolist(),
        "waive_at": posed.standard.waive_at,
    }
