"""Reminding whoever holds a step that it is due soon or over its limit: once for each, by e-mail and on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import send_mass_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tinhgon.procedure import Waiting
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.core import audit
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import rights_of
from tinhgon_web.core.templatetags.tinhgon import plain_day
from tinhgon_web.schemes.models import Reminder, Scheme
from tinhgon_web.schemes.selectors.course import course_of, may_take, right_for, seat_of

SOON = 3  # days before a limit


def remind(*, on: dt.date) -> list[Reminder]:
    """Remind of every step that is due within SOON days or over its limit and was not reminded of yet."""
    register = registers.register(registers.head())
    rows = Scheme.objects.filter(state__in=[Scheme.State.UNDER_WAY, Scheme.State.IN_FORCE])
    return [made for row in rows if (made := _remind(row, register, on)) is not None]


def _remind(scheme: Scheme, register: Register, on: dt.date) -> Reminder | None:
    waiting = course_of(scheme).waiting(on)
    left = None if waiting is None else waiting.days_left(on)
    if waiting is None or left is None or left > SOON:
        return None
    sort = Reminder.Sort.OVERDUE if waiting.is_overdue(on) else Reminder.Sort.DUE
    people = _holders(scheme, register, waiting, on)
    with transaction.atomic():
        made, new = Reminder.objects.get_or_create(
            scheme=scheme,
            version=scheme.version,
            step=waiting.step.code,
            sort=sort,
            defaults={"on": on, "people": len(people)},
        )
        if not new:
            return None
        after = {"step": waiting.step.code, "sort": sort, "people": [user.pk for user in people]}
        audit.write(acting=None, verb="remind", what=scheme, after=after, place=scheme.place)
        transaction.on_commit(lambda: _write_to(people, scheme, waiting, sort))
    return made


def _holders(scheme: Scheme, register: Register, waiting: Waiting, on: dt.date) -> list[User]:
    """Whose right was given over the very unit of the organ that holds the step; where nobody's was, all who may."""
    all_ = list(_who_may(scheme, register, waiting, on))
    seat, right = seat_of(register, scheme, waiting.step, on), right_for(waiting.step.code)
    near = [user for user in all_ if seat in (rights_of(user, on).places(right) or {""})]
    return near or all_


def _who_may(scheme: Scheme, register: Register, waiting: Waiting, on: dt.date) -> Iterator[User]:
    """Everybody whose rights reach the step, save who drafted the scheme where they may not take it."""
    drafter = course_of(scheme).drafter
    for user in User.objects.filter(is_active=True, grants__isnull=False).distinct().order_by("pk"):
        is_own = waiting.step.another and str(user.pk) == drafter
        if not is_own and may_take(rights_of(user, on), register, scheme, waiting.step, on):
            yield user


def _write_to(people: list[User], scheme: Scheme, waiting: Waiting, sort: str) -> None:
    with translation.override("vi"):
        step, due = waiting.step.name[0], plain_day(waiting.due)
        said = _("overdue since %(due)s") if sort == Reminder.Sort.OVERDUE else _("due on %(due)s")
        subject = f"{scheme.title}: {step}, {said % {'due': due}}"
        text = _("The step waits for you: %(path)s") % {
            "path": f"{settings.SITE_ADDRESS}/de-an/{scheme.pk}/thu-tuc/"
        }
    send_mass_mail([(subject, text, None, [user.email]) for user in people if user.email], fail_silently=True)
