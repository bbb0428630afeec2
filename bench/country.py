"""A synthetic country's register, seeded: for measuring, never for showing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from tinhgon.citations import Citation
from tinhgon.registry import events

BASE, SIGNED, REVIEW = dt.date(2015, 12, 31), dt.date(2019, 3, 1), dt.date(2019, 10, 9)
CITED = Citation("synthetic", "1")


def unit(id_: str, kind: str, parent: str = "", **attributes: str) -> events.UnitOpened:
    parents = {"administrative": parent} if parent else {}
    return events.UnitOpened(
        effective_on=BASE, citation=CITED, unit=id_, kind=kind, title=id_, code=f"k-{id_}", parents=parents,
        attributes=attributes,
    )  # fmt: skip


def changing_units(count: int, changes: int = 5) -> list[tuple[int, events.Event]]:
    """Villages with changes each: a count, a code, a move, a rename, a claim or an absorption."""
    listed: list[events.Event] = [unit("p", "province")]
    communes = max(1, count // 100)
    listed += [unit(f"c{number}", "commune", "p") for number in range(communes)]
    listed += [unit(f"v{number}", "village", f"c{number % communes}") for number in range(count)]
    for change in range(changes):
        on = dt.date(2016 + change, 6, 1)
        listed += [_changed(number, change, on, communes, count) for number in range(count)]
    return list(enumerate(listed, 1))


def _changed(number: int, change: int, on: dt.date, communes: int, count: int) -> events.Event:
    id_ = f"v{number}"
    if change == 0:
        households = 90 + number % 200
        return events.MeasureRecorded(
            effective_on=on, citation=CITED, unit=id_, measures={"households": households}
        )
    if change == 1:
        return events.FactChanged(effective_on=on, citation=CITED, unit=id_, fact="code", value=f"r-{id_}")
    if change == 2:
        return events.UnitMoved(
            effective_on=on, citation=CITED, unit=id_, parent=f"c{(number + 1) % communes}"
        )
    partner = number + 1
    if change == 4 and number % 20 == 0 and partner < count:
        return _act("absorb", (f"v{partner}", id_), on, id_)
    if change == 4:
        return events.ClaimMade(
            effective_on=on, citation=CITED, indicator="villages", value=1, start=BASE, end=on
        )
    return _act("rename", (id_,), on, id_, title=f"{id_} {change}")


def _act(
    kind: str, inputs: tuple[str, ...], on: dt.date, survivor: str, title: str = ""
) -> events.Reorganised:
    outputs = (events.Output(survivor, title=title),)
    return events.Reorganised(
        effective_on=on, signed_on=on, citation=CITED, act=kind, inputs=inputs, outputs=outputs
    )


def review_country(
    provinces: int = 63, communes: int = 10_000, villages: int = 90_000, seed: int = 1
) -> list[tuple[int, events.Event]]:
    """A whole country with everything the ten figures of a review count.

    Each province has 20 departments of 8 divisions with a head and two deputies, districts with service units, and
    communes and villages with part-time posts, a quarter of which are cut; one village in five is proposed for merger.
    """
    draw = random.Random(seed)
    listed: list[events.Event] = []
    for number in range(provinces):
        listed += _province(f"p{number}")
    for number in range(communes):
        listed += _commune(f"c{number}", f"p{number % provinces}-d{number // provinces % 10}")
    for number in range(villages):
        listed += _village(f"v{number}", f"c{number % communes}", draw.randint(40, 400))
    listed += _cuts(communes, villages)
    return list(enumerate(listed, 1))


def _province(id_: str) -> Iterator[events.Event]:
    yield unit(id_, "province", region="tay_nguyen")
    for department in range(20):
        home = f"{id_}-s{department}"
        yield unit(home, "department", id_)
        for division in range(8):
            yield from _led(f"{home}-g{division}", "division", home, deputies=2)
        yield _act("absorb", (f"{home}-g0", f"{home}-g1"), SIGNED, f"{home}-g0")
    yield _act("absorb", (f"{id_}-s0", f"{id_}-s1"), SIGNED, f"{id_}-s0")
    for district in range(10):
        home = f"{id_}-d{district}"
        yield unit(home, "district", id_)
        for service in range(20):
            yield from _led(f"{home}-u{service}", "public_service_unit", home, deputies=1)
        pair = (f"{home}-u0", f"{home}-u1")
        yield _proposal(f"{home}-merge", pair)
        merged = _act("absorb", pair, SIGNED, pair[0])
        yield _carried_out(merged, f"{home}-merge")


def _carried_out(act: events.Reorganised, proposal: str) -> events.Reorganised:
    return events.Reorganised(
        effective_on=act.effective_on, signed_on=act.signed_on, citation=CITED, act=act.act, inputs=act.inputs,
        outputs=act.outputs, carries_out=(proposal,),
    )  # fmt: skip


def _proposal(id_: str, pair: tuple[str, ...]) -> events.Proposed:
    return events.Proposed(
        effective_on=dt.date(2018, 9, 1), citation=CITED, proposal=id_, scheme="s",
        reorganisation=_act("absorb", pair, SIGNED, pair[0]),
    )  # fmt: skip


def _led(id_: str, kind: str, parent: str, deputies: int) -> Iterator[events.Event]:
    yield unit(id_, kind, parent)
    roles = ["head", *["deputy"] * deputies]
    posts = tuple(events.NewPost(f"{id_}-{number}", role, role) for number, role in enumerate(roles))
    yield events.PostsOpened(effective_on=BASE, citation=CITED, unit=id_, posts=posts)
    for post in posts:
        yield events.HoldingStarted(
            effective_on=BASE,
            citation=CITED,
            holding=f"h-{post.post}",
            person=f"x-{post.post}",
            post=post.post,
        )


def _commune(id_: str, district: str) -> Iterator[events.Event]:
    yield unit(id_, "commune", district)
    yield _part_time(id_, 19)


def _village(id_: str, commune: str, households: int) -> Iterator[events.Event]:
    yield unit(id_, "village", commune)
    yield events.MeasureRecorded(
        effective_on=BASE, citation=CITED, unit=id_, measures={"households": households}
    )
    yield _part_time(id_, 6)


def _part_time(id_: str, count: int) -> events.PostsOpened:
    posts = tuple(events.NewPost(f"{id_}-{number}", "part_time", "part-time") for number in range(count))
    return events.PostsOpened(effective_on=BASE, citation=CITED, unit=id_, posts=posts)


def _cuts(communes: int, villages: int) -> Iterator[events.Event]:
    for id_ in [
        *(f"c{number}" for number in range(communes)),
        *(f"v{number}" for number in range(0, villages, 4)),
    ]:
        yield events.PostsClosed(effective_on=SIGNED, citation=CITED, posts=(f"{id_}-0", f"{id_}-1"))
    for number in range(0, villages - communes, 5):
        if number // communes % 2 == 0:  # the partner is the next village of the same commune
            yield _proposal(f"m{number}", (f"v{number}", f"v{number + communes}"))
