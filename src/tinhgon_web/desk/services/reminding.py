"""Reminding by e-mail of what the desk must decide or answer soon: comments of their clocks, tickets of their days.

Nothing that a reader wrote is in a letter; what waits is counted, and the address of the desk's page is given.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import attrs
from django.conf import settings
from django.core.mail import send_mass_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tinhgon_web.core.models import User
from tinhgon_web.core.roles import Right
from tinhgon_web.desk import selectors

SOON, DAYS = dt.timedelta(hours=8), 2
"""A comment is reminded of so long before its clock runs out, a ticket so many days before its day."""


@attrs.frozen(slots=True)
class Letter:
    """What one officer is told."""

    user: User
    subject: str
    text: str


def remind(*, now: dt.datetime) -> list[Letter]:
    """Write to moderators and to the owners of tickets whatever is due soon or late; give back what was written.

    Each run writes again of what still waits: how often is the timer's matter.
    """
    on = timezone.localdate(now)
    with translation.override("vi"):
        letters = [*_of_comments(now, on), *_of_tickets(on)]
    mails = [(one.subject, one.text, None, [one.user.email]) for one in letters if one.user.email]
    send_mass_mail(mails, fail_silently=True)
    return letters


def _of_comments(now: dt.datetime, on: dt.date) -> Iterable[Letter]:
    due = [clock.due for clock in selectors.clocks() if clock.due <= now + SOON]
    if not due:
        return []
    subject = _("%(count)d comments to be decided, %(late)d of them late") % {
        "count": len(due),
        "late": sum(moment < now for moment in due),
    }
    text = _("The first was or is due at %(due)s. The desk: %(path)s") % {
        "due": f"{timezone.localtime(min(due)):%H:%M %d/%m/%Y}",
        "path": f"{settings.SITE_ADDRESS}/kiem-duyet/",
    }
    return [Letter(user, subject, text) for user in selectors.holding({Right.PUBLISH, Right.APPROVE}, on)]


def _of_tickets(on: dt.date) -> Iterable[Letter]:
    """To each owner of theirs; what nobody owns yet to those who give tickets out."""
    soon = selectors.tickets("open", "", None).filter(due__lte=on + dt.timedelta(days=DAYS))
    giving_out = list(selectors.holding({Right.PUBLISH}, on))
    counted: Counter[User] = Counter()
    late: Counter[User] = Counter()
    for ticket in soon:
        for user in [ticket.owner] if ticket.owner else giving_out:
            counted[user] += 1
            late[user] += ticket.is_late(on)
    for user, count in counted.items():
        subject = _("%(count)d questions to the hotline are due, %(late)d of them late") % {
            "count": count,
            "late": late[user],
        }
        path = f"{settings.SITE_ADDRESS}/duong-day-nong/"
        yield Letter(user, subject, _("The desk: %(path)s") % {"path": path})
