"""What people are asked about: the rounds of one matter together. A round being prepared is nobody's business yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import attrs

from tinhgon_web.apparatus import registers
from tinhgon_web.consultation.models import Round
from tinhgon_web.consultation.selectors.progress import last_day
from tinhgon_web.core.asof import today

COMING, OPEN, COUNTED, PUBLISHED = "coming", "open", "counted", "published"


@attrs.frozen(slots=True)
class Matter:
    """The rounds of one matter, the first one first; its number is the first round's."""

    rounds: tuple[Round, ...]
    place: str
    today: dt.date

    @property
    def number(self) -> int:
        """What it is found by."""
        return int(self.rounds[0].pk)

    @property
    def last(self) -> Round:
        """The latest round."""
        return self.rounds[-1]

    @property
    def last_day(self) -> dt.date:
        """The last day on which answers are taken."""
        return last_day(self.last)

    @property
    def days_left(self) -> int:
        """Days after today on which answers are taken; 0 on the last one."""
        return (self.last_day - self.today).days

    @property
    def state(self) -> str:
        """Whether it is coming, open, being counted, or its results are published."""
        if self.last.state == Round.State.OPEN and self.today <= self.last_day:
            return COMING if self.today < self.last.opens else OPEN
        return PUBLISHED if self.last.published_at else COUNTED

    @property
    def is_over(self) -> bool:
        """Whether nobody can answer any more."""
        return self.state in (COUNTED, PUBLISHED)


def matters() -> list[Matter]:
    """Every matter with a round opened: those one can still answer first, by their last day; then the latest."""
    chains: dict[int, list[Round]] = defaultdict(list)
    first: dict[int, int] = {}
    opened = Round.objects.exclude(state=Round.State.DRAFT).select_related("scheme__chosen__scheme")
    for one in opened.order_by("number", "pk"):
        first[one.pk] = first.get(one.after_id or 0, one.pk)
        chains[first[one.pk]].append(one)
    found = [_matter(rounds) for rounds in chains.values()]
    return sorted(found, key=_order)


def matter(number: int) -> Matter | None:
    """One matter by its number; None where no round of it was ever opened, as where there is none."""
    return next((one for one in matters() if one.number == number), None)


def _matter(rounds: list[Round]) -> Matter:
    register, last = registers.register(registers.head()), rounds[-1]
    unit = register.units.get(last.place)
    return Matter(tuple(rounds), unit.name(last.law_on) if unit else "", today())


def _order(matter: Matter) -> tuple[bool, int, int]:
    day = matter.last_day.toordinal()
    return matter.is_over, -day if matter.is_over else day, matter.number
