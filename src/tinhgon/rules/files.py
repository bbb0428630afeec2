"""Reading rule files: strict, with the line of every fault, and quick when nothing is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from itertools import combinations, groupby
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import yaml

from tinhgon.citations import Citation
from tinhgon.rules.parameters import Cell, Condition, Parameter, Period, Value, exact

Steps: TypeAlias = tuple[str | int, ...]
_CLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FILE_KEYS = {"subject", "name_vi", "name_en", "unit", "facts", "note", "periods"}
_CITED = {"document", "article", "verified", "source", "note"}
_PERIOD_KEYS = _CITED | {"from", "sure_from", "until", "sure_until", "cells"}
_CELL_KEYS = _CITED | {"when", "value"}
_RANGE_KEYS = {"at_least", "below"}
_FREE_KINDS = ("number", "text", "flag")
MEMORY = "memory"
UNKNOWN = "unknown"


class UnableToLoadRules(Exception):
    """A rule file breaks the format; names the file, the line, the place in it and the rule broken."""

    def __init__(self, file: Path, line: int, place: str, reason: str) -> None:
        super().__init__(f"{file}, line {line} ({place or 'file'}): {reason}")
        self.file, self.line, self.place, self.reason = file, line, place, reason


class _Fault(Exception):
    def __init__(self, steps: Steps, reason: str) -> None:
        super().__init__(reason)
        self.steps, self.reason = steps, reason


@attrs.frozen(slots=True)
class Subject:
    """What a rule file is about and the facts its cells may ask.

    `facts` gives for each fact either the words it may be or one of "number", "text", "flag".
    """

    code: str
    name_vi: str
    name_en: str
    unit: str
    facts: Mapping[str, str | tuple[str, ...]]


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
        keys = [key.value for key, _ in node.value]
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
    text = path.read_text(encoding="utf-8")
    try:
        raw = yaml.load(text, Loader=_Loader)  # safe: a subclass of the safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise UnableToLoadRules(
            path, mark.line + 1 if mark else 1, "", f"not readable as YAML: {problem}"
        ) from None
    try:
        subject = _subject(_mapping(raw, (), _FILE_KEYS, {"subject", "periods"}), known)
        cells = tuple(_cells(raw["periods"], subject, layer))
        _refuse_clashes(cells)
    except _Fault as fault:
        raise UnableToLoadRules(path, _line(text, fault.steps), _place(fault.steps), fault.reason) from None
    return RuleFile(path, subject, cells)


def _subject(raw: dict[str, Any], known: Mapping[str, Subject]) -> Subject:
    code = _text(raw["subject"], ("subject",))
    if code in known and not raw.keys() & {"name_vi", "name_en", "unit", "facts"}:
        return known[code]
    for key in ("name_vi", "name_en", "unit", "facts"):
        if key not in raw:
            raise _Fault(
                (), f"'{key}' is missing: a new subject says its names, its unit and the facts it asks"
            )
    facts = {
        fact: _fact_kind(kind, ("facts", fact)) for fact, kind in _mapping(raw["facts"], ("facts",)).items()
    }
    name_vi, name_en, unit = (_text(raw[key], (key,)) for key in ("name_vi", "name_en", "unit"))
    return Subject(code, name_vi, name_en, unit, facts)


def _fact_kind(raw: Any, at: Steps) -> str | tuple[str, ...]:
    if raw in _FREE_KINDS and isinstance(raw, str):
        return raw
    if isinstance(raw, list) and raw and all(isinstance(word, str) for word in raw):
        return tuple(raw)
    raise _Fault(at, f"a fact is a list of words or one of {', '.join(_FREE_KINDS)}")


def _cells(raw: Any, subject: Subject, layer: str) -> Iterator[Cell]:
    for number, period in enumerate(_list(raw, ("periods",))):
        at: Steps = ("periods", number)
        _mapping(period, at, _PERIOD_KEYS, {"from", "cells"})
        span, sure_from, sure_until = _span(period, at)
        for index, cell in enumerate(_list(period["cells"], (*at, "cells"))):
            here = (*at, "cells", index)
            _mapping(cell, here, _CELL_KEYS, {"value"})
            parameter = _parameter({**_inherited(period), **cell}, subject, span, layer, here)
            conditions = _conditions(cell.get("when", {}), subject, (*here, "when"))
            yield Cell(conditions, parameter, sure_from, sure_until, here)


def _inherited(period: dict[str, Any]) -> dict[str, Any]:
    return {key: period[key] for key in _CITED if key in period}


def _span(period: dict[str, Any], at: Steps) -> tuple[Period, dt.date, dt.date | None]:
    start = _day(period["from"], (*at, "from"))
    until = None if period.get("until") is None else _day(period["until"], (*at, "until"))
    if until is not None and until <= start:
        raise _Fault((*at, "until"), f"ends on {until}, which is not after its start {start}")
    sure_from = _sure(period.get("sure_from", start), dt.date.max, (*at, "sure_from"))
    sure_until = _sure(period.get("sure_until", until), dt.date.min, (*at, "sure_until")) if until else None
    return Period(start, until), sure_from, sure_until


def _sure(raw: Any, unknown: dt.date, at: Steps) -> dt.date:
    return unknown if raw == UNKNOWN else _day(raw, at)


def _parameter(raw: dict[str, Any], subject: Subject, span: Period, layer: str, at: Steps) -> Parameter:
    for key in ("document", "article", "verified", "source"):
        if key not in raw:
            raise _Fault(
                at,
                f"'{key}' is missing: every value cites its document and article, its source, and "
                "says whether the text was checked ('article: unknown' where it was not read)",
            )
    words = {key: _text(raw[key], (*at, key)) for key in ("document", "article", "source")}
    if not isinstance(raw["verified"], bool):
        raise _Fault((*at, "verified"), "write true or false")
    if raw["verified"] and words["source"] == MEMORY:
        raise _Fault((*at, "verified"), "a value from memory is not verified: name the source that was read")
    return Parameter(
        subject=subject.code,
        value=_value(raw["value"], (*at, "value")),
        unit=subject.unit,
        citation=Citation(words["document"], "" if words["article"] == UNKNOWN else words["article"]),
        verified=raw["verified"],
        source=words["source"],
        period=span,
        layer=layer,
        note=_text(raw["note"], (*at, "note")) if "note" in raw else "",
    )


def _value(raw: Any, at: Steps) -> Value:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str) or raw == "":
        raise _Fault(at, "a value is a number, a share such as 1/3, or a word")
    if not isinstance(raw, str):
        return exact(raw)
    return Fraction(raw) if raw.replace("/", "", 1).isdigit() else raw


def _conditions(raw: Any, subject: Subject, at: Steps) -> tuple[Condition, ...]:
    tests = _mapping(raw, at)
    return tuple(_condition(fact, tests[fact], subject, (*at, fact)) for fact in sorted(tests))


def _condition(fact: str, raw: Any, subject: Subject, at: Steps) -> Condition:
    kind = subject.facts.get(fact)
    if kind is None:
        raise _Fault(
            at, f"'{fact}' is not a fact of {subject.code}, which asks {', '.join(subject.facts) or 'none'}"
        )
    if kind == "number":
        test = _mapping(raw, at, _RANGE_KEYS)
        if not test:
            raise _Fault(at, "write at_least and/or below, as in {at_least: 8, below: 15}")
        return Condition(fact, at_least=_bound(test, "at_least", at), below=_bound(test, "below", at))
    choices = tuple(raw) if isinstance(raw, list) else (raw,)
    for choice in choices:
        _check_choice(choice, kind, at)
    return Condition(fact, choices)


def _check_choice(choice: Any, kind: str | tuple[str, ...], at: Steps) -> None:
    if kind == "flag" and not isinstance(choice, bool):
        raise _Fault(at, "write true or false")
    if kind == "text" and not isinstance(choice, str):
        raise _Fault(at, "write a word")
    if isinstance(kind, tuple) and choice not in kind:
        raise _Fault(at, f"'{choice}' is not one of {', '.join(kind)}")


def _bound(test: dict[str, Any], key: str, at: Steps) -> Fraction | None:
    if key not in test:
        return None
    if isinstance(test[key], bool) or not isinstance(test[key], int | float):
        raise _Fault((*at, key), "write a number")
    return Fraction(exact(test[key]))


def _refuse_clashes(cells: tuple[Cell, ...]) -> None:
    def asked(cell: Cell) -> tuple[str, ...]:
        return tuple(condition.fact for condition in cell.conditions)

    for _, group in groupby(sorted(cells, key=asked), key=asked):
        for one, other in combinations(group, 2):
            if one.clashes(other):
                raise _Fault(
                    other.line_path,
                    f"holds at the same time and for the same case as line of {_place(one.line_path)}: "
                    f"{one.parameter.period} and {other.parameter.period}; end one before the other starts",
                )


def _mapping(
    raw: Any, at: Steps, allowed: Set[str] | None = None, needed: Set[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _Fault(at, "write keys with values here")
    for key in raw:
        if not isinstance(key, str) or (allowed is not None and key not in allowed):
            raise _Fault((*at, key), f"unknown key '{key}'; allowed: {', '.join(sorted(allowed or ()))}")
    for key in sorted(needed):
        if key not in raw:
            raise _Fault(at, f"'{key}' is missing")
    return raw


def _list(raw: Any, at: Steps) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise _Fault(at, "write a list with at least one item here")
    return raw


def _text(raw: Any, at: Steps) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _Fault(at, "write some text here (a number in quotes)")
    return raw.strip()


def _day(raw: Any, at: Steps) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    raise _Fault(at, f"'{raw}' is not a day: write it as 2018-12-03")


def _place(steps: Steps) -> str:
    return ".".join(f"{step + 1}" if isinstance(step, int) else step for step in steps)


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
