"""`tinhgon figures` and `tinhgon claims`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tinhgon.cli import options, output
from tinhgon.figures import CATALOGUE, KIND_NAMES, REVIEW, Figure, compare_claims
from tinhgon.figures import figures as compute
from tinhgon.registry import kinds
from tinhgon.registry.folder import RegisterFolder
from tinhgon.rules import Rulebook

_WORDS = {
    "vi": {
        "code": "Mã", "name": "Chỉ tiêu", "kind": "Loại", "shown": "Giá trị", "unit": "Đơn vị tính",
        "events": "Sự kiện", "seq": "Số", "event": "Sự kiện", "effective_on": "Hiệu lực", "delta": "±",
        "document": "Văn bản", "reported": "Báo cáo", "value": "Tính được", "difference": "Chênh lệch",
        "about": "khoảng ", "old": "theo mẫu số đầu kỳ",
        "count": "do số đơn vị:", "rate": "do số chức danh mỗi đơn vị:",
        "unverified": "* dựa trên mức quy định chưa đối chiếu với nguồn dẫn nào; xem `tinhgon standards`.",
    },
    "en": {
        "code": "Code", "name": "Indicator", "kind": "Kind", "shown": "Value", "unit": "Unit",
        "events": "Events", "seq": "No.", "event": "Event", "effective_on": "In force", "delta": "±",
        "document": "Document", "reported": "Reported", "value": "Computed", "difference": "Difference",
        "about": "about ", "old": "at the old denominator", "count": "by the number of units:",
        "rate": "by posts per unit:",
        "unverified": "* rests on rules not checked against any named source; see `tinhgon standards`.",
    },
}  # fmt: skip


@click.command()
@options.register_argument
@click.option(
    "--from", "start", type=options.Day(), required=True, help="First day; its own events are before."
)
@click.option("--to", "end", type=options.Day(), required=True, help="Last day, included.")
@options.known_at_option
@click.option("--code", "codes", multiple=True, help="Only this indicator (may be repeated).")
@click.option("--all", "every", is_flag=True, help="Also indicators beyond the review's ten.")
@click.option("--trace", is_flag=True, help="List the events each figure counts.")
@click.option("--parts", is_flag=True, help="Also n and N of rates, effects of counts and rates, rules.")
@options.format_option
@options.lang_option
@options.refusals_shown
def figures(
    register: Path,
    start: dt.date,
    end: dt.date,
    known_at: dt.datetime | None,
    codes: tuple[str, ...],
    every: bool,
    trace: bool,
    parts: bool,
    form: str,
    lang: str,
) -> None:
    """Figures over a window of days, each computed from the events it counts."""
    folder = options.open_register(register, form, lang)
    wanted = codes or (tuple(CATALOGUE) if every else REVIEW)
    found = compute(folder.register(known_at), Rulebook.load(), start, end, wanted)
    rows = [figure_row(figure, folder, lang) for figure in found]
    if form == "json":
        more = [_with_parts(figure) if parts else {} for figure in found]
        click.echo(output.to_json([{**_public(row), **extra} for row, extra in zip(rows, more, strict=True)]))
    elif form == "csv":
        _print_csv(rows, trace, _WORDS[lang])
    else:
        _print_tables(rows, trace, parts, lang)


def _print_csv(rows: list[dict[str, Any]], trace: bool, words: dict[str, str]) -> None:
    columns: tuple[str, ...] = ("code", "name", "kind", "value", "unit", "events")
    if trace:
        rows = [{"code": row["code"], **counted} for row in rows for counted in row["trace"]]
        columns = ("code", "seq", "event", "effective_on", "document")
    output.emit(rows, "csv", _columns(words, *columns))


def _print_tables(rows: list[dict[str, Any]], trace: bool, parts: bool, lang: str) -> None:
    words = _WORDS[lang]
    output.emit(rows, "table", _columns(words, "name", "shown", "unit", "kind", "events", "code"))
    found: list[Figure] = [row["figure"] for row in rows]
    if any(figure.unverified for figure in found):
        click.echo(words["unverified"])
    for figure in found if parts else ():
        for line in _parts(figure, words, lang):
            click.echo(f"{figure.code}: {line}")
    if trace:
        _print_traces(rows, words, lang)


def _columns(words: dict[str, str], *names: str) -> dict[str, str]:
    return {name: words[name] for name in names}


def figure_row(figure: Figure, folder: RegisterFolder, lang: str) -> dict[str, Any]:
    """A figure as a row: the keys scripts rely on, and what tables show beside them."""
    words = _WORDS[lang]
    about = words["about"] if figure.approximate else ""
    return {
        "code": figure.code,
        "name": figure.name(lang),
        "kind": KIND_NAMES[figure.kind][lang != "vi"],
        "value": figure.value,
        "unit": figure.unit(lang),
        "approximate": figure.approximate,
        "from": figure.start,
        "to": figure.end,
        "trace": [
            {
                "seq": counted.seq,
                "event": counted.event,
                "effective_on": counted.effective_on,
                "document": folder.cite(counted.citation),
            }
            for counted in figure.trace
        ],
        "shown": about + output.number(figure.value, lang) + ("*" if figure.unverified else ""),
        "events": len(figure.trace),
        "kind_code": figure.kind,
        "figure": figure,
    }


def _public(row: dict[str, Any]) -> dict[str, Any]:
    """The row as scripts read it: `kind` is its code in every language; a rate or a split comes with its parts."""
    figure: Figure = row["figure"]
    keys = ("code", "name", "kind_code", "value", "unit", "approximate", "from", "to", "trace")
    public = {key.removesuffix("_code"): row[key] for key in keys}
    if figure.rate is not None:
        public["rate"] = {
            "numerator": figure.rate.numerator,
            "denominator": figure.rate.denominator,
            "on": figure.rate.on,
            "old_denominator": figure.rate.old_denominator,
            "at_old_denominator": figure.rate.at_old_denominator,
        }
    return public


def _with_parts(figure: Figure) -> dict[str, Any]:
    """What a figure is made of beyond its events: the rules that decided, and the effects of a change of posts."""
    public: dict[str, Any] = {}
    if figure.citations:
        public["rules"] = {"citations": list(map(str, figure.citations)), "verified": not figure.unverified}
    if figure.effects is not None:
        public["effects"] = {
            "count": figure.effects.count_effect,
            "rate": figure.effects.rate_effect,
            "units": [figure.effects.units_before, figure.effects.units_after],
            "posts": [figure.effects.posts_before, figure.effects.posts_after],
        }
    return public


def _print_traces(rows: list[dict[str, Any]], words: dict[str, str], lang: str) -> None:
    for row in rows:
        figure: Figure = row["figure"]
        counted = [
            {**item, "event": kinds.EVENT_NAMES[one.event][lang != "vi"], "delta": f"{one.delta:+}"}
            for item, one in zip(row["trace"], figure.trace, strict=True)
        ]
        columns = _columns(words, "seq", "event", "effective_on", "delta", "document")
        output.print_table(counted, columns, f"{row['code']}: {row['name']} = {row['shown']}")


def _parts(figure: Figure, words: dict[str, str], lang: str) -> list[str]:
    """A percentage with its n and N, a change of posts with its two effects."""

    def number(value: int | float) -> str:
        return output.number(round(value, 2), lang)

    lines = []
    if figure.rate is not None:
        rate = figure.rate
        lines.append(
            f"{rate.numerator} / {rate.denominator}; {words['old']}: {rate.numerator} / {rate.old_denominator}"
            f" = {output.number(rate.at_old_denominator, lang)} %"
        )
    effects = figure.effects
    if effects is not None:
        lines.append(
            f"{words['count']} {number(effects.count_effect)}, {words['rate']} {number(effects.rate_effect)}"
        )
    lines += [f"§ {citation}" for citation in figure.citations]
    return lines


@click.command()
@options.register_argument
@options.known_at_option
@click.option("--code", "codes", multiple=True, help="Only this indicator (may be repeated).")
@options.format_option
@options.lang_option
@options.refusals_shown
def claims(
    register: Path, known_at: dt.datetime | None, codes: tuple[str, ...], form: str, lang: str
) -> None:
    """Numbers that documents report, beside the computed ones. Exit code 1 when any differs."""
    folder = options.open_register(register, form, lang)
    compared = compare_claims(folder.register(known_at), Rulebook.load(), codes or None)
    rows = [
        {
            "code": item.claim.indicator,
            "from": item.claim.start,
            "to": item.claim.end,
            "reported": item.claim.value,
            "value": None if item.figure is None else item.figure.value,
            "difference": item.difference,
            "document": folder.cite(item.source),
            "seq": item.seq,
        }
        for item in compared
    ]
    columns = ("code", "reported", "value", "difference", "document")
    output.emit(rows, form, _columns(_WORDS[lang], *columns))
    if any(not item.agrees for item in compared):
        raise click.exceptions.Exit(1)
