"""The `tinhgon` command. Commands are loaded when called, so that `--help` needs nothing beyond the base."""

from __future__ import annotations

import importlib
from typing import Any

import click

from tinhgon import __version__

# Command -> (module:attribute, what it is for). The help text stands here so that listing loads no command.
_COMMANDS = {
    "figures": ("tinhgon.cli.figures:figures", "Figures of a review, each with the events it counts."),
    "claims": ("tinhgon.cli.figures:claims", "Reported numbers against computed ones."),
    "units": ("tinhgon.cli.units:units", "Units open on a day."),
    "standards": ("tinhgon.cli.units:standards", "Units against the standards in force on a day."),
    "models": ("tinhgon.cli.models:models", "Concurrent-post models and their legal status on a day."),
    "lineage": ("tinhgon.cli.lineage:lineage", "Where a unit came from and where it went."),
    "crosswalk": ("tinhgon.cli.lineage:crosswalk", "Which units of one day are where on another."),
    "convert": ("tinhgon.cli.convert:convert", "What places and addresses of one day are called on another."),
    "verify": ("tinhgon.cli.verify:verify", "Check a register's chain, invariants and citations."),
    "import": ("tinhgon.cli.import_:import_", "Append a filled Excel file to a register."),
    "template": ("tinhgon.cli.template:template", "Write the Excel template officers can fill."),
    "plan": ("tinhgon.cli.plan:plan", "Find the best lawful mergers, with a certificate."),
    "plan-check": ("tinhgon.cli.plan_check:plan_check", "Check a plan and its certificate without a solver."),
}


class UnableToRun(click.ClickException):
    """The command needs a package that is not installed here; says which extra brings it."""

    exit_code = 2

    def __init__(self, package: str) -> None:
        super().__init__(f"this command needs {package}: pip install 'tinhgon[plan,geo]'")
        self.package = package


class LazyGroup(click.Group):
    """A group whose commands are imported when they run; the listing needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order officers meet them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by its name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; where its extra is not installed, say what to install."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package == "tinhgon":
                raise
            raise UnableToRun(package) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their purpose, importing none."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in _COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Tinh Gọn: the register, plans and figures of a province's reorganisation.

    REGISTER is a folder with journal.jsonl and documents.yaml. Days are written 2019-10-09 or 9/10/2019.
    Exit codes: 0 done, 1 something was found that needs attention, 2 the input or the call is wrong.
    """
