"""`manage.py demo_consultation`: a made-up consultation for the demonstration, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tinhgon_web.consultation.demo import Office, make_demo, make_scheme
from tinhgon_web.consultation.models import Round
from tinhgon_web.core.asof import today
from tinhgon_web.core.models import User

_PLACE = "c-24622"
_LONG_BEFORE = dt.timedelta(days=40)


class Command(BaseCommand):
    """Make it where DEMO=1 and none is there; says what it made."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, all or nothing."""
        if not settings.DEMO:
            raise CommandError("the made-up consultation is for the demonstration only (DEMO=1)")
        if Round.objects.exists():
            return
        people = {user.username: user for user in User.objects.all()}
        office = Office(people["can-bo-huyen"], people["can-bo-tinh"], people["phe-duyet"])
        with transaction.atomic():
            scheme = make_scheme(place=_PLACE, on=today() - _LONG_BEFORE, acting=office.first)
            made = make_demo(place=_PLACE, on=today(), office=office, scheme=scheme)
        self.stdout.write(f"{len(made)} rounds in {_PLACE}")
