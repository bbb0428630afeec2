"""Arguments and options that commands share, and how refusals reach the officer."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import click

from tinhgon import dates
from tinhgon.refusal import Refusal
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
            raise _refused(error, param, ctx) from error


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
            raise _refused(error, param, ctx) from error


class Refused(click.ClickException):
    """Bad input: the message goes to standard error, the exit code is 2."""

    exit_code = BAD_INPUT

    def __init__(self, message: str, lang: str = "") -> None:
        super().__init__(message)
        context = click.get_current_context(silent=True)
        self.lang = lang or ("vi" if context is None else context.params.get("lang", "vi"))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message after "Error" or "Lỗi", whole in one language."""
        word = "Lỗi" if self.lang == "vi" else "Error"
        click.echo(f"{word}: {self.message}", file=file or sys.stderr)


def _refused(error: Refusal, param: click.Parameter | None, ctx: click.Context | None) -> Refused:
    """A refused value with its option; `--lang` is eager, so that it is known by now."""
    lang = "vi" if ctx is None else str(ctx.params.get("lang") or "vi")
    option = "" if param is None else f"{param.opts[0]}: "
    return Refused(f"{option}{error.message(lang)}", lang)


register_argument = click.argument(
    "register", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="REGISTER"
)
known_at_option = click.option("--known-at", type=Moment(), help="Only what was recorded by this moment.")
on_option = click.option("--on", "on", type=Day(), required=True, help="The day asked about.")
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
lang_option = click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, is_eager=True
)


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

    A refusal that speaks Vietnamese (`message(lang)` or `reason_vi`) does so when the command's `--lang` is vi. A
    file that may not be read or written is refused in the same way.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (ValueError, LookupError) as error:
            if not type(error).__name__.startswith("UnableTo"):
                raise
            lang = str(kwargs.get("lang", "vi"))
            raise Refused(_sentence(error, lang), lang) from error
        except OSError as error:
            if error.filename is None:
                raise
            lang = str(kwargs.get("lang", "vi"))
            why = "không đọc, ghi được" if lang == "vi" else "cannot be read or written"
            raise Refused(f"{error.filename}: {why} ({error.strerror})", lang) from error

    return run


def _sentence(error: Exception, lang: str) -> str:
    message = getattr(error, "message", None)
    if callable(message):
        return str(message(lang))
    in_vietnamese = getattr(error, "reason_vi", "")
    return str(in_vietnamese) if lang == "vi" and in_vietnamese else str(error)
