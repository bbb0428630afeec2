"""How every door is gone through: the form, what it would do, and only then the record.

Nothing is kept between the steps but what the form itself carries: the values, its own key, and the head of the
journal its reader has seen. So a lost session or a second tab loses nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import cast

import attrs
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhgon.registry import codec, events
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Register, Unit
from tinhgon_web.apparatus import registers, services, words
from tinhgon_web.apparatus.mentions import named
from tinhgon_web.apparatus.models import Mention
from tinhgon_web.apparatus.registers import Head
from tinhgon_web.apparatus.scope import scope_of
from tinhgon_web.apparatus.selectors import history
from tinhgon_web.core.asof import Request, today
from tinhgon_web.core.models import User
from tinhgon_web.core.rights import Right
from tinhgon_web.doors.door import Door, Standing
from tinhgon_web.doors.effects import effects
from tinhgon_web.doors.services import record_form

_KEY = re.compile(r"[0-9a-f]{32}")
_OURS = frozenset({"csrfmiddlewaretoken", "step", "seen", "once"})
PREVIEW, FORM, RECORD = "xem", "sua", "ghi"


@attrs.frozen(slots=True)
class Way:
    """One visit to a door: the form's class, where it stands, and what its pages are called."""

    door: type[Door]
    standing: Standing
    seen: Head
    title: str
    lead: str
    unit: Unit | None

    def filled(self, request: HttpRequest) -> Door:
        """The form with what was sent, or empty."""
        if request.method == "POST":
            return self.door(self.standing, request.POST)
        return self.door(self.standing, initial=request.GET.dict())


def key(request: HttpRequest) -> str:
    """The form's own key: the one it carries, or a new one."""
    sent = request.POST.get("once", "")
    return sent if _KEY.fullmatch(sent) else secrets.token_hex(16)


def seen(request: HttpRequest, head: Head) -> Head:
    """The head of the journal when the form was first shown."""
    sent = request.POST.get("seen", "")
    return (int(sent), "") if sent.isascii() and sent.isdigit() and len(sent) < 10 else head


def go(request: HttpRequest, way: Way) -> HttpResponse:
    """Answer one step."""
    door = way.filled(request)
    if request.method != "POST":
        return _form(request, way, door)
    step = request.POST.get("step", PREVIEW)
    earlier = services.sent(_acting(request), way.standing.once) if step == RECORD else None
    if earlier is not None:
        return _done(request, earlier)
    if not door.is_valid():
        return _form(request, way, door, status=422)
    if step == FORM:
        return _form(request, way, door)
    if door.needs_more:
        return _form(request, way, door, placing=True)
    return _judge(request, way, door, step)


def _judge(request: HttpRequest, way: Way, door: Door, step: str) -> HttpResponse:
    try:
        drafts = door.drafts()
        made = services.as_if(drafts)
        _check_scope(request, made, drafts)
        if step == RECORD:
            return _done(request, _record(request, way, door, drafts))
    except UnableToFold as refusal:
        door.add_error(None, refusal_text(refusal, way.standing.register))
        return _form(request, way, door, status=422)
    except codec.UnableToReadEvent as refusal:
        door.add_error(None, refusal.message(get_language() or "vi"))
        return _form(request, way, door, status=422)
    except services.UnableToRecordUnseen:
        return _preview(request, way, door, drafts, services.as_if(drafts), status=409)
    return _preview(request, way, door, drafts, made)


def _record(request: HttpRequest, way: Way, door: Door, drafts: list[events.Event]) -> services.Recorded:
    return record_form(
        acting=_acting(request),
        drafts=drafts,
        people=door.people(),
        recorded_at=timezone.now(),
        seen=way.seen,
        once=way.standing.once,
    )


def _acting(request: HttpRequest) -> User:
    return cast(User, request.user)


def _check_scope(request: HttpRequest, made: services.Made, drafts: list[events.Event]) -> None:
    """Everything touched, and every unit something is put under, lies in what the officer may edit."""
    scope = scope_of(request, Right.EDIT, today())
    if scope.everything:
        return
    for id_ in sorted(made.changed.told & made.before.units.keys()) + _parents(drafts):
        scope.check(id_)


