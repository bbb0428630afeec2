"""`tinhgon template`."""

from __future__ import annotations

from pathlib import Path

import click

from tinhgon.cli import options
from tinhgon.workbook.template import write_template


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.xlsx")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@options.lang_option
def template(file: Path, force: bool, lang: str) -> None:
    """Write the Excel template officers can fill and `tinhgon import` reads."""
    if file.exists() and not force:
        there = (
            f"{file} đã có; thêm --force để thay." if lang == "vi" else f"{file} exists; --force replaces it."
        )
        raise options.Refused(there)
    write_template(file)
    click.echo(f"Đã ghi mẫu: {file}" if lang == "vi" else f"Template written: {file}")
