"""Figures over a window, with what they count in words; computed once for each state of the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from tinhgon.figures import CATALOGUE, REVIEW, ComparedClaim, Figure, compare_claims
from tinhgon.registry.events import Number
from tinhgon_web.apparatus import overlays, registers
from tinhgon_web.apparatus.selectors import history
from tinhgon_web.core.asof import AsOf
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.selectors import by_id
from tinhgon_web.reports.computed import LAW, computed
from tinhgon_web.work import selectors as work
from tinhgon_web.work.models import Target
from tinhgon_web.work.selectors import Progress

_claims: registers.Kept[list[ComparedClaim]] = registers.Kept(4)
EVERY = (*REVIEW, *(code for code in CATALOGUE if code not in REVIEW))
"""The ten of the review first, then the rest of the catalogue."""


@attrs.frozen(slots=True)
class Window:
    """(start, end]: from the end of one day to the end of another, as far as known; of one place, or of all (None)."""

    start: dt.date
    end: dt.date
    head: registers.Head
    place: str | None = None


@attrs.frozen(slots=True)
class Claimed:
    """What a document reports, beside the computed figure."""

    compared: ComparedClaim
    document: Document | None


@attrs.frozen(slots=True)
class Reported:
    """A figure beside what documents report, and a programme asks, for the same window."""

    figure: Figure
    claims: list[Claimed]
    progress: Progress | None = None


@attrs.frozen(slots=True)
class CountedDocument:
    """A document a figure rests on: how many of its entries count, and what they add."""

    id: str
    document: Document | None
    entries: int
    delta: Number


@attrs.frozen(slots=True)
class CountedLine:
    """An entry a figure counts, in words, and what it adds."""

    line: history.Line
    delta: Number


def window(asof: AsOf, start: dt.date | None, place: str | None = None) -> Window:
    """The window up to the day shown; it begins where the latest report begins, or with the year."""
    head = registers.head_of(asof)
    return Window(start or _usual_start(head, asof.on), asof.on, head, place)


def _usual_start(head: registers.Head, on: dt.date) -> dt.date:
    claims = registers.register(head).claims.values()
    starts = [(claim.end, claim.start) for claim in claims if claim.start <= on]
    return max(starts)[1] if starts else dt.date(on.year, 1, 1)


def review(asked: Window, codes: tuple[str, ...] = EVERY) -> list[Reported]:
    """The figures of a review, each with the claims made about it.

    Raises:
        UnableToMeasureWindow, UnableToFindIndicator, UnableToFindPlace.
    """
    found = computed(asked.head, asked.start, asked.end, codes, asked.place)
    made: dict[str, list[Claimed]] = {}
    for item in claims(asked):
        claim = item.compared.claim
        if (claim.start, claim.end) == (asked.start, asked.end):
            made.setdefault(claim.indicator, []).append(item)
    return [Reported(_as_shown(figure, asked), made.get(figure.code, [])) for figure in found]


def _as_shown(figure: Figure, asked: Window) -> Figure:
    """Of a register seen as if a scheme were in force, what is a result otherwise is a forecast."""
    if figure.kind != "result" or not overlays.is_over(asked.head):
        return figure
    return attrs.evolve(figure, kind="forecast")


def beside_targets(asked: Window, reported: list[Reported]) -> list[Reported]:
    """The same figures with their targets, of the programmes whose window this is; one query."""
    targets = work.targets(on=asked.end, place=asked.place or "")
    by_code = {one.indicator: one for one in targets if one.programme.starts_on == asked.start}
    return [_beside(item, by_code.get(item.figure.code)) for item in reported]


def _beside(item: Reported, target: Target | None) -> Reported:
    if target is None or item.figure.value is None:
        return item
    value = Fraction(str(item.figure.value))
    return attrs.evolve(item, progress=Progress(target, value, item.figure.end))


def claims(asked: Window) -> list[Claimed]:
    """What documents report, up to the day shown, beside what the register says; one query.

    They report on the whole, so there are none for one place.
    """
    if asked.place is not None:
        return []
    compared = _claims.get(asked.head, lambda: compare_claims(registers.register(asked.head), LAW))
    told = [item for item in compared if item.claim.effective_on <= asked.end]
    documents = by_id(item.source.document for item in told)
    return [Claimed(item, documents.get(item.source.document)) for item in told]


def documents_of(figure: Figure) -> list[CountedDocument]:
    """The documents whose entries a figure counts, the weightiest first."""
    sums: dict[str, tuple[int, Number]] = {}
    for counted in figure.trace:
        entries, delta = sums.get(counted.citation.document, (0, 0))
        sums[counted.citation.document] = (entries + 1, delta + counted.delta)
    found = by_id(sums)
    rows = [CountedDocument(id_, found.get(id_), entries, delta) for id_, (entries, delta) in sums.items()]
    return sorted(rows, key=lambda row: (-abs(row.delta), row.id))


def lines_of(asked: Window, figure: Figure, part: slice) -> list[CountedLine]:
    """Some of the entries a figure counts, in the order of its trace."""
    chosen = figure.trace[part]
    told = {line.seq: line for line in _told((counted.seq for counted in chosen), asked)}
    return [CountedLine(told[counted.seq], counted.delta) for counted in chosen]


def _told(seqs: Iterable[int], asked: Window) -> list[history.Line]:
    return history.lines(seqs, registers.register(asked.head))


def table_of(asked: Window, figure: Figure) -> Iterator[list[str]]:
    """The entries a figure counts, as rows of text."""
    yield ["seq", "event", "effective_on", "delta", "document", "clause", "text"]
    for counted in lines_of(asked, figure, slice(None)):
        line = counted.line
        number = line.document.number if line.document else line.cited
        cells = [
            line.kind,
            line.effective_on.isoformat(),
            f"{counted.delta:+}",
            number,
            line.clause,
            line.text,
        ]
        yield [str(line.seq), *cells]
