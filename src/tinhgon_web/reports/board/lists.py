"""The lists behind the numbers of the leader's screen, each row leading to its unit and its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import attrs
from django.utils.translation import gettext as _

from tinhgon.citations import Citation
from tinhgon.figures import MODELS, UnitFinding
from tinhgon.figures.indicators import Question
from tinhgon.figures.models import Case, cases
from tinhgon.figures.populations import Populations
from tinhgon.registry.state import Holding, Register
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.selectors.history import people_named
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.templatetags.tinhgon import local, number, percent, plain_day
from tinhgon_web.documents.models import Document
from tinhgon_web.documents.selectors import by_id
from tinhgon_web.reports.board import selectors

_LAW = Rulebook.load()


class UnableToFindList(LookupError):
    """There is no such list."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is no list '%(name)s'.") % {"name": name})
        self.name = name


@attrs.frozen(slots=True)
class Cell:
    """A cell: what it says, and what it leads to."""

    text: str
    unit: str = ""
    document: Document | None = None
    clause: str = ""
    is_number: bool = False
    mark: str = ""


@attrs.frozen(slots=True)
class Listing:
    """A list: its title, what it holds, and its rows under headings."""

    title: str
    says: str
    headings: list[str]
    rows: list[list[Cell]]

    @property
    def headed(self) -> list[tuple[str, bool]]:
        """The headings, each with whether its column holds numbers."""
        return [(heading, cell.is_number) for heading, cell in zip(self.headings, self.rows[0], strict=True)]


@attrs.frozen(slots=True)
class Asked:
    """What a list is asked for: the days, the place, and which part of it."""

    asof: AsOf
    place: str
    part: str

    @property
    def on(self) -> dt.date:
        """The day shown."""
        return self.asof.on

    def register(self) -> Register:
        """The register as known."""
        return registers.register(registers.head_of(self.asof))

    def question(self) -> Question:
        """The engine's question about that day."""
        register, under = self.register(), self.place or None
        return Question(register, _LAW, self.on, self.on, Populations(register, under), under)


def _village_parts() -> Mapping[str, str]:
    return {
        "must": _("Under half of the standard"),
        "may": _("From half of the standard"),
        "meets": _("Meets the standard"),
        "unmeasured": _("Not counted yet"),
        "obliged": _("Must merge"),
        "planned": _("Must merge, a scheme waits"),
        "left": _("Must merge, nothing waits"),
    }


def villages(asked: Asked) -> Listing:
    """Villages of a band, or of a fate among those obliged."""
    part = asked.part or "left"
    if part not in _village_parts():
        raise UnableToFindList(part)
    question = asked.question()
    scheme_of = {
        id_: question.register.event_by_seq[one.seq].citation
        for one in question.waiting_for_villages()
        for id_ in one.reorganisation.inputs
    }
    found = [item for item in question.findings() if part in _parts_of(item, scheme_of)]
    waits = part in ("obliged", "planned")
    sources = {
        item.unit.id: scheme_of.get(item.unit.id) if waits else _count(question.register, item)
        for item in found
    }
    cited = by_id(citation.document for citation in sources.values() if citation)
    rows = [[*_village(question, item), _document(sources[item.unit.id], cited)] for item in found]
    return Listing(
        title=_("Villages: %(part)s") % {"part": _village_parts()[part]},
        says=_("By the latest count of households and the standard in force on the day."),
        headings=[
            _("Village"),
            _("Commune"),
            _("Households"),
            _("Standard"),
            _("Share"),
            _("Scheme") if waits else _("Counted by"),
        ],
        rows=rows,
    )


def _parts_of(item: UnitFinding, planned: Iterable[str]) -> set[str]:
    parts: set[str] = {item.finding.band or "unmeasured"}
    if item.finding.obligation == "mandatory":
        parts |= {"obliged", "planned" if item.unit.id in planned else "left"}
    return parts


def _count(register: Register, item: UnitFinding) -> Citation | None:
    """What the count of households rests on."""
    return None if item.measured is None else register.event_by_seq[item.measured.cause].citation


def _village(question: Question, item: UnitFinding) -> list[Cell]:
    on, finding = question.end, item.finding
    commune = question.register.units.get(item.unit.parent(on) or "")
    return [
        Cell(item.unit.name(on), unit=item.unit.id),
        Cell("" if commune is None else commune.name(on), unit="" if commune is None else commune.id),
        Cell(number(finding.value), is_number=True),
        Cell(number(finding.standard), is_number=True, mark="" if finding.verified else "unverified"),
        Cell(percent(finding.ratio), is_number=True),
    ]


def _document(citation: Citation | None, cited: Mapping[str, Document]) -> Cell:
    if citation is None:
        return Cell(_("none yet"), mark="none")
    return Cell(citation.document, document=cited.get(citation.document), clause=citation.clause)


