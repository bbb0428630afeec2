"""`tinhgon plan`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from tinhgon.cli import options, output

if TYPE_CHECKING:
    from tinhgon.planner.fanout import Progress
    from tinhgon.planner.inputs.request import Request
    from tinhgon.planner.plan import Plan

NOT_PROVEN = 3

_FILE = click.Path(dir_okay=False, path_type=Path)
_WORDS = {
    "vi": {
        "form": "Mục tiêu", "status": "Kết quả", "parts": "Số đơn vị sau", "bound": "Cận chứng minh",
        "proven": "Cấp trên đã chứng minh", "units": "Số đơn vị trước", "abolished": "Giảm",
        "renamed_residents": "Số dân đổi tên đơn vị", "violations": "Còn dưới tiêu chuẩn",
        "standard": "Tiêu chuẩn", "adjacency": "Liền kề", "seed": "Seed", "seconds": "Giây",
        "optimal": "tốt nhất, đã chứng minh", "feasible": "hợp lệ, chưa chứng minh là tốt nhất",
        "interrupted": "bị dừng giữa chừng, phần chưa giải là phương án tạm", "of": "trên",
        "unlawful": "Đơn vị còn dưới tiêu chuẩn (đề nghị trường hợp đặc thù)", "defects": "Dữ liệu cần xem lại",
        "more": "và {0} dòng nữa", "resident_km": "Người-km tới trụ sở",
        "resident_road_km": "Người-km đường bộ tới trụ sở",
        "residents_among_others": "Người khác cộng đồng với trụ sở",
    },
    "en": {
        "form": "Asked", "status": "Answer", "parts": "Units after", "bound": "Proven bound",
        "proven": "Parents proven", "units": "Units before", "abolished": "Abolished",
        "renamed_residents": "Residents whose unit is renamed", "violations": "Left below the standard",
        "standard": "Standard", "adjacency": "Neighbours", "seed": "Seed", "seconds": "Seconds",
        "optimal": "the best, proven", "feasible": "lawful, not proven best",
        "interrupted": "interrupted, what was not solved is provisional", "of": "of",
        "unlawful": "Units left below the standard (ask exception for these)", "defects": "Rows to look at",
        "more": "and {0} more rows", "resident_km": "Resident-km to the seat",
        "resident_road_km": "Resident-km by road to the seat",
        "residents_among_others": "Residents among others",
    },
}  # fmt: skip
_SHOWN = 10
_TIE_BREAKS = ("resident_km", "resident_road_km", "residents_among_others")


@click.command()
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, path_type=Path))
@click.option("--edges", type=_FILE, help="Neighbours as CSV: two columns of ids, perhaps shared_m (metres).")
@click.option(
    "--min-border", type=float, default=1.0, show_default=True, help="Least common border in metres."
)
@click.option("--standard", "standards", multiple=True, help="'population>=8000'; give it again for several.")
@click.option("--rule", type=click.Choice(["village", "commune"]), help="The standard of the law on a day.")
@click.option("--on", type=options.Day(), help="The day of the rule, or of the register read.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help="region=tay_nguyen, for all units."
)
@click.option("--within", metavar="COLUMN", help="The parents' column: no merger crosses their border.")
@click.option(
    "--form",
    default="law",
    show_default=True,
    help="law, max-p, max-p+renamed (then fewest renamed) or target=N.",
)
@click.option(
    "--must-below",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Share under which a unit must merge, where the law does not say.",
)
@click.option(
    "--tie-break",
    metavar="WHAT",
    help="Among plans equal in all else: distance, road (edge list's road_km) or same:COLUMN (of the units).",
)
@click.option("--force", type=_FILE, help="Pairs of ids that must share a unit (CSV or JSON).")
@click.option("--forbid", type=_FILE, help="Pairs of ids that must not (CSV or JSON).")
@click.option(
    "--alone", multiple=True, metavar="ID", help="A unit to leave as it is; give it again for several."
)
@click.option("--id", "id_column", metavar="COLUMN", help="The ids' column, where it is not found by itself.")
@click.option("--name", "name_column", metavar="COLUMN", help="The names' column.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--effort", type=click.IntRange(0), help="More finds and proves more [law 1000, max-p 100].")
@click.option("--workers", type=click.IntRange(1), help="Processes; all cores where it pays.")
@click.option("--dask", metavar="ADDRESS", help="A running Dask scheduler, tcp://...")
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=_FILE,
    help=".geojson, .gpkg, .parquet, .csv, .xlsx or .html; several may be given.",
)
@click.option("--dissolve", is_flag=True, help="Write tables of the units after the plan, outlines joined.")
@click.option("--certificate", type=_FILE, help="Write what plan-check verifies (JSON).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@options.lang_option
@options.refusals_shown
def plan(source: Path, as_json: bool, lang: str, **asked: Any) -> None:
    """Find which units of INPUT to merge, and how far that is proven the best.

    INPUT is GeoJSON, GPKG, GeoParquet or CSV with a row for each unit, or a register folder. The answer
    depends on the input, the seed and the effort, never on the clock or the workers. Exit codes: 0 proven
    best, 3 lawful but not proven best (or interrupted: the best so far), 2 bad input.
    """
    started = perf_counter()
    made = _make(source, asked, as_json)
    for path in asked["outputs"]:
        _write(made, path, lang, asked["dissolve"])
    if asked["certificate"]:
        _certify(made, source, asked)
    figures = made.summary() | {"seconds": round(perf_counter() - started, 3)}
    if as_json:
        click.echo(output.to_json(figures | {"unlawful": _unlawful(made, lang), "odd": _odd(made, lang)}))
    else:
        _print(made, figures, lang)
    if made.status != "optimal":
        sys.exit(NOT_PROVEN)


def _make(source: Path, asked: dict[str, Any], quiet: bool) -> Plan:
    from tinhgon.planner.fanout import Engine
    from tinhgon.planner.forms import read_form
    from tinhgon.planner.inputs.request import pose_file
    from tinhgon.planner.solving import make_plan

    form = read_form(asked["form"])
    posed = pose_file(source, _request(asked))
    with _progress(quiet) as progress:
        return make_plan(
            posed,
            form,
            seed=asked["seed"],
            effort=asked["effort"],
            certify=asked["certificate"] is not None,
            engine=Engine(asked["workers"], asked["dask"]),
            progress=progress,
        )


def _request(asked: dict[str, Any]) -> Request:
    from tinhgon.planner.inputs.posing import Wishes
    from tinhgon.planner.inputs.reading import read_pairs
    from tinhgon.planner.inputs.request import Request

    forced, forbidden = (
        tuple(read_pairs(path)) if path else () for path in (asked["force"], asked["forbid"])
    )
    return Request(
        edges=asked["edges"],
        standards=asked["standards"],
        rule=asked["rule"],
        on=asked["on"],
        facts=_facts(asked["facts"]),
        within=asked["within"],
        must_below=asked["must_below"],
        tie_break=asked["tie_break"],
        wishes=Wishes(forced, forbidden, asked["alone"]),
        min_border_m=asked["min_border"],
        id_column=asked["id_column"],
        name_column=asked["name_column"],
    )


def _facts(texts: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    for name, sign, _ in pairs:
        if not (name and sign):
            raise click.BadParameter("write NAME=VALUE, as in region=tay_nguyen", param_hint="--fact")
    return {name: value for name, _, value in pairs}


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress | None]:
    """A bar over parents on standard error, where a person is watching."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("tinhgon plan", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _write(made: Plan, path: Path, lang: str, dissolve: bool) -> None:
    from tinhgon.planner.outputs.writing import write_plan

    write_plan(made, path, language=lang, dissolve=dissolve)


