"""`tinhgon template` and `tinhgon import`, as an officer types them."""

from __future__ import annotations

from pathlib import Path

from books import sound, write
from click.testing import CliRunner

from tinhgon.cli import main
from tinhgon.registry.folder import open_folder


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_template_is_written_and_not_overwritten(tmp_path: Path) -> None:
    assert run("template", tmp_path / "a.xlsx")[0] == 0
    code, said = run("template", tmp_path / "a.xlsx")
    assert (code, "--force" in said) == (2, True)


def test_a_file_is_imported_and_dated(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", sound())
    moment = "2020-01-02T03:04:00Z"
    command = ("import", tmp_path / "a.xlsx", tmp_path / "r", "--by", "u7", "--recorded-at", moment)
    assert run(*command, "--dry-run")[0] == 0
    assert not (tmp_path / "r").exists()
    code, said = run(*command)
    assert (code, "11 sự kiện, 2 văn bản" in said) == (0, True)
    first = open_folder(tmp_path / "r").journal.entries[0]
    assert (first.by, first.recorded_at.isoformat()) == ("u7", "2020-01-02T03:04:00+00:00")
    assert run("verify", tmp_path / "r")[0] == 0


def test_every_problem_is_printed_in_the_language_asked_for(tmp_path: Path) -> None:
    rows = sound()
    rows["Đơn vị"][0]["effective_on"] = "31/02/2018"
    rows["Chỉ tiêu"][0]["households"] = -5
    write(tmp_path / "a.xlsx", rows)
    code, said = run("import", tmp_path / "a.xlsx", tmp_path / "r")
    assert code == 2
    assert "a.xlsx, trang 'Chỉ tiêu', dòng 2, cột B (Số hộ): -5 là số âm [negative]" in said
    assert "[bad-date]" in said
    code, said = run("import", tmp_path / "a.xlsx", tmp_path / "r", "--lang", "en")
    assert "a.xlsx, sheet 'Chỉ tiêu', row 2, column B (Số hộ): -5 is negative [negative]" in said
