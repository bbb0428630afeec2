"""`tinhgon plan-check`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import options, output

if TYPE_CHECKING:
    from tinhgon.planner.inputs.units import Units
    from tinhgon.planner.problem import Problem

REFUTED = 1
NOT_PROVEN = 3
_MOST = 20
_PROVEN = {"violations", "abolished", "renamed_residents", "parts"}
_WORDS = {
    "vi": {
        "proven": "Phương án đúng, và đã kiểm được là tốt nhất.",
        "lawful": "Phương án đúng; chứng minh chưa đủ để kết luận là tốt nhất.",
        "refuted": "Phương án hoặc chứng chỉ KHÔNG đúng:",
        "borders": "Liền kề đã được tìm lại và so với chứng chỉ.",
        "no borders": "Liền kề lấy theo chứng chỉ, chưa so lại (cho --edges để so).",
    },
    "en": {
        "proven": "The plan holds, and is verified to be the best.",
        "lawful": "The plan holds; the proof is not enough to call it the best.",
        "refuted": "The plan or its certificate does NOT hold:",
        "borders": "Neighbours were found again and held against the certificate's.",
        "no borders": "Neighbours are taken from the certificate, not found again (give --edges for that).",
    },
}


@click.command("plan-check")
@click.argument("units", type=click.Path(exists=True, path_type=Path))
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("cert", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--edges",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The neighbours the plan was made with (CSV), held against the certificate's.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@options.lang_option
@options.refusals_shown
def plan_check(units: Path, plan: Path, cert: Path, edges: Path | None, as_json: bool, lang: str) -> None:
    """Check a PLAN and its certificate CERT against UNITS, without any solver.

    Verified are coverage, parents, connection, pairs, the standard and the bound; neighbours against the units'
    shapes or --edges. Exit codes: 0 the plan holds and is verified the best, 3 it holds but that is not proven,
    1 something does not hold, 2 bad input.
    """
    found = _check(units, plan, cert, edges)
    verdict = "refuted" if found["faults"] else "proven" if not found["open"] else "lawful"
    if as_json:
        click.echo(output.to_json({"verdict": verdict, **found}))
    else:
        click.echo(_WORDS[lang][verdict])
        for line in islice([*found["faults"], *found["open"]], _MOST):
            click.echo(f"  {line}")
        click.echo(_WORDS[lang]["borders" if found["borders"] else "no borders"])
    sys.exit({"refuted": REFUTED, "proven": 0, "lawful": NOT_PROVEN}[verdict])


def _unproven(form: str, objectives: Iterable[str]) -> list[str]:
    """What the proof of a form is silent about."""
    named = [] if form != "max-p+renamed" else ["renamed_residents: the certificate proves the parts only"]
    ties = [name for name in objectives if name not in _PROVEN]
    return named + [f"{name}: the certificate proves the objectives before it only" for name in ties]


def _check(units: Path, plan: Path, cert: Path, edges: Path | None) -> dict[str, Any]:
    """What does not hold (`faults`), what the proof leaves `open`, and what was counted on the way."""
    from tinhgon.planner.inputs import rechecking

    certificate = rechecking.read_certificate(cert)
    with rechecking.as_documented():
        read = rechecking.read_units(units, certificate)
        problem = rechecking.problem_of(read, certificate["question"])
        again = rechecking.borders_again(read, certificate["adjacency"], edges)
        found = _found(certificate, read, problem, rechecking.read_groups(plan))
        found["faults"] += [] if again is None else rechecking.other_borders(problem, again)
        return {**found, "borders": again is not None}


def _found(
    certificate: Mapping[str, Any], read: Units, problem: Problem, groups: dict[str, str]
) -> dict[str, Any]:
    """What the check finds, and where the certificate says otherwise than the units and the plan."""
    from tinhgon.planner.check import check
    from tinhgon.planner.forms import MAX_P, is_max_p, read_form
    from tinhgon.planner.inputs import rechecking

    form = read_form(certificate["question"]["form"])
    found = check(problem, MAX_P if is_max_p(form) else form, groups, certificate["proof"]["components"])
    found["open"] += _unproven(form, certificate["answer"]["objectives"])
    if set(groups) == set(problem.ids):
        found["faults"] += rechecking.disputed(problem, form, groups, found, certificate["answer"])
    found["faults"] += rechecking.disagreements(read, certificate["question"])
    return {**found, "units": problem.n}
