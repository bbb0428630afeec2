"""Reading rule files: quick when nothing is wrong, and naming the line of the fault when something is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import yaml

from tinhgon.rules.parameters import Cell
from tinhgon.rules.schema import Fault, Steps, Subject, place_of, read_rules

_CLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnableToLoadRules(Exception):
    """A rule file breaks the format; names the file, the line, the place in it and the rule broken."""

    def __init__(self, file: Path, line: int, place: str, reason: str) -> None:
        super().__init__(f"{file}, line {line} ({place or 'file'}): {reason}")
        self.file, self.line, self.place, self.reason = file, line, place, reason


@attrs.frozen(slots=True)
class RuleFile:
    """One file read: its subject and its cells in file order."""

    path: Path
    subject: Subject
    cells: tuple[Cell, ...]


class _Loader(_CLoader):  # type: ignore[misc]  # the base is chosen at run time: libyaml's where it is built in
    """Safe YAML that refuses a key written twice, which YAML would silently let win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping, refusing repeated keys."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(keys):
            twice = next(key for index, key in enumerate(keys) if key in keys[:index])
            raise yaml.constructor.ConstructorError(
                None, None, f"'{twice}' is written twice", node.start_mark
            )
        built: dict[Any, Any] = super().construct_mapping(node, deep)
        return built


def read_rule_file(path: Path, layer: str, known: Mapping[str, Subject]) -> RuleFile:
    """Read one rule file, or raise `UnableToLoadRules`.

    `layer` names the folder in answers; `known` are the subjects of earlier layers, whose description a
    local file may leave out.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = yaml.load(text, Loader=_Loader)  # safe: a subclass of the safe loader
    except yaml.YAMLError as error:
        raise UnableToLoadRules(path, *_yaml_fault(error)) from None
    except ValueError as error:  # a day such as 2020-02-30, or bytes that are not UTF-8
        raise UnableToLoadRules(path, 1, "", f"not readable: {error}") from None
    try:
        subject, cells = read_rules(raw, layer, known)
    except Fault as fault:
        place = place_of(fault.steps)
        raise UnableToLoadRules(path, _line(text, fault.steps), place, fault.reason) from None
    return RuleFile(path, subject, cells)


def _yaml_fault(error: yaml.YAMLError) -> tuple[int, str, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return mark.line + 1 if mark else 1, "", f"not readable as YAML: {problem}"


def _line(text: str, steps: Steps) -> int:
    """Find the line of a place, or of the nearest one above it; done only once a file proved faulty."""
    node = yaml.compose(text, Loader=_CLoader)
    line = node.start_mark.line if node else 0
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
    return int(line) + 1
