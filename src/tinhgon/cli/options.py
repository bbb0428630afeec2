"""Arguments and options that commands share, and how refusals reach the officer."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from tinhgon import dates
from tinhgon.registry.folder import RegisterFolder, open_folder

P = ParamSpec("P")
R = TypeVar("R")

BAD_INPUT = 2


class Day(click.ParamType[dt.date]):
    """A day, ISO or day/month/year."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read a day or refuse it with the accepted forms."""
        if isinstance(value, dt.date):
            return value
        try:
            return dates.parse_date(value)
        except dates.UnableToReadDate as error:
            self.fail(str(error), param, ctx)


class Moment(click.ParamType[dt.datetime]):
    """A moment with its zone, or a day for its end."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read a moment or refuse it with the accepted forms."""
        if isinstance(value, dt.datetime):
            return value
        try:
            return dates.parse_moment(value)
        except dates.UnableToReadMoment as error:
            self.fail(str(error), param, ctx)


class Refused(click.ClickException):
    """Bad input: the message goes to standard error, the exit code is 2."""

    exit_code = BAD_INPUT


register_argument = click.argument(
    "register", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="REGISTER"
)
known_at_option = click.option("--known-at", type=Moment(), help="Only what was recorded by this moment.")
on_option = click.option("--on", "on", type=Day(), required=True, help="The day asked about.")
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
lang_option = click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)


def open_register(path: Path, form: str, lang: str) -> RegisterFolder:
    """Open a register folder; above a table of one with invented documents, say so."""
    folder = open_folder(path)
    if form == "table" and folder.synthetic:
        vietnamese = "Dữ liệu minh họa: sổ này có văn bản và số liệu giả lập."
        click.echo(
            vietnamese
            if lang == "vi"
            else "Synthetic data: this register has invented documents and numbers."
        )
    return folder


def refusals_shown(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the engine's refusals (`UnableTo…`) into one clear line and exit code 2.

    A refusal that speaks Vietnamese (`message(lang)` or `reason_vi`) does so when the command's `--lang` is vi.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (ValueError, LookupError) as error:
            if not type(error).__name__.startswith("UnableTo"):
                raise
            raise Refused(_sentence(error, str(kwargs.get("lang", "vi")))) from error

    return run


def _sentence(error: Exception, lang: str) -> str:
    message = getattr(error, "message", None)
    if callable(message):
        return str(message(lang))
    in_vietnamese = getattr(error, "reason_vi", "")
    return str(in_vietnamese) if lang == "vi" and in_vietnamese else str(error)