def _parents(drafts: list[events.Event]) -> list[str]:
    found: list[str] = []
    for event in drafts:
        if isinstance(event, events.UnitMoved):
            found.append(event.parent)
        elif isinstance(event, events.UnitOpened):
            found.extend(event.parents.values())
        elif isinstance(event, events.Reorganised):
            found.extend(parent for out in event.outputs for parent in out.parents.values())
    return found


def refusal_text(refusal: UnableToFold, register: Register) -> str:
    """The engine's refusal in the reader's language, with the units it speaks of by name."""
    text = refusal.reason(get_language() or "vi")
    for value in refusal.data.values():
        unit = register.units.get(value) if isinstance(value, str) else None
        if unit is not None:
            text = text.replace(f"'{value}'", f"'{unit.facts['name'].last}' ({value})")
    return text[:1].upper() + text[1:] + "."


def _form(
    request: HttpRequest, way: Way, door: Door, *, placing: bool = False, status: int = 200
) -> HttpResponse:
    page = {
        "way": way,
        "form": door,
        "unit": way.unit,
        "placing": placing or request.POST.get("placing"),
        "asks": door.asking if placing else "",
        "line": _lines((way.standing.entry[0],), way.standing.register) if way.standing.entry else [],
    }
    return render(request, "doors/form.html", page, status=status)


def _preview(
    request: HttpRequest,
    way: Way,
    door: Door,
    drafts: list[events.Event],
    made: services.Made,
    status: int = 200,
) -> HttpResponse:
    others = _lines(services.unseen(way.seen, made), made.before)
    names = history.people_named(words.person_of(event, made.after) for event in drafts) | door.people()
    page = {
        "way": way,
        "unit": way.unit,
        "told": [words.describe(event, made.after, names) for event in drafts],
        "effects": effects(made, _shown_on(door, way)),
        "shown_on": _shown_on(door, way),
        "others": others,
        "seen": len(made.before.source),
        "sent": [
            (name, value) for name, values in request.POST.lists() if name not in _OURS for value in values
        ],
    }
    return render(request, "doors/preview.html", page, status=status)


def _shown_on(door: Door, way: Way) -> dt.date:
    """The day the effect is shown on: when it begins, or the day of the page when that is later."""
    begins: dt.date | None = door.cleaned_data.get("effective_on")
    return max(begins, way.standing.on) if begins else way.standing.on


def _lines(seqs: tuple[int, ...], register: Register) -> list[history.Line]:
    return history.lines(seqs, register) if seqs else []


def _done(request: HttpRequest, recorded: services.Recorded) -> HttpResponse:
    """To the entry, which can be annulled from its page."""
    told = (
        _("Already recorded, by the first sending of this form. To write something else, open it anew.")
        if recorded.again
        else _("Recorded.")
    )
    messages.success(request, told)
    params = cast(Request, request).asof.params
    address = reverse("apparatus:entry", args=[recorded.first])
    query = "&".join(f"{name}={value}" for name, value in params.items())
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def way_to(
    request: HttpRequest, door: type[Door], title: str, lead: str, unit: str = "", seq: int | None = None
) -> Way:
    """Where a form stands: the register as it is now, the day shown, the unit or entry it is about.

    Raises:
        UnableToFindWay: there is no such unit or entry, or it cannot be mended this way.
    """
    head = registers.head()
    register = registers.register(head)
    entry = None
    if seq is not None:
        if not 0 < seq <= len(register.source):
            raise UnableToFindWay(_("There is no entry %(seq)s.") % {"seq": seq})
        entry = register.source[seq - 1]
        unit = place_of(register, seq)
    place = register.unit(unit)
    if place is None and seq is None:
        raise UnableToFindWay(_("No unit has the id '%(unit)s'.") % {"unit": unit})
    standing = Standing(register, cast(Request, request).asof.on, place, key(request), entry)
    return Way(door, standing, seen(request, head), title, lead, place)


def place_of(register: Register, seq: int) -> str:
    """The unit by which it is judged who may mend an entry; "" where it speaks of none that is there."""
    return next((id_ for id_ in spoken_of(register, seq) if id_ in register.units), "")


def spoken_of(register: Register, seq: int) -> list[str]:
    """The units an entry speaks of or touched."""
    said = [id_ for id_, _seq in named(register, [register.source[seq - 1]])]
    return said or list(Mention.objects.filter(seq=seq).order_by("unit").values_list("unit", flat=True)[:20])


class UnableToFindWay(LookupError):
    """There is no such unit or entry, or it cannot be mended in the way asked for."""
