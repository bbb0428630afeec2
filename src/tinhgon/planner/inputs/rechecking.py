"""What a plan is checked against: the certificate's question with measures and parents read again from the units."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tinhgon.planner.forms import target_of
from tinhgon.planner.inputs.adjacency import Adjacency, from_edge_file, tidy_edges
from tinhgon.planner.inputs.borders import SHARED, from_borders
from tinhgon.planner.inputs.defects import UnableToReadUnits
from tinhgon.planner.inputs.posing import number_parents
from tinhgon.planner.inputs.reading import read_table
from tinhgon.planner.inputs.registers import read_register
from tinhgon.planner.inputs.units import Units, tell_roles
from tinhgon.planner.problem import Problem, Standard, validate
from tinhgon.planner.scores import bounded, costs
from tinhgon.planner.solution import OPTIMAL
from tinhgon.refusal import Refusal

VERSION = "tinhgon certificate 2"
CLOSE = 1e-9  # relative: a number written to a file and read back
SIX_DECIMALS = 1e-6  # what a summary is rounded to
MALFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class UnableToReadCertificate(Refusal, ValueError):
    """The file is no certificate of ours; says what is missing."""


def read_certificate(path: Path) -> dict[str, Any]:
    """A certificate as plain data. Raises UnableToReadCertificate."""
    if not path.is_file():
        raise UnableToReadCertificate(f"Không có tệp {path}.", f"There is no file {path}.")
    try:
        certificate = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnableToReadCertificate(
            f"{path.name} không phải JSON: {error}", f"{path.name} is not JSON: {error}"
        ) from error
    if not isinstance(certificate, dict) or certificate.get("version") != VERSION:
        raise UnableToReadCertificate(
            f"{path.name} không phải chứng chỉ: phiên bản không phải {VERSION!r}.",
            f"{path.name} is no certificate: its version is not {VERSION!r}.",
        )
    for key in ("question", "answer", "proof", "columns"):
        if not isinstance(certificate.get(key), dict):
            raise UnableToReadCertificate(
                f"{path.name} không đủ: thiếu {key!r}.",
                f"{path.name} is no whole certificate: {key!r} is missing.",
            )
    return certificate


@contextmanager
def as_documented() -> Iterator[None]:
    """Around all that takes a certificate at its word: refuses one that is not written as docs/certificates.md says."""
    try:
        yield
    except Refusal:
        raise
    except MALFORMED as error:
        raise UnableToReadCertificate(
            f"Chứng chỉ không viết đúng như docs/certificates.md: {error!r}",
            f"The certificate is not written as docs/certificates.md says: {error!r}",
        ) from error


def read_units(path: Path, certificate: dict[str, Any]) -> Units:
    """The units a certificate is about, from their file or register folder."""
    columns = certificate["columns"]
    if not path.is_dir():
        return tell_roles(read_table(path), within=columns["parent"], id_column=columns["id"])
    register = certificate.get("register") or {}
    if not register:
        raise UnableToReadCertificate(
            "Chứng chỉ thuộc một tệp đơn vị, không phải thư mục sổ.",
            "The certificate is about a file of units, not about a register.",
        )
    table = read_register(path, register["family"], dt.date.fromisoformat(register["on"]))
    return tell_roles(table, within=columns["parent"], id_column=columns["id"])


def disagreements(units: Units, question: dict[str, Any]) -> Iterator[str]:
    """Where the units read and those of the certificate differ: parents, residents and measures."""
    asked = question["units"]
    for unit, parent in zip(units.ids, units.parents, strict=True):
        if unit in asked and asked[unit]["parent"] != parent:
            yield f"{unit}: its parent is {parent!r}, in the certificate {asked[unit]['parent']!r}"
    for unit, here in zip(units.ids, units.residents().tolist(), strict=True):
        if unit in asked and _differ(asked[unit]["residents"], here):
            yield f"{unit}: {here:g} residents, in the certificate {asked[unit]['residents']:g}"
    for k, measure in enumerate(question["measures"]):
        for unit, value in zip(units.ids, units.measure(measure)[0].tolist(), strict=True):
            here = 0.0 if value != value else value  # a missing measure counts 0
            if unit in asked and _differ(asked[unit]["values"][k], here):
                yield f"{unit}: {measure} is {here:g}, in the certificate {asked[unit]['values'][k]:g}"


def _differ(said: float, here: float) -> bool:
    return abs(said - here) > CLOSE * max(1.0, abs(here))


def borders_again(units: Units, adjacency: Mapping[str, Any], edges: Path | None) -> Adjacency | None:
    """Neighbours from a list, or from the units' shapes where the plan was made by them; else None.

    `adjacency` is the certificate's; its least border, in metres, holds again. Raises UnableToReadUnits for a list that
    names other units.
    """
    least = adjacency["min_border_m"] or 0.0
    if edges is not None:
        return from_edge_file(units.ids, edges, min_border_m=least)
    if adjacency["source"] != SHARED or not units.has_geometry:
        return None
    return from_borders(units, min_border_m=least)[0]


def other_borders(problem: Problem, again: Adjacency) -> Iterator[str]:
    """Where neighbours as found again and those of the certificate differ."""
    said, here = ({(a, b) for a, b in edges.tolist()} for edges in (problem.edges, again.edges))
    for a, b in sorted(said ^ here):
        where = "in the certificate" if (a, b) in said else "as found again"
        yield f"{problem.ids[a]}, {problem.ids[b]}: neighbours only {where}"


def problem_of(units: Units, question: dict[str, Any]) -> Problem:
    """The problem to check the plan against: measures and parents as read now, the rest from the certificate.

    Raises UnableToReadCertificate where the units differ.
    """
    asked = [question["units"].get(unit) for unit in units.ids]
    if None in asked or len(question["units"]) != len(asked):
        raise UnableToReadCertificate(
            "Các đơn vị không phải của chứng chỉ này: mã khác nhau.",
            "The units are not those of the certificate: ids differ.",
        )
    number = {unit: row for row, unit in enumerate(units.ids)}
    parents, names = number_parents(units)
    problem = Problem(
        ids=units.ids,
        values=np.nan_to_num(np.column_stack([units.measure(name)[0] for name in question["measures"]])),
        edges=tidy_edges([[number[a], number[b]] for a, b in question["edges"]]),
        standard=Standard(tuple(question["measures"]), np.array(question["bounds"]), question["waive_at"]),
        classes=np.array([unit["class"] for unit in asked], dtype=np.int8),
        parents=parents,
        parent_names=names,
        residents=np.array([unit["residents"] for unit in asked], dtype=np.float64),
        names=units.names,
        forced=tuple((number[a], number[b]) for a, b in question["forced"]),
        forbidden=tuple((number[a], number[b]) for a, b in question["forbidden"]),
        alone=frozenset(number[unit] for unit in question["alone"]),
        obliged=np.array([unit["must"] for unit in asked], dtype=bool),
    )
    validate(problem)
    return problem


def disputed(
    problem: Problem,
    form: str,
    groups: Mapping[str, str],
    checked: Mapping[str, Any],
    answer: Mapping[str, Any],
) -> Iterator[str]:
    """Figures in the certificate's answer that are not the plan's; of what was `checked`, as it was found there."""
    labels = np.unique([groups[unit] for unit in problem.ids], return_inverse=True)[1]
    if target_of(form) not in {None, len(set(labels.tolist()))}:
        yield f"{len(set(labels.tolist()))} units in all, where {target_of(form)} are asked for"
    found = costs(problem, labels, form)
    found |= {"violations": float(len(checked["violations"])), "parts": float(checked["lawful"])}
    for name in sorted(found.keys() & answer["objectives"].keys()):
        claimed = answer["objectives"][name]
        if abs(claimed - found[name]) > CLOSE * max(1.0, found[name]) + SIX_DECIMALS:
            yield f"{name}: {found[name]:g}, in the certificate {claimed:g}"
    if answer["status"] == OPTIMAL and abs(answer["bound"] - found[bounded(form)]) >= 1.0:
        yield f"bound: {answer['bound']:g}, though the plan is called the best with {found[bounded(form)]:g}"


def read_groups(path: Path) -> dict[str, str]:
    """The group of each unit in a plan written by `tinhgon plan`: columns `unit` and `group`, or `members`.

    Raises UnableToReadUnits, also when a unit is in two groups.
    """
    table = read_table(path)
    if not {"members", "group"} <= set(table.columns) and not {"unit", "group"} <= set(table.columns):
        raise UnableToReadUnits(
            f"{path.name} không phải phương án: không có cột 'unit' và 'group', cũng không có 'members'.",
            f"{path.name} is no plan: it has no columns 'unit' and 'group', nor 'members'.",
        )
    column = "members" if "members" in table.columns else "unit"
    pairs = [
        (unit, str(group))
        for units, group in zip(table[column], table["group"], strict=True)
        for unit in (str(units).split(";") if column == "members" else [str(units)])
    ]
    twice = sorted(unit for unit, times in Counter(unit for unit, _ in pairs).items() if times > 1)
    if twice:
        raise UnableToReadUnits(
            f"{path.name} không phải phương án: đơn vị ở hai nhóm: {', '.join(twice[:10])}.",
            f"{path.name} is no plan: units in two groups: {', '.join(twice[:10])}.",
        )
    return dict(pairs)
