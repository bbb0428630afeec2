"""Rows as a table for people, JSON for scripts, CSV for spreadsheets."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table

_PIPE_WIDTH = 160
_NUMBERS = frozenset({"shown", "delta"})  # numbers already written out
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def emit(
    rows: Sequence[Mapping[str, Any]],
    form: str,
    titles: Mapping[str, str],
    said: Mapping[str, Mapping[Any, str]] | None = None,
) -> None:
    """Print rows in a form.

    Args:
        rows: one mapping per row; JSON prints them whole.
        titles: column -> heading, for table and CSV; other keys are only in JSON.
        said: column -> code -> words, for the table only: scripts get the codes.
    """
    if form == "json":
        click.echo(to_json(rows))
    elif form == "csv":
        click.echo(to_csv(rows, titles), nl=False)
    else:
        print_table([_in_words(row, said or {}) for row in rows], titles)


def _in_words(row: Mapping[str, Any], said: Mapping[str, Mapping[Any, str]]) -> dict[str, Any]:
    return {**row, **{column: words.get(row.get(column), row.get(column)) for column, words in said.items()}}


def to_json(value: Any) -> str:
    """JSON with dates as ISO text and Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def to_csv(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> str:
    """CSV with a heading. Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    for row in rows:
        writer.writerow([_safe(row.get(column)) for column in titles])
    return text.getvalue()


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return value


def print_table(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str], title: str = "") -> None:
    """Print a table; numbers stand right."""
    table = Table(title=title or None, title_justify="left", header_style="bold", box=box.SIMPLE_HEAD)
    for column, heading in titles.items():
        values = [row.get(column) for row in rows]
        numeric = column in _NUMBERS or any(isinstance(value, int | float) for value in values)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    context = click.get_current_context(silent=True)
    lang = "en" if context is None else str(context.params.get("lang", "en"))
    for row in rows:
        table.add_row(*(_cell(row.get(column), lang) for column in titles))
    console = Console(markup=False, highlight=False)
    # A pipe has no width of its own: give it enough that a script's reader sees whole rows.
    console.width = console.width if console.is_terminal else _PIPE_WIDTH
    console.print(table)


def _cell(value: Any, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, lang)
    return str(value)


def number_vi(value: int | float | None, signed: bool = False) -> str:
    """A number as Vietnamese papers print it.

    >>> number_vi(-1875), number_vi(12.5), number_vi(3, signed=True)
    ('-1.875', '12,5', '+3')
    """
    if value is None:
        return "–"
    text = f"{value:+,}" if signed and value else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def number(value: int | float | None, lang: str) -> str:
    """A number as papers of a language print it; a dash where there is none.

    >>> number(-1875, "vi"), number(-1875, "en"), number(None, "en")
    ('-1.875', '-1,875', '–')
    """
    return number_vi(value) if lang == "vi" or value is None else f"{value:,}"
