"""`tinhgon verify`."""

from __future__ import annotations

from pathlib import Path

import click

from tinhgon.cli import options, output
from tinhgon.registry.folder import open_folder
from tinhgon.registry.verify import verify as find_problems


@click.command()
@options.register_argument
@options.format_option
@options.lang_option
@options.refusals_shown
def verify(register: Path, form: str, lang: str) -> None:
    """Check hash chain, rules, invariants and that every event cites a document that is there.

    Exit code 1 when problems are listed, 2 when the journal cannot be read or folded.
    """
    folder = open_folder(register)
    problems = find_problems(folder)
    rows = [{"line": one.line, "rule": one.rule, "message": one.message(lang)} for one in problems]
    if form == "json":
        click.echo(output.to_json({"entries": len(folder.journal), "problems": rows}))
    elif rows or form == "csv":
        heading = {"line": "Dòng", "rule": "Quy tắc", "message": "Lý do"} if lang == "vi" else {}
        output.emit(rows, form, heading or {"line": "Line", "rule": "Rule", "message": "Reason"})
    else:
        count = len(folder.journal)
        good = f"{count} dòng, chuỗi băm liền mạch, không có vấn đề."
        click.echo(good if lang == "vi" else f"{count} entries, unbroken chain, no problems.")
    if rows:
        raise click.exceptions.Exit(1)
