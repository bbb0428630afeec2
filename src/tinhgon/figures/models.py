"""Concurrent-post models: in how many places the same person holds both posts, of those where both are defined."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from tinhgon.figures.figure import Rate
from tinhgon.figures.indicators import Indicator, Measure, Measured, Question
from tinhgon.registry import kinds
from tinhgon.registry.state import Holding, Post, Register, Unit


@attrs.frozen(slots=True)
class PostOfPlace:
    """A post found in a place: its role, in the place itself or in a unit of a kind directly under it.

    `function` narrows the units by their attribute of that name ("propaganda", "inspection" …).
    """

    role: str
    kind: str = ""
    function: str = ""


@attrs.frozen(slots=True)
class Model:
    """A concurrent-post model: its code (also its code in the rules), names, places, and the two posts."""

    code: str
    vi: str
    en: str
    places: frozenset[str]
    first: PostOfPlace
    second: PostOfPlace


MODELS = (
    Model(
        "cell_secretary_village_head",
        "Bí thư chi bộ đồng thời là trưởng thôn, tổ trưởng tổ dân phố",
        "Cell secretary is village head",
        kinds.VILLAGE_KINDS,
        PostOfPlace(kinds.SECRETARY, "party_cell"),
        PostOfPlace(kinds.HEAD),
    ),
    Model(
        "secretary_committee_chair",
        "Bí thư cấp ủy đồng thời là chủ tịch Ủy ban nhân dân cấp xã",
        "Commune secretary is chair of the People's Committee",
        kinds.COMMUNE_KINDS,
        PostOfPlace(kinds.SECRETARY, "party_committee"),
        PostOfPlace(kinds.CHAIR, "committee"),
    ),
    Model(
        "secretary_council_chair",
        "Bí thư cấp ủy đồng thời là chủ tịch Hội đồng nhân dân cấp xã",
        "Commune secretary is chair of the People's Council",
        kinds.COMMUNE_KINDS,
        PostOfPlace(kinds.SECRETARY, "party_committee"),
        PostOfPlace(kinds.CHAIR, "council"),
    ),
    Model(
        "propaganda_head_political_centre",
        "Trưởng ban tuyên giáo đồng thời là giám đốc trung tâm bồi dưỡng chính trị cấp huyện",
        "District propaganda head is director of the political centre",
        kinds.DISTRICT_KINDS,
        PostOfPlace(kinds.HEAD, "party_body", "propaganda"),
        PostOfPlace(kinds.HEAD, "public_service_unit", "political_centre"),
    ),
)


@attrs.frozen(slots=True)
class Case:
    """A place where both posts are defined, with the two holdings when one person holds both."""

    place: Unit
    first: Post
    second: Post
    together: tuple[Holding, Holding] | None


def cases(
    register: Register, model: Model, on: dt.date, places: Iterable[Unit] | None = None
) -> Iterator[Case]:
    """Every place of a model on a day (of some places) where both posts are open."""
    for place in register.units_on(on, model.places) if places is None else places:
        first = _find(register, place, model.first, on)
        second = _find(register, place, model.second, on)
        if first is not None and second is not None:
            yield Case(place, first, second, _together(first, second, on))


def _find(register: Register, place: Unit, wanted: PostOfPlace, on: dt.date) -> Post | None:
    homes = [place]
    if wanted.kind:
        homes = [
            unit
            for unit in register.children(place.id, on)
            if unit.kind(on) == wanted.kind and wanted.function in ("", unit.fact("function", on))
        ]
    posts = (post for home in homes for post in register.posts_on(home.id, on))
    return next((post for post in posts if post.role == wanted.role), None)


def _together(first: Post, second: Post, on: dt.date) -> tuple[Holding, Holding] | None:
    one, other = first.holder(on), second.holder(on)
    if one is None or other is None or one.person != other.person:
        return None
    return one, other


def _rate_of(model: Model) -> Measure:
    """n, N and % at the end of the window, with the rate at the N of its start."""

    def measure(question: Question) -> Measured:
        now, then = (
            list(cases(question.register, model, on, question.units_on(on, model.places)))
            for on in (question.end, question.start)
        )
        applying = [case.together for case in now if case.together is not None]
        deltas = Counter(max(holding.opened_by for holding in pair) for pair in applying)
        rate = Rate(len(applying), len(now), question.end, len(then), question.start)
        return Measured(rate.percent, dict(sorted(deltas.items())), rate=rate)

    return measure


MODEL_INDICATORS = tuple(
    Indicator(
        f"model_{model.code}",
        model.vi,
        model.en,
        "Tỷ lệ nơi một người giữ cả hai chức danh trên số nơi có đủ hai chức danh, ngày cuối kỳ.",
        "Share of places where one person holds both posts, of those where both are defined, on the last day.",
        "result",
        "%",
        "%",
        _rate_of(model),
        in_review=False,
    )
    for model in MODELS
)