def model(asked: Asked) -> Listing:
    """The places of a concurrent-post model: who holds both posts, and where two people do."""
    chosen = next((one for one in MODELS if one.code == asked.part), None)
    if chosen is None:
        raise UnableToFindList(asked.part)
    question = asked.question()
    found = list(cases(question.register, chosen, asked.on, question.units_on(asked.on, chosen.places)))
    found.sort(key=lambda case: case.together is None)
    people = people_named(holding.person for case in found for holding in _holders(case, asked.on))
    causes = [question.register.event_by_seq[_cause(case)].citation for case in found if case.together]
    cited = by_id(citation.document for citation in causes)
    return Listing(
        title=str(local(chosen, "")),
        says=_("Places where both posts are defined; those where one person holds both come first."),
        headings=[_("Place"), _("Part of"), _("Held by one person"), _("Holders"), _("Document")],
        rows=[_case(question.register, case, asked.on, people, cited) for case in found],
    )


def _holders(case: Case, on: dt.date) -> list[Holding]:
    held = (case.first.holder(on), case.second.holder(on))
    return [holding for holding in held if holding is not None]


def _cause(case: Case) -> int:
    return max(holding.opened_by for holding in case.together or ())


def _case(
    register: Register, case: Case, on: dt.date, people: dict[str, str], cited: dict[str, Document]
) -> list[Cell]:
    above = next(register.ancestors(case.place.id, on), None)
    names = dict.fromkeys(people.get(one.person, one.person) for one in _holders(case, on))
    citation = register.event_by_seq[_cause(case)].citation if case.together else None
    return [
        Cell(case.place.name(on), unit=case.place.id),
        Cell("" if above is None else above.name(on), unit="" if above is None else above.id),
        Cell(_("yes") if case.together else _("no"), mark="yes" if case.together else "none"),
        Cell(", ".join(names)),
        Cell("") if citation is None else _document(citation, cited),
    ]


def waiting(asked: Asked) -> Listing:
    """Every scheme that waits, the oldest first."""
    page = selectors.page(asof=asked.asof, place=asked.place)
    return Listing(
        title=_("Schemes that wait"),
        says=_("Proposed, and neither carried out nor withdrawn by the day shown."),
        headings=[_("Scheme"), _("Proposed by"), _("Since"), _("Days"), _("Units")],
        rows=[
            [
                Cell(row.waiting["document"], document=row.document),
                Cell(row.document.issuer if row.document else ""),
                Cell(plain_day(row.since)),
                Cell(number(row.days), is_number=True),
                Cell(number(row.waiting["units"]), is_number=True),
            ]
            for row in page.waiting
        ],
    )


def areas(asked: Asked) -> Listing:
    """The parts of the place, with what became of the villages obliged there."""
    page = selectors.page(asof=asked.asof, place=asked.place)
    keys = ("villages", "obliged", "done", "planned", "left")
    return Listing(
        title=_("Progress by area"),
        says=_("Villages that must merge: merged already, in a scheme that waits, and left without one."),
        headings=[
            _("Area"), _("Villages"), _("Must merge"), _("Merged"), _("In a scheme"), _("Left"), _("Settled")
        ],
        rows=[
            [
                Cell(part.area["name"], unit=part.area["unit"]),
                *(Cell(number(part.area[key]), is_number=True) for key in keys),  # type: ignore[literal-required]  # the keys above
                Cell(percent(part.share), is_number=True),
            ]
            for part in page.areas
        ],
    )  # fmt: skip


def targets(asked: Asked) -> Listing:
    """The targets with their values."""
    page = selectors.page(asof=asked.asof, place=asked.place)
    aims = [*page.aims, *(row.aim for row in page.models if row.aim)]
    return Listing(
        title=_("Targets of the programme"),
        says=_("The value counts from the end of the programme's first day to the end of the day shown."),
        headings=[_("Indicator"), _("Value"), _("Target"), _("Share reached"), _("Due"), _("Programme")],
        rows=[
            [
                Cell(str(local(aim.indicator, ""))),
                Cell(number(aim.number["value"]), is_number=True),
                Cell(number(aim.progress.goal), is_number=True),
                Cell(percent(aim.progress.share), is_number=True),
                Cell(plain_day(aim.progress.target.due_on)),
                Cell("", document=aim.progress.target.programme.document, clause=aim.progress.target.clause),
            ]
            for aim in aims
        ],
    )


LISTS: Mapping[str, Callable[[Asked], Listing]] = {
    "thon": villages,
    "mo-hinh": model,
    "cho": waiting,
    "dia-ban": areas,
    "chi-tieu": targets,
}
"""The lists by the last part of their address."""


def listing(name: str, asked: Asked) -> Listing:
    """One list.

    Raises:
        UnableToFindList: there is none of this name, or no such part of it.
        UnableToFindPlace: there is no such place.
    """
    if name not in LISTS:
        raise UnableToFindList(name)
    return LISTS[name](asked)
