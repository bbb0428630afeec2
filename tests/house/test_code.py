"""Rules of the house over the code: short files and functions, no clock in the engine, reasons given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from files import files, modules, name

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        name(path): lines
        for path in files("src", "tests", "bench", "demo", "bin")
        if path.suffix in {"", ".py", ".html", ".js", ".css", ".sh"}
        and "migrations" not in path.parts
        and (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{where}:{node.lineno} {node.name} ({lines} lines)"
        for where, _, tree in modules("src", "bench", "demo")
        for node in functions(tree)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_public_functions_of_the_engine_say_what_they_do() -> None:
    silent = [
        f"{where}:{node.lineno} {node.name}"
        for where, _, tree in modules("src/tinhgon")
        for node in tree.body
        if isinstance(node, (*FUNCTIONS, ast.ClassDef))
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "uuid1", "uuid4"}
CLOCK_MODULES = {"datetime", "dt", "date", "time", "uuid"}
OUTSIDE = {"socket", "http", "urllib", "requests", "random", "secrets"}


def test_the_engine_reads_no_clock() -> None:
    """The command line is the engine's shell: it may ask what time it is and pass the answer in."""
    found = [
        f"{where}:{node.lineno} {ast.unparse(node.func)}()"
        for where, _, tree in modules("src/tinhgon")
        if not where.startswith("src/tinhgon/cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).rpartition(".")[2] in CLOCK_MODULES
    ]
    assert found == []


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_the_engine_has_no_network_and_no_chance() -> None:
    found = [
        f"{where} imports {module}"
        for where, _, tree in modules("src/tinhgon")
        for node in ast.walk(tree)
        for module in imported(node)
        if module.partition(".")[0] in OUTSIDE
    ]
    assert found == []


def test_a_silenced_check_gives_its_reason() -> None:
    silenced = re.compile(r"#\s*(?:noqa|type:\s*ignore)[^\s#]*(?:\s*,\s*\w+)*\s*$")
    bare = [
        f"{where}:{number} {line.strip()}"
        for where, text, _ in modules("src", "tests", "bench", "demo")
        for number, line in enumerate(text.splitlines(), 1)
        if silenced.search(line)
    ]
    assert bare == []


def test_modules_of_tests_have_names_of_their_own() -> None:
    """pytest imports them by their bare name: of two with one name, only one can be collected."""
    places: dict[str, list[str]] = {}
    for path in files("tests"):
        if path.suffix == ".py" and path.name not in ("conftest.py", "__init__.py"):
            places.setdefault(path.stem, []).append(name(path))
    assert {stem: found for stem, found in places.items() if len(found) > 1} == {}


RACES = re.compile(r'get_by_role\("link".*\)\.click\(\)|wait_for_function|networkidle')


def test_browser_tests_wait_for_the_next_page() -> None:
    """A click does not wait for the page it leads to: tests/e2e/going.py does. `wait_for_function` needs an eval that
    the site's content security policy forbids, unless what it waits for is there already."""
    found = [
        f"{name(path)}:{number} {line.strip()}"
        for path in files("tests/e2e")
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if RACES.search(line)
    ]
    assert found == []
