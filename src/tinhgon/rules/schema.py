"""The format of rule files: what a file, a period and a cell may say, checked strictly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from itertools import combinations, groupby
from typing import Any, TypeAlias

import attrs

from tinhgon.citations import Citation
from tinhgon.rules.parameters import Cell, Condition, Parameter, Period, Value, exact

Steps: TypeAlias = tuple[str | int, ...]

_DESCRIPTION = ("name_vi", "name_en", "unit", "facts")
_FILE_KEYS = {"subject", *_DESCRIPTION, "values", "periods"}
_CITED_WORDS = ("document", "article", "source", "note")
_PERIOD_KEYS = {*_CITED_WORDS, "verified", "from", "sure_from", "until", "sure_until", "cells"}
_CELL_KEYS = {*_CITED_WORDS, "verified", "when", "value"}
_RANGE_KEYS = {"at_least", "below"}
_FREE_KINDS = ("number", "text", "flag")
_SHARE = re.compile(r"[1-9]\d*/[1-9]\d*")
_MEMORY = "memory"
_UNKNOWN = "unknown"


class Fault(Exception):
    """A breach of the format: the steps to the place in the file and the rule broken."""

    def __init__(self, steps: Steps, reason: str) -> None:
        super().__init__(reason)
        self.steps, self.reason = steps, reason


@attrs.frozen(slots=True)
class Subject:
    """What a rule file is about and the facts its cells may ask.

    `facts` gives for each fact either the words it may be or one of "number", "text", "flag"; `values` the
    words a value may be, empty where values are numbers.
    """

    code: str
    name_vi: str
    name_en: str
    unit: str
    facts: Mapping[str, str | tuple[str, ...]]
    values: tuple[str, ...] = ()


def read_rules(raw: Any, layer: str, known: Mapping[str, Subject]) -> tuple[Subject, tuple[Cell, ...]]:
    """Turn the parsed content of one file into its subject and its cells in file order, or raise `Fault`."""
    file = _mapping(raw, (), _FILE_KEYS, {"subject", "periods"})
    subject = _subject(file, known)
    cells = tuple(_cells(file["periods"], subject, layer))
    _refuse_clashes(cells)
    return subject, cells


def place_of(steps: Steps) -> str:
    """Write the steps to a place as officers count: "periods.1.cells.2".

    >>> place_of(("periods", 0, "cells", 1))
    'periods.1.cells.2'
    """
    return ".".join(f"{step + 1}" if isinstance(step, int) else step for step in steps)


def _subject(raw: dict[str, Any], known: Mapping[str, Subject]) -> Subject:
    code = _text(raw["subject"], ("subject",))
    if code in known and not raw.keys() & {*_DESCRIPTION, "values"}:
        return known[code]
    for key in _DESCRIPTION:
        if key not in raw:
            raise Fault(
                (), f"'{key}' is missing: a new subject says its names, its unit and the facts it asks"
            )
    asked = _mapping(raw["facts"], ("facts",))
    facts = {fact: _fact_kind(kind, ("facts", fact)) for fact, kind in asked.items()}
    name_vi, name_en, unit = (_text(raw[key], (key,)) for key in ("name_vi", "name_en", "unit"))
    words = (
        tuple(_text(word, ("values",)) for word in _list(raw["values"], ("values",)))
        if "values" in raw
        else ()
    )
    return Subject(code, name_vi, name_en, unit, facts, words)


def _fact_kind(raw: Any, at: Steps) -> str | tuple[str, ...]:
    if raw in _FREE_KINDS and isinstance(raw, str):
        return raw
    if isinstance(raw, list) and raw and all(isinstance(word, str) for word in raw):
        return tuple(raw)
    raise Fault(at, f"a fact is a list of words or one of {', '.join(_FREE_KINDS)}")


def _cells(raw: Any, subject: Subject, layer: str) -> Iterator[Cell]:
    for number, period in enumerate(_list(raw, ("periods",))):
        at: Steps = ("periods", number)
        _mapping(period, at, _PERIOD_KEYS, {"from", "cells"})
        span, sure_from, sure_until = _span(period, at)
        cited = _cited(period, at)
        for index, cell in enumerate(_list(period["cells"], (*at, "cells"))):
            here = (*at, "cells", index)
            _mapping(cell, here, _CELL_KEYS, {"value"})
            value = _value(cell["value"], subject.values, (*here, "value"))
            parameter = _parameter(value, cited | _cited(cell, here), subject, span, layer, here)
            conditions = _conditions(cell.get("when", {}), subject, (*here, "when"))
            yield Cell(conditions, parameter, sure_from, sure_until, here)


def _cited(raw: dict[str, Any], at: Steps) -> dict[str, Any]:
    """Read what a period or a cell says of its origin; a cell inherits what it does not say."""
    cited: dict[str, Any] = {key: _text(raw[key], (*at, key)) for key in _CITED_WORDS if key in raw}
    if "verified" in raw:
        if not isinstance(raw["verified"], bool):
            raise Fault((*at, "verified"), "write true or false")
        cited["verified"] = raw["verified"]
    return cited


def _span(period: dict[str, Any], at: Steps) -> tuple[Period, dt.date, dt.date | None]:
    start = _day(period["from"], (*at, "from"))
    until = None if period.get("until") is None else _day(period["until"], (*at, "until"))
    if until is not None and until <= start:
        raise Fault((*at, "until"), f"ends on {until}, which is not after its start {start}")
    sure_from = _sure(period.get("sure_from", start), dt.date.max, (*at, "sure_from"))
    sure_until = _sure(period.get("sure_until", until), dt.date.min, (*at, "sure_until")) if until else None
    return Period(start, until), sure_from, sure_until


def _sure(raw: Any, unknown: dt.date, at: Steps) -> dt.date:
    return unknown if raw == _UNKNOWN else _day(raw, at)


def _parameter(
    value: Value, cited: dict[str, Any], subject: Subject, span: Period, layer: str, at: Steps
) -> Parameter:
    for key in ("document", "article", "verified", "source"):
        if key not in cited:
            raise Fault(
                at,
                f"'{key}' is missing: every value cites its document and article, its source, and says "
                "whether the text was checked (article: unknown where it was not read)",
            )
    if cited["verified"] and cited["source"] == _MEMORY:
        raise Fault(at, "a value from memory is not verified: name the source that was read")
    article = "" if cited["article"] == _UNKNOWN else cited["article"]
    return Parameter(
        subject=subject.code,
        value=value,
        unit=subject.unit,
        citation=Citation(cited["document"], article),
        verified=cited["verified"],
        source=cited["source"],
        period=span,
        layer=layer,
        note=cited.get("note", ""),
    )


def _value(raw: Any, words: tuple[str, ...], at: Steps) -> Value:
    if words:
        if raw not in words:
            raise Fault(at, f"'{raw}' is not one of {', '.join(words)}")
        return str(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return exact(raw)
    if isinstance(raw, str) and _SHARE.fullmatch(raw):
        return Fraction(raw)
    raise Fault(
        at, "a value is a number or a share such as 1/3 (words only where the file lists its 'values')"
    )


def _conditions(raw: Any, subject: Subject, at: Steps) -> tuple[Condition, ...]:
    tests = _mapping(raw, at)
    return tuple(_condition(fact, tests[fact], subject, (*at, fact)) for fact in sorted(tests))


def _condition(fact: str, raw: Any, subject: Subject, at: Steps) -> Condition:
    kind = subject.facts.get(fact)
    if kind is None:
        raise Fault(
            at, f"'{fact}' is not a fact of {subject.code}, which asks {', '.join(subject.facts) or 'none'}"
        )
    if kind == "number":
        return _range(fact, raw, at)
    choices = tuple(raw) if isinstance(raw, list) else (raw,)
    for choice in choices:
        _check_choice(choice, kind, at)
    return Condition(fact, choices)


def _check_choice(choice: Any, kind: str | tuple[str, ...], at: Steps) -> None:
    if kind == "flag" and not isinstance(choice, bool):
        raise Fault(at, "write true or false")
    if kind == "text" and not isinstance(choice, str):
        raise Fault(at, "write a word")
    if isinstance(kind, tuple) and choice not in kind:
        raise Fault(at, f"'{choice}' is not one of {', '.join(kind)}")


def _range(fact: str, raw: Any, at: Steps) -> Condition:
    test = _mapping(raw, at, _RANGE_KEYS)
    low, high = _bound(test, "at_least", at), _bound(test, "below", at)
    if not test or (low is not None and high is not None and low >= high):
        raise Fault(at, "write at_least and/or below, the first the smaller, as in {at_least: 8, below: 15}")
    return Condition(fact, at_least=low, below=high)


def _bound(test: dict[str, Any], key: str, at: Steps) -> Fraction | None:
    if key not in test:
        return None
    if isinstance(test[key], bool) or not isinstance(test[key], int | float):
        raise Fault((*at, key), "write a number")
    return Fraction(exact(test[key]))


def _refuse_clashes(cells: tuple[Cell, ...]) -> None:
    def asked(cell: Cell) -> tuple[str, ...]:
        return tuple(condition.fact for condition in cell.conditions)

    for _, group in groupby(sorted(cells, key=asked), key=asked):
        for one, other in combinations(group, 2):
            if one.clashes(other):
                raise Fault(
                    other.line_path,
                    f"holds at the same time and for the same case as {place_of(one.line_path)}: "
                    f"{one.parameter.period} and {other.parameter.period}; end one before the other starts",
                )


def _mapping(
    raw: Any, at: Steps, allowed: Set[str] | None = None, needed: Set[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Fault(at, "write keys with values here")
    for key in raw:
        if not isinstance(key, str) or (allowed is not None and key not in allowed):
            raise Fault((*at, key), f"unknown key '{key}'; allowed: {', '.join(sorted(allowed or ()))}")
    for key in sorted(needed):
        if key not in raw:
            raise Fault(at, f"'{key}' is missing")
    return raw


def _list(raw: Any, at: Steps) -> list[Any]:
    if not isinstance(raw, list) or not raw:
        raise Fault(at, "write a list with at least one item here")
    return raw


def _text(raw: Any, at: Steps) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Fault(at, "write some text here (a number in quotes)")
    return raw.strip()


def _day(raw: Any, at: Steps) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    raise Fault(at, f"'{raw}' is not a day: write it as 2018-12-03")