def _certify(made: Plan, source: Path, asked: dict[str, Any]) -> None:
    from tinhgon.planner.inputs.request import family_of
    from tinhgon.planner.outputs.certificate import certificate_of

    certificate = certificate_of(made)
    if source.is_dir():
        certificate["register"] = {"family": family_of(asked["rule"]), "on": asked["on"].isoformat()}
    asked["certificate"].write_text(json.dumps(certificate, ensure_ascii=False), encoding="utf-8")


def _unlawful(made: Plan, lang: str) -> list[dict[str, str]]:
    problem = made.posed.problem
    return [
        {
            "unit": problem.ids[violation.unit],
            "name": problem.names[violation.unit],
            "reason": violation.reason,
            "text": violation.text_vi if lang == "vi" else violation.text_en,
        }
        for violation in made.violations
    ]


def _odd(made: Plan, lang: str) -> list[str]:
    return [defect.text(lang) for defect in made.posed.defects]


def _print(made: Plan, figures: dict[str, Any], lang: str) -> None:
    words = _WORDS[lang]
    near = figures["adjacency"]
    shown = {
        "form": made.form,
        "status": words["interrupted" if made.interrupted else made.status],
        "units": made.posed.problem.n,
        "parts": made.parts,
        "abolished": figures["abolished"],
        "renamed_residents": figures["renamed_residents"],
        "violations": figures["violations"],
        "bound": figures["bound"],
        "proven": f"{figures['proven_parents']} {words['of']} {figures['parents']}",
        **{name: figures["objectives"][name] for name in _TIE_BREAKS if name in figures["objectives"]},
        "standard": figures["standard"]["source"],
        "adjacency": f"{near['source']}, {near['edges']}",
        "seed": made.seed,
        "seconds": figures["seconds"],
    }
    for key, value in shown.items():
        number = round(value, 2) if isinstance(value, float) else value
        text = output.number_vi(number) if lang == "vi" and isinstance(number, int | float) else number
        click.echo(f"{words[key]:<32} {text}")
    _list(
        words["unlawful"],
        [f"{one['name']} ({one['unit']}): {one['text']}" for one in _unlawful(made, lang)],
        words,
    )
    _list(words["defects"], _odd(made, lang), words)


def _list(title: str, lines: list[str], words: dict[str, str]) -> None:
    if not lines:
        return
    click.echo(f"\n{title}: {len(lines)}")
    for line in lines[:_SHOWN]:
        click.echo(f"  {line}")
    if len(lines) > _SHOWN:
        click.echo(f"  {words['more'].format(len(lines) - _SHOWN)}")
