"""What came of a matter: results on both denominators, and opinions with their answers, once they are published."""

from __future__ import annotations

import attrs

from tinhgon.consultation import Terms
from tinhgon_web.consultation.models import OpinionGroup, Round
from tinhgon_web.consultation.selectors import results
from tinhgon_web.core.asof import AsOf
from tinhgon_web.portal.consulted.matters import Matter


@attrs.frozen(slots=True)
class Published:
    """A round's results as they were published: a line for each unit the law looks at."""

    round: Round
    terms: Terms
    lines: list[results.Level]
    groups: list[tuple[OpinionGroup, int]]

    @property
    def passed(self) -> bool:
        """Whether the share was reached in every unit the law looks at."""
        return all(line.result.passed for line in self.lines)


def published(matter: Matter) -> list[Published]:
    """The published rounds of a matter, the latest first."""
    return [_published(held, matter) for held in reversed(matter.rounds) if held.published_at]


def terms_of(matter: Matter) -> Terms:
    """What the law asks of the latest round."""
    return results.terms(matter.last)


def _published(held: Round, matter: Matter) -> Published:
    deciding = results.results(held)
    levels = results.levels(held, AsOf(on=held.law_on, today=matter.today))
    return Published(
        round=held,
        terms=results.terms(held),
        lines=[level for level in levels if level.row.unit in deciding],
        groups=[(group, group.ballots.count()) for group in held.groups.all()],
    )
