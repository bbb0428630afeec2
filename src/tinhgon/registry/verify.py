"""Is a register sound? Every entry cites a document that is there, dates agree, and the whole holds together.

The chain is checked when the journal is read, the rules of each event when it is folded. What is checked here are
invariants of the result and agreement with the documents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from tinhgon.registry import events, kinds
from tinhgon.registry.folder import RegisterFolder
from tinhgon.registry.state import Register, Unit, parent_fact

PROBLEMS = {
    "no-document": (
        "không viện dẫn văn bản nào; ghi văn bản và điều khoản",
        "cites no document; name the document and the clause",
    ),
    "unknown-document": (
        "văn bản '{document}' không có trong documents.yaml",
        "document '{document}' is not in documents.yaml",
    ),
    "unknown-carried-out": (
        "documents.yaml: văn bản '{document}' thực hiện '{carried}', là văn bản không có trong tệp",
        "documents.yaml: document '{document}' carries out '{carried}', which is not in the file",
    ),
    "signed-otherwise": (
        "ngày ký {stated} khác ngày ký của văn bản '{document}' ({signed})",
        "signed_on {stated} differs from document '{document}', signed {signed}",
    ),
    "orphan": (
        "đơn vị '{unit}' còn hoạt động sau khi cấp trên '{parent}' chấm dứt ngày {day}",
        "unit '{unit}' goes on after its parent '{parent}' closed on {day}",
    ),
    "adrift": (
        "đơn vị '{unit}' hình thành từ đơn vị trực thuộc '{parent}' nhưng không ghi trực thuộc đơn vị nào",
        "unit '{unit}' was made from units under '{parent}', but is under nothing itself",
    ),
    "post-outlives-unit": (
        "chức danh '{post}' còn mở sau khi đơn vị '{unit}' chấm dứt ngày {day}",
        "post '{post}' goes on after its unit '{unit}' closed on {day}",
    ),
}


@attrs.frozen(slots=True)
class Problem:
    """Something wrong with the register: the journal's line (0: the whole), the rule, and its data."""

    line: int
    rule: str
    data: dict[str, object]

    def message(self, lang: str = "vi") -> str:
        """The problem as a sentence with line and rule."""
        vietnamese, english = PROBLEMS[self.rule]
        text = (vietnamese if lang == "vi" else english).format(**self.data)
        place = (f"dòng {self.line}: " if lang == "vi" else f"line {self.line}: ") if self.line else ""
        return f"{place}{text} [{self.rule}]"


def verify(folder: RegisterFolder) -> list[Problem]:
    """All problems of a register whose journal could be read.

    Raises:
        UnableToOpenRegister: the journal does not fold; names the line and the rule.
    """
    register = folder.register()
    standing = dict(register.applied)
    problems = [
        problem
        for entry in folder.journal.entries
        for problem in _check_entry(folder, entry.seq, standing.get(entry.seq), entry.event)
    ]
    return [*problems, *_check_documents(folder), *_check_whole(register)]


def _check_entry(
    folder: RegisterFolder, seq: int, standing: events.Event | None, recorded: events.Event
) -> Iterator[Problem]:
    """Citations are asked of everything recorded; dates only of what still stands, corrected where it was."""
    for event in _with_inner(recorded):
        cited = event.citation.document
        if not cited:
            yield Problem(seq, "no-document", {})
        elif cited not in folder.documents:
            yield Problem(seq, "unknown-document", {"document": cited})
    if not isinstance(standing, events.Reorganised):
        return
    document = folder.documents.get(standing.citation.document)
    if document is not None and document.signed_on is not None and standing.signed_on != document.signed_on:
        data: dict[str, object] = {
            "stated": standing.signed_on,
            "document": document.number,
            "signed": document.signed_on,
        }
        yield Problem(seq, "signed-otherwise", data)


def _with_inner(event: events.Event) -> Iterator[events.Event]:
    """An event, and the one it proposes or puts in the place of another: each cites for itself."""
    yield event
    if isinstance(event, events.Corrected):
        yield from _with_inner(event.replacement)
    elif isinstance(event, events.Proposed):
        yield event.reorganisation


def _check_documents(folder: RegisterFolder) -> Iterator[Problem]:
    for document in folder.documents.values():
        for carried in (*document.carries_out, *document.amends):
            if carried not in folder.documents:
                yield Problem(0, "unknown-carried-out", {"document": document.id, "carried": carried})


def _check_whole(register: Register) -> Iterator[Problem]:
    for unit in register.units.values():
        for hierarchy in kinds.HIERARCHIES:
            yield from _check_parents(register, unit, hierarchy)
        yield from _check_adrift(register, unit)
    for post in register.posts.values():
        home = register.units[post.unit.last]
        if home.closed_on is not None and (post.closed_on is None or post.closed_on > home.closed_on):
            data = {"post": post.id, "unit": home.id, "day": home.closed_on}
            yield Problem(home.closed_by or 0, "post-outlives-unit", data)


def _check_adrift(register: Register, unit: Unit) -> Iterator[Problem]:
    """A unit an act made without a parent is in no commune and no province, and no figure of theirs counts it."""
    if parent_fact(kinds.ADMINISTRATIVE) in unit.facts:
        return
    for flow in register.flows_to.get(unit.id, ()):
        parent = register.units[flow.source].parent(flow.on)
        if flow.seq == unit.opened_by and parent is not None:
            yield Problem(flow.seq, "adrift", {"unit": unit.id, "parent": parent})
            return


def _check_parents(register: Register, unit: Unit, hierarchy: str) -> Iterator[Problem]:
    timeline = unit.facts.get(parent_fact(hierarchy))
    for period in timeline.periods() if timeline is not None else ():
        parent = register.units[period.value]
        until = min(period.end or dt.date.max, unit.closed_on or dt.date.max)
        if parent.closed_on is not None and parent.closed_on < until:
            data = {"unit": unit.id, "parent": parent.id, "day": parent.closed_on}
            yield Problem(parent.closed_by or 0, "orphan", data)
