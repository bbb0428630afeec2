"""`tinhgon lineage` and `tinhgon crosswalk`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tinhgon.cli import options, output
from tinhgon.registry import kinds
from tinhgon.registry import lineage as trace
from tinhgon.registry.folder import RegisterFolder
from tinhgon.registry.state import FlowRecord, Register

_WORDS = {
    "vi": {
        "direction": "Chiều", "on": "Hiệu lực", "source": "Từ", "source_name": "Tên cũ", "target": "Đến",
        "target_name": "Tên mới", "share": "Phần", "document": "Văn bản", "unit": "Đơn vị", "name": "Tên",
        "start": "Từ ngày", "end": "Đến ngày", "source_code": "Mã cũ", "target_code": "Mã mới",
    },
    "en": {
        "direction": "Direction", "on": "In force", "source": "From", "source_name": "Old name", "target": "To",
        "target_name": "New name", "share": "Share", "document": "Document", "unit": "Unit", "name": "Name",
        "start": "Start", "end": "End", "source_code": "Old code", "target_code": "New code",
    },
}  # fmt: skip
_FAMILIES = ("province", "district", "commune", "village", "organisation")


@click.command()
@options.register_argument
@click.argument("unit_or_code")
@click.option("--on", "on", type=options.Day(), help="The day on which a code is meant.")
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def lineage(
    register: Path, unit_or_code: str, on: dt.date | None, known_at: dt.datetime | None, form: str, lang: str
) -> None:
    """Where a unit came from and where it went, through any number of acts.

    A code that several units held at different times, or none on the day asked about, answers with all that held it
    and their days; choose with --on.
    Exit code 1 when no single unit is meant.
    """
    folder = options.open_register(register, form, lang)
    state = folder.register(known_at)
    candidates = trace.resolve(state, unit_or_code, on)
    words = _WORDS[lang]
    if len(candidates) != 1:
        rows = [
            {"unit": one.unit, "name": one.name, "start": one.start, "end": one.end}
            for one in candidates or trace.resolve(state, unit_or_code)
        ]
        answer: Any = {"candidates": rows} if form == "json" else rows
        _emit(answer, rows, form, {key: words[key] for key in ("unit", "name", "start", "end")})
        raise click.exceptions.Exit(1)
    unit = candidates[0].unit
    rows = [_flow_row(state, folder, flow, "from") for flow in trace.ancestry(state, unit)]
    rows += [_flow_row(state, folder, flow, "to") for flow in trace.descent(state, unit)]
    answer = {"unit": unit, "name": candidates[0].name, "flows": rows}
    columns = ("direction", "on", "source_name", "target_name", "share", "document")
    said = {"direction": {"from": words["source"], "to": words["target"]}}
    _emit(answer, rows, form, {key: words[key] for key in columns}, said)


def _emit(
    answer: Any,
    rows: list[dict[str, Any]],
    form: str,
    titles: dict[str, str],
    said: dict[str, dict[Any, str]] | None = None,
) -> None:
    if form == "json":
        click.echo(output.to_json(answer))
    else:
        output.emit(rows, form, titles, said)


def _flow_row(state: Register, folder: RegisterFolder, flow: FlowRecord, direction: str) -> dict[str, Any]:
    before = flow.on - dt.timedelta(days=1)
    return {
        "direction": direction,
        "on": flow.on,
        "seq": flow.seq,
        "source": flow.source,
        "source_name": state.units[flow.source].name(before),
        "target": flow.target,
        "target_name": state.units[flow.target].name(flow.on),
        "share": flow.share,
        "document": folder.cite(state.event_by_seq[flow.seq].citation),
    }


@click.command()
@options.register_argument
@click.option("--from", "start", type=options.Day(), required=True, help="The first day.")
@click.option("--to", "end", type=options.Day(), required=True, help="The second day.")
@click.option(
    "--kind", "families", type=click.Choice(_FAMILIES), multiple=True, help="Only units of this family."
)
@click.option("--changed", is_flag=True, help="Only units that went elsewhere.")
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def crosswalk(
    register: Path,
    start: dt.date,
    end: dt.date,
    families: tuple[str, ...],
    changed: bool,
    known_at: dt.datetime | None,
    form: str,
    lang: str,
) -> None:
    """Which share of each unit of the first day is in which unit on the second."""
    state = options.open_register(register, form, lang).register(known_at)
    wanted = [code for code, family in kinds.FAMILY.items() if family in families] if families else None
    found = trace.crosswalk(state, start, end, wanted)
    rows = [row.told(state, start, end) for row in found if not (changed and row.source == row.target)]
    columns = ("source_code", "source", "source_name", "target_code", "target", "target_name", "share")
    output.emit(rows, form, {key: _WORDS[lang][key] for key in columns})
