"""A whole question in one value: which units, which neighbours, which standard, which wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from tinhgon.planner.inputs.adjacency import Adjacency, from_edge_file, from_libpysal
from tinhgon.planner.inputs.borders import MIN_BORDER_M, from_borders
from tinhgon.planner.inputs.defects import Defect
from tinhgon.planner.inputs.lawful import UnableToApplyRule, lawful_standard
from tinhgon.planner.inputs.nearness import read_tie_break
from tinhgon.planner.inputs.posing import Posed, Wishes, pose
from tinhgon.planner.inputs.reading import read_table
from tinhgon.planner.inputs.registers import FAMILIES, WITHIN, read_register
from tinhgon.planner.inputs.standards import PosedStandard, UnableToReadStandard, parse_standard
from tinhgon.planner.inputs.units import Units, tell_roles
from tinhgon.rules.rulebook import Rulebook


@attrs.frozen(slots=True, kw_only=True)
class Request:
    """What is asked about a table of units.

    Neighbours are `edges` (a file of pairs, an Adjacency, a libpysal Graph or W) or else found from the outlines. The
    standard is either `standards` (texts such as "population>=8000") or the `rule` ("village", "commune") of
    the day `on`, with `facts` the table has no columns for. `within` is the parents' column, `must_below` the
    share of the standard under which a unit must merge (the law of the day goes before it). `tie_break` ("distance",
    "road", "same:COLUMN") chooses among plans that are equal in all else.
    """

    edges: Path | Any | None = None
    standards: tuple[str, ...] = ()
    rule: str | None = None
    on: dt.date | None = None
    facts: Mapping[str, str] = attrs.field(factory=dict)
    within: str | None = None
    must_below: float = 0.5
    tie_break: str | None = None
    wishes: Wishes = attrs.field(factory=Wishes)
    min_border_m: float = MIN_BORDER_M
    id_column: str | None = None
    name_column: str | None = None


def pose_file(path: Path, request: Request) -> Posed:
    """Pose the question about a file of units, or about a register folder on the day `request.on`.

    A register is asked about its villages, or its communes under the rule "commune", within their parents.
    """
    if not path.is_dir():
        return pose_table(read_table(path), request)
    if request.on is None:
        raise UnableToApplyRule(
            "Sổ được đọc theo ngày: hãy cho ngày, ví dụ --on 9/10/2019.",
            "A register is read at a date: give the day, as in --on 2019-10-09.",
        )
    table = read_register(path, family_of(request.rule), request.on)
    return pose_table(table, attrs.evolve(request, within=request.within or WITHIN))


def family_of(rule: str | None) -> str:
    """The family of units a register is asked about under a rule: villages, unless the rule says otherwise."""
    return rule if rule in FAMILIES else "village"


def pose_table(frame: Any, request: Request) -> Posed:
    """Pose the question about a DataFrame or GeoDataFrame.

    Raises UnableToReadUnits, UnableToReadStandard, UnableToApplyRule, UnableToHonourPairs and UnableToReadTieBreak.
    """
    units = tell_roles(
        frame, within=request.within, id_column=request.id_column, name_column=request.name_column
    )
    standard, unruled = _standard(units, request)
    adjacency, odd = _neighbours(units, request)
    posed = pose(
        units,
        adjacency,
        standard,
        must_below=request.must_below,
        wishes=request.wishes,
        found=(*odd, *unruled),
    )
    if request.tie_break is None:
        return posed
    chosen = read_tie_break(units, request.tie_break, request.edges, posed.problem.values)
    return attrs.evolve(posed, problem=attrs.evolve(posed.problem, tie_break=chosen))


def _standard(units: Units, request: Request) -> tuple[PosedStandard, tuple[Defect, ...]]:
    if request.standards and request.rule:
        raise UnableToReadStandard(
            request.standards[0],
            "đã cho cùng với quy định của pháp luật, hãy chọn một",
            "it is given together with a rule of the law; choose one",
        )
    if request.rule is None:
        return parse_standard(request.standards, units), ()
    if request.on is None:
        raise UnableToApplyRule(
            "Pháp luật được hỏi theo ngày: hãy cho ngày, ví dụ --on 9/10/2019.",
            "The law is asked for a day: give it, as in --on 2019-10-09.",
        )
    return lawful_standard(units, request.rule, request.on, request.facts, Rulebook.load())


def _neighbours(units: Units, request: Request) -> tuple[Adjacency, tuple[Defect, ...]]:
    if request.edges is None:
        return from_borders(units, min_border_m=request.min_border_m)
    if isinstance(request.edges, Adjacency):
        return request.edges, ()
    if isinstance(request.edges, Path):
        return from_edge_file(units.ids, request.edges, min_border_m=request.min_border_m), ()
    return from_libpysal(units.ids, request.edges), ()
