"""What the command says where an extra is not installed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from tinhgon.cli import main


def test_a_missing_package_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.import_module", missing("numpy.linalg"))
    result = CliRunner().invoke(main, ["verify", "."])
    assert result.exit_code == 2
    assert "needs numpy: pip install 'tinhgon[plan,geo]'" in result.output


def test_a_broken_command_of_ours_is_not_taken_for_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.import_module", missing("tinhgon.cli.gone"))
    assert isinstance(CliRunner().invoke(main, ["verify", "."]).exception, ModuleNotFoundError)


def missing(name: str) -> Callable[[str], None]:
    def fail(_: str) -> None:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    return fail
